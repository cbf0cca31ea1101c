select 100.0 * sum(absence_hours) / nullif(sum(scheduled_hours), 0) as value
from fact_employee_snapshot
where snapshot_date >= :start and snapshot_date < :end
