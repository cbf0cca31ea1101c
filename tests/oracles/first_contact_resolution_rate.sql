select 100.0 * avg(cast(is_first_contact_resolved as integer)) as value
from fact_ticket
where domain = 'customer'
  and created_date >= :start and created_date < :end
