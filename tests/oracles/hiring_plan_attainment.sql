-- By planned start: what is filled later, or not at all, counts against the rate.
select 100.0 * count(*) filter (filled_date <= target_start_date) / nullif(count(*), 0) as value
from fact_requisition
where is_planned
  and target_start_date >= :start and target_start_date < :end and target_start_date <= :as_of
