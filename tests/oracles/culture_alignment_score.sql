select 100.0 * count(*) filter (score >= 4) / nullif(count(score), 0) as value
from fact_feedback
where feedback_type = 'engagement' and topic = 'culture'
  and submitted_date >= :start and submitted_date < :end
