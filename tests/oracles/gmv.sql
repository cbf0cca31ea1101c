select sum(gmv_amount) as value
from fact_order
where is_paid
  and paid_date >= :start and paid_date < :end
