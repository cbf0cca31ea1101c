select 100.0 * count(*) filter (where is_failed) / nullif(count(*), 0) as value
from fact_deployment
where deployed_date >= :start and deployed_date < :end
