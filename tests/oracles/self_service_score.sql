select (
    select sum(sessions) from fact_traffic where touchpoint = 'help_centre' and date >= :start and date < :end
) / nullif((
    select count(distinct customer_id)
    from fact_ticket
    where domain = 'customer' and is_bot_resolved = false and created_date >= :start and created_date < :end
), 0) as value
