select 100.0 * sum(search_index) filter (where is_self) / nullif(sum(search_index), 0) as value
from fact_market_snapshot
where month_end >= :start and month_end < :end
