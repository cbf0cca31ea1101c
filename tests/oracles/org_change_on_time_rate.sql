-- By due date: what is not done counts against the rate.
select 100.0 * count(*) filter (resolved_date <= due_date) / nullif(count(*), 0) as value
from fact_work_item
where item_type = 'org_change'
  and due_date >= :start and due_date < :end and due_date <= :as_of
