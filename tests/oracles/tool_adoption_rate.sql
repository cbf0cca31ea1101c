-- The last month end only, if it is no older than 35 days.
select 100.0 * sum(active_users) / nullif(sum(licensed_users), 0) as value
from fact_tool_usage
where active_users is not null and licensed_users is not null
  and month_end = (
      select max(month_end) from whole_fact_tool_usage
      where month_end < :end and month_end >= :end - interval 35 day
  )
