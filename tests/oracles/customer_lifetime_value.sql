-- The last month end only, if it is no older than 35 days.
select sum(lifetime_gross_profit) / nullif(count(*) filter (where lifetime_orders > 0), 0) as value
from fact_customer_snapshot
where snapshot_date = (
    select max(snapshot_date) from whole_fact_customer_snapshot
    where snapshot_date < :end and snapshot_date >= :end - interval 35 day
)
