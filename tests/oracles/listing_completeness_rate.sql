-- The last check of the listings, if it is no older than 8 days.
select 100.0 * sum(attributes_filled) / nullif(sum(attributes_required), 0) as value
from fact_listing_snapshot
where is_listed and attributes_filled is not null and attributes_required is not null
  and snapshot_date = (
      select max(snapshot_date) from whole_fact_listing_snapshot
      where snapshot_date < :end and snapshot_date >= :end - interval 8 day
  )
