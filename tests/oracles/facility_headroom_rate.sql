select 100.0 * (sum(facility_limit) - sum(facility_drawn)) / nullif(sum(facility_limit), 0) as value
from fact_bank_balance
where account_type = 'credit_line'
  and date = (select max(date) from whole_fact_bank_balance where date < :end and date >= :end - interval 3 day)
