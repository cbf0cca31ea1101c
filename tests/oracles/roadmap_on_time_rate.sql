-- By due day: what is overdue and still open counts as missed; what is not due by as_of is not counted.
select 100.0 * count(*) filter (where resolved_date <= due_date) / nullif(count(*), 0) as value
from fact_work_item
where item_type = 'roadmap_epic'
  and due_date >= :start and due_date < :end and due_date <= :as_of
