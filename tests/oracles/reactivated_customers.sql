select count(distinct customer_id) as value
from fact_order
where is_paid
  and days_since_prev_order >= 180
  and paid_date >= :start and paid_date < :end
