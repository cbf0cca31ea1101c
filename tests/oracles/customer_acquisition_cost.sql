-- Two facts: each is added up by itself, then divided.
select (
    select sum(cost) from fact_campaign_daily where is_paid_media and date >= :start and date < :end
) / nullif((
    select count(distinct customer_id)
    from fact_order
    where is_paid and customer_order_seq = 1 and paid_date >= :start and paid_date < :end
), 0) as value
