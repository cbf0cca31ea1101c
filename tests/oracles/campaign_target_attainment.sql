-- Campaigns that ended in the period and had a target.
select 100.0 * sum(attributed_revenue) / nullif(sum(target_revenue), 0) as value
from fact_campaign
where target_revenue is not null
  and end_date >= :start and end_date < :end and end_date <= :as_of
