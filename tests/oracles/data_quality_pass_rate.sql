select 100.0 * sum(tests_passed) / nullif(sum(tests_run), 0) as value
from fact_scheduled_job
where job_type = 'pipeline' and tests_run is not null and tests_passed is not null
  and scheduled_date >= :start and scheduled_date < :end
