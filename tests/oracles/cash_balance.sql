-- The last day only, if it is no older than three days.
select sum(closing_balance - restricted_amount) as value
from fact_bank_balance
where account_type in ('bank', 'platform_wallet')
  and date = (select max(date) from whole_fact_bank_balance where date < :end and date >= :end - interval 3 day)
