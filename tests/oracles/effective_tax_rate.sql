with result as (
    select
        sum(case account_class when 'income_tax' then amount end) as tax,
        sum(case when account_class in ('revenue', 'other_income') then amount end) as income,
        sum(case when account_class in ('cogs', 'depreciation_amortisation', 'interest_expense')
            or account_class like 'opex_%' then amount end) as cost
    from fact_gl_balance
    where period_end >= :start and period_end < :end
)
select case when coalesce(income, 0) - coalesce(cost, 0) > 0
    then 100.0 * tax / (coalesce(income, 0) - coalesce(cost, 0)) end as value
from result
