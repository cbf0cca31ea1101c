select 100.0 * sum(conversions) / nullif(sum(delivered), 0) as value
from fact_campaign_daily
where marketing_channel in ('email', 'sms', 'push', 'wechat')
  and date >= :start and date < :end
