with burn as (
    select sum(outflow_external) - sum(inflow_external) as net
    from fact_bank_balance
    where account_type <> 'credit_line' and date >= :start and date < :end
), cash as (
    select sum(closing_balance - restricted_amount) as free
    from fact_bank_balance
    where account_type <> 'credit_line'
      and date = (select max(date) from fact_bank_balance where date < :end and date >= :end - interval 3 day)
)
select case when net > 0 then free / net * date_diff('day', :start, :end) end as value
from cash, burn
