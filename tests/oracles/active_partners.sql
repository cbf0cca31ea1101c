-- The last month end only; a partner with two contracts is one partner.
select case when count(*) > 0 then count(distinct case when is_active then partner_id end) end as value
from fact_partner_contract
where snapshot_date = (
    select max(snapshot_date) from whole_fact_partner_contract
    where snapshot_date < :end and snapshot_date >= :end - interval 35 day
)
