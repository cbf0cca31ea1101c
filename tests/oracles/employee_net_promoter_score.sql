select 100.0 * (count(*) filter (score >= 9) - count(*) filter (score <= 6)) / nullif(count(score), 0) as value
from fact_feedback
where feedback_type = 'enps'
  and submitted_date >= :start and submitted_date < :end
