-- Two facts: each is counted by itself, then divided.
select 1000.0 * (
    select count(*)
    from fact_ticket
    where domain = 'customer' and ticket_type = 'complaint' and created_date >= :start and created_date < :end
) / nullif((
    select count(*) from fact_order where is_paid and paid_date >= :start and paid_date < :end
), 0) as value
