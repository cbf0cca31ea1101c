-- Sessions that were not engaged, of all sessions outside help centre and store.
select 100.0 * (1 - sum(engaged_sessions) / nullif(sum(sessions), 0)) as value
from fact_traffic
where touchpoint not in ('help_centre', 'store')
  and date >= :start and date < :end
