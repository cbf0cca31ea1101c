select 100.0 * sum(estimated_sales) filter (where is_self) / nullif(sum(estimated_sales), 0) as value
from fact_market_snapshot
where month_end >= :start and month_end < :end
