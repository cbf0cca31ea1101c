-- Units that stayed with customers ÷ units that came in: two facts, each added up by itself.
select 100.0 * (
    select sum(qty - returned_qty) from fact_order_line where is_paid and paid_date >= :start and paid_date < :end
) / nullif((
    select sum(qty_received) from fact_purchase_order_line
    where received_date >= :start and received_date < :end and received_date <= :as_of
), 0) as value
