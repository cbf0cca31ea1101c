select 100.0 * sum(case is_member_order when true then net_amount when false then 0 end)
    / nullif(sum(net_amount), 0) as value
from fact_order
where is_paid
  and paid_date >= :start and paid_date < :end
