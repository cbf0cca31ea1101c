-- Without an objective there is no budget; an objective of 100 % leaves none, and no value.
with days as (
    select valid_events * (1 - slo_target) as allowed, valid_events - good_events as bad
    from fact_service_health
    where valid_events is not null and good_events is not null and slo_target is not null
      and date >= :start and date < :end
)
select case when sum(allowed) > 0 then 100.0 * (1 - sum(bad) / sum(allowed)) end as value
from days
