select 100.0 * sum(reco_clicks) / nullif(sum(reco_impressions), 0) as value
from fact_traffic
where date >= :start and date < :end
