select median(cast(minutes_to_restore as double)) as value
from fact_incident
where severity in ('sev1', 'sev2')
  and opened_date >= :start and opened_date < :end
