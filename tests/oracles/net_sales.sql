-- Credit lines have a negative amount and reduce the day of the credit document.
select sum(net_amount) as value
from fact_order_line
where is_paid
  and paid_date >= :start and paid_date < :end
