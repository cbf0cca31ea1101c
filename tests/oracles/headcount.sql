-- The last month end only: months are never added. A department that is gone by then has no value.
select case when count(*) > 0 then count(*) filter (is_active) end as value
from fact_employee_snapshot
where snapshot_date = (
    select max(snapshot_date) from whole_fact_employee_snapshot
    where snapshot_date < :end and snapshot_date >= :end - interval 35 day
)
