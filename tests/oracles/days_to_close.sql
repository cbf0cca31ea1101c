select avg(cast(lag_days as double)) as value
from fact_scheduled_job
where job_type = 'month_end_close'
  and scheduled_date >= :start and scheduled_date < :end
