select 100.0 * count(*) filter (where is_unaided_aware) / nullif(count(*), 0) as value
from fact_feedback
where feedback_type = 'brand_tracker' and topic = 'awareness'
  and submitted_date >= :start and submitted_date < :end
