-- A cost without a budget is overspent, so costs and budgets are summed apart.
select 100.0 * (sum(amount) - sum(budget_amount)) / nullif(sum(budget_amount), 0) as value
from fact_gl_balance
where account_class like 'opex_%'
  and period_end >= :start and period_end < :end
