select count(distinct customer_id) as value
from fact_order
where is_paid
  and customer_order_seq = 1
  and paid_date >= :start and paid_date < :end
