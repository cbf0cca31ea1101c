select median(epoch(completed_at - requested_at) / 3600.0) as value
from fact_return
where return_type in ('refund_only', 'return_refund')
  and completed_date >= :start and completed_date < :end
