select 100.0 * sum(returned_qty) / nullif(sum(qty), 0) as value
from fact_order_line
where is_paid
  and paid_date >= :start and paid_date < :end
