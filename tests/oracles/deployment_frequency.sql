select count(*) as value
from fact_deployment
where deployed_date >= :start and deployed_date < :end
