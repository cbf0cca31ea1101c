select 100.0 * count(*) filter (has_valid_contract) / nullif(count(*), 0) as value
from fact_employee_snapshot
where is_active
  and snapshot_date = (
      select max(snapshot_date) from whole_fact_employee_snapshot
      where snapshot_date < :end and snapshot_date >= :end - interval 35 day
  )
