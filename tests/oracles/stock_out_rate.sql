-- A product-day is out of stock when it should be on sale and nothing is free to sell.
select 100.0 * count(*) filter (where available_qty <= 0) / nullif(count(*), 0) as value
from fact_inventory_snapshot
where is_sellable
  and snapshot_date >= :start and snapshot_date < :end
