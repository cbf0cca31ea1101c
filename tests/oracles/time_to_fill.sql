select avg(date_diff('day', opened_date, filled_date)) as value
from fact_requisition
where is_filled
  and filled_date >= :start and filled_date < :end
