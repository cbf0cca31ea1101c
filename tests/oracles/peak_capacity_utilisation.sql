select 100.0 * max(case when capacity_rps <> 0 then cast(peak_rps as double) / capacity_rps end) as value
from fact_service_health
where date >= :start and date < :end
