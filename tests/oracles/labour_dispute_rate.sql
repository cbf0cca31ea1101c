with staff as (
    select count(*) filter (is_active) as heads
    from fact_employee_snapshot
    where is_active is not null and snapshot_date >= :start and snapshot_date < :end
    group by snapshot_date
)
select 1000.0 * (
    select count(*)
    from fact_compliance_item
    where domain = 'labour' and item_type = 'dispute' and opened_date >= :start and opened_date < :end
) / nullif(avg(heads), 0) as value
from staff
