select median(fulfilment_hours) as value
from fact_shipment
where shipped_date >= :start and shipped_date < :end
