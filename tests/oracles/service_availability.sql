select 100.0 * sum(good_events) / nullif(sum(valid_events), 0) as value
from fact_service_health
where good_events is not null and valid_events is not null
  and date >= :start and date < :end
