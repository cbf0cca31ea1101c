-- The mean of the days' stock (a missed day is a gap, not zero) ÷ cost of goods sold × days.
with days as (
    select sum(on_hand_value) as stock_value
    from fact_inventory_snapshot
    where on_hand_value is not null and snapshot_date >= :start and snapshot_date < :end
    group by snapshot_date
)
select (select avg(stock_value) from days) / nullif(sum(cogs_amount), 0) * date_diff('day', :start, :end) as value
from fact_order_line
where is_paid
  and paid_date >= :start and paid_date < :end
