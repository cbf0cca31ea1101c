-- Page loads of real users that are good on all three; no interaction passes INP.
select 100.0 * sum(sample_weight * cast(lcp_ms <= 2500 and coalesce(inp_ms, 0) <= 200 and cls <= 0.1 as integer))
    / nullif(sum(sample_weight), 0) as value
from fact_web_performance
where source in ('field_rum', 'crux') and lcp_ms is not null and cls is not null
  and date >= :start and date < :end
