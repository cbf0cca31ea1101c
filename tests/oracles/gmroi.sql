-- Margin of lines whose cost is known ÷ the mean of the days' stock, as if for a year.
with days as (
    select sum(on_hand_value) as stock_value
    from fact_inventory_snapshot
    where on_hand_value is not null and snapshot_date >= :start and snapshot_date < :end
    group by snapshot_date
)
select (sum(net_amount) - sum(cogs_amount)) / nullif((select avg(stock_value) from days), 0)
    * 365 / date_diff('day', :start, :end) as value
from fact_order_line
where is_paid and net_amount is not null and cogs_amount is not null
  and paid_date >= :start and paid_date < :end
