select median(cast(recovery_hours as double)) as value
from fact_deployment
where is_failed
  and deployed_date >= :start and deployed_date < :end
