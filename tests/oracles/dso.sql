-- Receivables of the last month end, in days of the revenue of the whole period.
select (
    select sum(closing_balance)
    from fact_gl_balance
    where account_class = 'accounts_receivable'
      and period_end = (
          select max(period_end) from fact_gl_balance where period_end < :end and period_end >= :end - interval 35 day
      )
) / nullif((
    select sum(amount)
    from fact_gl_balance
    where account_class = 'revenue' and period_end >= :start and period_end < :end
), 0) * date_diff('day', :start, :end) as value
