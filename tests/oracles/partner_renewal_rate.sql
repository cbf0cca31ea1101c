select 100.0 * count(*) filter (where is_renewed) / nullif(count(*) filter (where is_renewal_due), 0) as value
from fact_partner_contract
where snapshot_date >= :start and snapshot_date < :end
