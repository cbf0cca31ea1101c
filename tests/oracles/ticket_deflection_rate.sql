select 100.0 * count(*) filter (is_bot_resolved) / nullif(count(*), 0) as value
from fact_ticket
where domain = 'customer'
  and created_date >= :start and created_date < :end
