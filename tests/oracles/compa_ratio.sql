-- The last month end only; someone without a salary or a band counts in neither sum.
select 100.0 * sum(base_salary) / nullif(sum(band_midpoint), 0) as value
from fact_employee_snapshot
where is_active and base_salary is not null and band_midpoint > 0
  and snapshot_date = (
      select max(snapshot_date) from whole_fact_employee_snapshot
      where snapshot_date < :end and snapshot_date >= :end - interval 35 day
  )
