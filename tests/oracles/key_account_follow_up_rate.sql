-- By due date: a follow-up that was not made, or of which nothing is known, counts against the rate.
select 100.0 * count(*) filter (is_resolved_in_sla) / nullif(count(*), 0) as value
from fact_ticket
where domain = 'customer' and ticket_type = 'proactive_follow_up'
  and due_date >= :start and due_date < :end and due_date <= :as_of
