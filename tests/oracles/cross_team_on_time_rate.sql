-- Asked by one department and owed by another, both of them known; by due day.
select 100.0 * count(*) filter (where resolved_date <= due_date) / nullif(count(*), 0) as value
from fact_work_item
where '(unknown)' not in (requesting_department, owner_department) and requesting_department <> owner_department
  and due_date >= :start and due_date < :end and due_date <= :as_of
