-- Real users only.
select quantile_cont(cast(cls as double), 0.75) as value
from fact_web_performance
where source in ('field_rum', 'crux')
  and date >= :start and date < :end
