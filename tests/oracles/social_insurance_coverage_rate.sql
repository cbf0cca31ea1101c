select 100.0 * count(*) filter (is_social_insurance_paid) / nullif(count(*), 0) as value
from fact_employee_snapshot
where is_social_insurance_due
  and snapshot_date >= :start and snapshot_date < :end
