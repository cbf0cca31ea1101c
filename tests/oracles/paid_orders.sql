select count(*) as value
from fact_order
where is_paid
  and paid_date >= :start and paid_date < :end
