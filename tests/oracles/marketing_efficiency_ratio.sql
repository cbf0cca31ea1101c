-- Two facts: each is added up by itself, then divided.
select (
    select sum(net_amount) from fact_order where is_paid and paid_date >= :start and paid_date < :end
) / nullif((
    select sum(cost) from fact_campaign_daily where date >= :start and date < :end
), 0) as value
