-- Campaigns that ended in the period and have both a baseline and a cost.
select 100.0 * (sum(incremental_gross_profit) / nullif(sum(spend_amount), 0) - 1) as value
from fact_campaign
where incremental_gross_profit is not null and spend_amount is not null
  and end_date >= :start and end_date < :end and end_date <= :as_of
