select 100.0 * (1 - sum(crashed_sessions) / nullif(sum(app_sessions), 0)) as value
from fact_service_health
where app_sessions is not null and crashed_sessions is not null
  and date >= :start and date < :end
