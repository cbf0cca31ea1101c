select 100.0 * count(*) filter (is_reconciled) / nullif(count(*), 0) as value
from fact_bank_balance
where account_type <> 'credit_line'
  and date >= :start and date < :end
