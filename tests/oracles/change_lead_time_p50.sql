select median(cast(lead_time_hours as double)) as value
from fact_deployment
where deployed_date >= :start and deployed_date < :end
