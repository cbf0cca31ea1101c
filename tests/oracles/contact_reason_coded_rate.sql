select 100.0 * count(*) filter (coalesce(contact_reason_l2, '') not in ('', '(unknown)')) / nullif(count(*), 0) as value
from fact_ticket
where domain = 'customer'
  and cast(solved_at as date) >= :start and cast(solved_at as date) < :end
