select avg(cast(score as double)) as value
from fact_feedback
where feedback_type = 'ces'
  and submitted_date >= :start and submitted_date < :end
