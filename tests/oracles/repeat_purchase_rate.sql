-- Buyers of the period, each counted once, whatever they bought.
with buyers as (
    select customer_id, max(customer_order_seq) as last_seq
    from fact_order
    where is_paid and paid_date >= :start and paid_date < :end and customer_id is not null
    group by customer_id
)
select 100.0 * count(*) filter (where last_seq >= 2) / nullif(count(*), 0) as value
from buyers
