select 100.0 * (1 - coalesce(sum(amount) filter (account_class = 'cogs'), 0)
    / nullif(sum(amount) filter (account_class = 'revenue'), 0)) as value
from fact_gl_balance
where period_end >= :start and period_end < :end
