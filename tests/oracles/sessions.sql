select sum(sessions) as value
from fact_traffic
where touchpoint not in ('help_centre', 'store')
  and date >= :start and date < :end
