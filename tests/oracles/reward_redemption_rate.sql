select 100.0 * sum(reward_value_redeemed) / nullif(sum(reward_value_issued), 0) as value
from fact_campaign_daily
where date >= :start and date < :end
