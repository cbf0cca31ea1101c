select 100.0 * count(*) filter (joined_activity) / nullif(count(*), 0) as value
from fact_employee_snapshot
where is_active
  and snapshot_date >= :start and snapshot_date < :end
