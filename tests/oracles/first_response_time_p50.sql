select median(cast(first_response_minutes as double)) as value
from fact_ticket
where domain = 'customer'
  and created_date >= :start and created_date < :end
