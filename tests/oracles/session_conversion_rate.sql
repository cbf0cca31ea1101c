select 100.0 * sum(sessions_with_purchase) / nullif(sum(sessions), 0) as value
from fact_traffic
where touchpoint not in ('help_centre', 'store')
  and date >= :start and date < :end
