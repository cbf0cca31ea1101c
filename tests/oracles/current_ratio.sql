-- Balances of the last month end.
select
    sum(closing_balance) filter (account_class in ('cash', 'accounts_receivable', 'inventory', 'other_current_asset'))
    / nullif(sum(closing_balance) filter (
        account_class in ('accounts_payable', 'short_term_debt', 'other_current_liability')
    ), 0) as value
from fact_gl_balance
where period_end = (
    select max(period_end) from fact_gl_balance where period_end < :end and period_end >= :end - interval 35 day
)
