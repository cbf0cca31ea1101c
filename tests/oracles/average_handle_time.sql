select avg(cast(handle_minutes as double)) as value
from fact_ticket
where domain = 'customer' and is_bot_resolved = false
  and created_date >= :start and created_date < :end
