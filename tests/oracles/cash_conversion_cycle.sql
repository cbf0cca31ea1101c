-- Days the stock lasts + days customers take - days suppliers wait.
with ledger as (
    select
        sum(case when account_class = 'accounts_receivable' and is_last then closing_balance end) as receivable,
        sum(case when account_class = 'accounts_payable' and is_last then closing_balance end) as payable,
        sum(case when account_class = 'revenue' and is_inside then amount end) as revenue,
        sum(case when account_class = 'cogs' and is_inside then amount end) as cogs
    from (
        select
            *,
            period_end = max(period_end) over () and period_end >= :end - interval 35 day as is_last,
            period_end >= :start as is_inside
        from fact_gl_balance
        where period_end < :end and period_end >= least(cast(:start as timestamp), :end - interval 35 day)
    ) as months
), stock as (
    select avg(day_value) as mean_value
    from (
        select sum(on_hand_value) as day_value
        from fact_inventory_snapshot
        where snapshot_date >= :start and snapshot_date < :end
        group by snapshot_date
    ) as days
), sold as (
    select sum(cogs_amount) as cogs from fact_order_line where is_paid and paid_date >= :start and paid_date < :end
)
select date_diff('day', :start, :end) * (
    (select mean_value from stock) / nullif((select cogs from sold), 0)
    + receivable / nullif(revenue, 0)
    - payable / nullif(cogs, 0)
) as value
from ledger
