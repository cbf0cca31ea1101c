-- A line of which it is unknown whether its product is new is in the total only.
select 100.0 * sum(case is_new_product when true then net_amount when false then 0 end)
    / nullif(sum(net_amount), 0) as value
from fact_order_line
where is_paid
  and paid_date >= :start and paid_date < :end
