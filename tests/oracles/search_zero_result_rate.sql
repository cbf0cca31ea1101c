select 100.0 * sum(zero_result_searches) / nullif(sum(site_searches), 0) as value
from fact_traffic
where date >= :start and date < :end
