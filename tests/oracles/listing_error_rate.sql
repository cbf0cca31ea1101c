-- The last check of the listings, if it is no older than 8 days.
select 100.0 * count(*) filter (where has_content_error or has_price_error) / nullif(count(*), 0) as value
from fact_listing_snapshot
where is_listed
  and snapshot_date = (
      select max(snapshot_date) from whole_fact_listing_snapshot
      where snapshot_date < :end and snapshot_date >= :end - interval 8 day
  )
