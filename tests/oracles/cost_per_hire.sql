select sum(recruitment_cost) / nullif(count(*), 0) as value
from fact_requisition
where is_filled
  and filled_date >= :start and filled_date < :end
