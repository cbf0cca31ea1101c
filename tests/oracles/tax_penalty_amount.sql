-- On the day the case was closed; a fine without a back payment counts, and the other way round.
select sum(coalesce(penalty_amount, 0) + coalesce(adjustment_amount, 0)) as value
from fact_compliance_item
where domain = 'tax'
  and closed_date >= :start and closed_date < :end and closed_date <= :as_of
