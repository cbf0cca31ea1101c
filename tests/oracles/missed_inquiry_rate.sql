select 100.0 * count(*) filter (is_missed) / nullif(count(*), 0) as value
from fact_ticket
where domain = 'customer' and ticket_type = 'pre_sale'
  and created_date >= :start and created_date < :end
