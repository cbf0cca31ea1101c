select 100.0 * avg(cast(is_first_response_in_sla as integer)) as value
from fact_ticket
where domain = 'customer'
  and created_date >= :start and created_date < :end
