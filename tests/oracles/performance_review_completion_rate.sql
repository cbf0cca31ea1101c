select 100.0 * count(*) filter (is_review_completed) / nullif(count(*), 0) as value
from fact_employee_snapshot
where is_review_due
  and snapshot_date >= :start and snapshot_date < :end
