-- Real users only.
select quantile_cont(cast(inp_ms as double), 0.75) / 1000 as value
from fact_web_performance
where source in ('field_rum', 'crux')
  and date >= :start and date < :end
