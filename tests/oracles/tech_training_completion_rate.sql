select 100.0 * count(*) filter (where is_completed) / nullif(count(*), 0) as value
from fact_training_record
where course_type in ('technical_tool', 'security')
  and due_date >= :start and due_date < :end and due_date <= :as_of
