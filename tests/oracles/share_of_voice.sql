select 100.0 * sum(mentions) filter (where is_self) / nullif(sum(mentions), 0) as value
from fact_market_snapshot
where month_end >= :start and month_end < :end
