-- Products on sale with a price of our own and one of the competitor, at the last check.
select 100.0 * sum(price) / nullif(sum(competitor_price), 0) as value
from fact_listing_snapshot
where is_listed and price > 0 and competitor_price > 0
  and snapshot_date = (
      select max(snapshot_date) from whole_fact_listing_snapshot
      where snapshot_date < :end and snapshot_date >= :end - interval 8 day
  )
