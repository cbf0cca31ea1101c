-- Errors of every account, department and month; what was not forecast is not judged.
select 100.0 * (1 - sum(abs(amount - forecast_amount)) / nullif(sum(abs(amount)), 0)) as value
from fact_gl_balance
where account_class = 'revenue' and forecast_amount is not null
  and period_end >= :start and period_end < :end
