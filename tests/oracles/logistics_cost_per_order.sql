select sum(pick_pack_cost + freight_cost) / nullif(count(distinct order_id), 0) as value
from fact_shipment
where shipped_date >= :start and shipped_date < :end
