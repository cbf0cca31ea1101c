select 100.0 * count(*) filter (csat_score in (4, 5)) / nullif(count(csat_score), 0) as value
from fact_ticket
where domain = 'customer'
  and created_date >= :start and created_date < :end
