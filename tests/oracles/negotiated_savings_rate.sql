-- A contract whose new price is not known yet is in neither sum.
select 100.0 * (1 - sum(negotiated_cost) / nullif(sum(baseline_cost), 0)) as value
from fact_partner_contract
where is_signed and baseline_cost is not null and negotiated_cost is not null
  and snapshot_date >= :start and snapshot_date < :end
