select sum(joint_revenue) as value
from fact_partner_contract
where snapshot_date >= :start and snapshot_date < :end
