-- A ticket still inside its limit is not judged yet.
select 100.0 * count(*) filter (where is_resolved_in_sla) / nullif(count(is_resolved_in_sla), 0) as value
from fact_ticket
where domain = 'internal_it'
  and created_date >= :start and created_date < :end
