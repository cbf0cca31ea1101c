select 100.0 * (sum(positive_mentions) - sum(negative_mentions)) / nullif(sum(mentions), 0) as value
from fact_market_snapshot
where is_self and positive_mentions is not null and negative_mentions is not null
  and month_end >= :start and month_end < :end
