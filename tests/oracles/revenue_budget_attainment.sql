select 100.0 * sum(amount) / nullif(sum(budget_amount), 0) as value
from fact_gl_balance
where account_class = 'revenue'
  and period_end >= :start and period_end < :end
