-- By promised day: an open late line counts as missed; what is not due by as_of is not counted.
select 100.0 * count(*) filter (where received_date <= promised_date and qty_received >= qty_ordered)
    / nullif(count(*), 0) as value
from fact_purchase_order_line
where promised_date >= :start and promised_date < :end and promised_date <= :as_of
