-- The last month end only: months are never added. A group that is gone by then has no value.
select case when count(is_active_12m) > 0 then count(*) filter (where is_active_12m) end as value
from fact_customer_snapshot
where snapshot_date = (
    select max(snapshot_date) from whole_fact_customer_snapshot
    where snapshot_date < :end and snapshot_date >= :end - interval 35 day
)
