-- By the moment it was solved; the last second of the period is inside.
select median(cast(resolution_hours as double)) as value
from fact_ticket
where domain = 'customer' and ticket_type in ('after_sale', 'complaint')
  and cast(solved_at as date) >= :start and cast(solved_at as date) < :end
