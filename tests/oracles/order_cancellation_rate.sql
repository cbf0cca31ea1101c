select 100.0 * count_if(is_cancelled) / nullif(count(*), 0) as value
from fact_order
where is_paid
  and paid_date >= :start and paid_date < :end
