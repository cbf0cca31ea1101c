-- Hours by the day of completion ÷ the mean of the headcounts at the month ends.
with staff as (
    select count(*) filter (is_active) as heads
    from fact_employee_snapshot
    where is_active is not null and snapshot_date >= :start and snapshot_date < :end
    group by snapshot_date
)
select (
    select sum(hours)
    from fact_training_record
    where is_completed and completed_date >= :start and completed_date < :end
) / nullif(avg(heads), 0) as value
from staff
