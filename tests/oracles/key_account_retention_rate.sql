-- The last month end only, if it is no older than 35 days.
select 100.0 * count(*) filter (is_active_12m) / nullif(count(*), 0) as value
from fact_customer_snapshot
where is_key_account and was_active_prev_12m
  and snapshot_date = (
      select max(snapshot_date) from whole_fact_customer_snapshot
      where snapshot_date < :end and snapshot_date >= :end - interval 35 day
  )
