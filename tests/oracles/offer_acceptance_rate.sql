select 100.0 * sum(offers_accepted) / nullif(sum(offers_made), 0) as value
from fact_requisition
where filled_date >= :start and filled_date < :end
