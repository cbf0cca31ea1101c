select sum(amount) as value
from fact_gl_balance
where account_class = 'revenue'
  and period_end >= :start and period_end < :end
