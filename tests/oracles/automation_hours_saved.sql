select sum(minutes_saved) / 60.0 as value
from fact_scheduled_job
where job_type = 'automation' and is_success
  and scheduled_date >= :start and scheduled_date < :end
