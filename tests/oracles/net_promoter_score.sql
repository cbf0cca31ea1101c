select 100.0 * (count_if(score >= 9) - count_if(score <= 6)) / nullif(count(score), 0) as value
from fact_feedback
where feedback_type = 'nps'
  and submitted_date >= :start and submitted_date < :end
