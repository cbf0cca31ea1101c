with asked as (
    select customer_id, bool_or(led_to_order) as has_bought
    from fact_ticket
    where domain = 'customer' and ticket_type = 'pre_sale' and customer_id is not null
      and created_date >= :start and created_date < :end
    group by customer_id
)
select 100.0 * count(*) filter (has_bought) / nullif(count(*), 0) as value
from asked
