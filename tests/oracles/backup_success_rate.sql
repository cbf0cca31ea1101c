select 100.0 * count(*) filter (where is_success) / nullif(count(*), 0) as value
from fact_scheduled_job
where job_type in ('backup', 'restore_test')
  and scheduled_date >= :start and scheduled_date < :end
