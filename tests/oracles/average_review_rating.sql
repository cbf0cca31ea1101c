select avg(cast(score as double)) as value
from fact_feedback
where feedback_type = 'product_review'
  and submitted_date >= :start and submitted_date < :end
