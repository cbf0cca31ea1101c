select 100.0 * count(*) filter (where outcome = 'adopted') / nullif(count(*) filter (where status = 'done'), 0) as value
from fact_work_item
where item_type = 'innovation'
  and resolved_date >= :start and resolved_date < :end and resolved_date <= :as_of
