-- Leavers ÷ the mean of the headcounts at the month ends, scaled to a year.
with months as (
    select
        count(*) filter (is_active) as heads,
        count(is_active) as known,
        count(*) filter (is_exit and exit_type = 'voluntary') as leavers
    from fact_employee_snapshot
    where snapshot_date >= :start and snapshot_date < :end
    group by snapshot_date
)
select 100.0 * sum(leavers) / nullif(avg(heads) filter (known > 0), 0) * 365 / date_diff('day', :start, :end) as value
from months
