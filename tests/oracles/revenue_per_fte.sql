with staff as (
    select sum(fte) as full_time_equivalents
    from fact_employee_snapshot
    where fte is not null and snapshot_date >= :start and snapshot_date < :end
    group by snapshot_date
)
select (
    select sum(amount) from fact_gl_balance
    where account_class = 'revenue' and period_end >= :start and period_end < :end
) / nullif(avg(full_time_equivalents), 0) as value
from staff
