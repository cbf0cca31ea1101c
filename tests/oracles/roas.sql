select sum(conversion_value) / nullif(sum(cost), 0) as value
from fact_campaign_daily
where is_paid_media
  and date >= :start and date < :end
