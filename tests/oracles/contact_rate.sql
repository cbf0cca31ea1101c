select 100.0 * (
    select count(*)
    from fact_ticket
    where domain = 'customer' and ticket_type <> 'proactive_follow_up'
      and ticket_type in ('pre_sale', 'after_sale', 'complaint')
      and created_date >= :start and created_date < :end
) / nullif((
    select count(*) from fact_order where is_paid and paid_date >= :start and paid_date < :end
), 0) as value
