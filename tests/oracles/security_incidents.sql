select count(*) as value
from fact_incident
where incident_class in ('security', 'data_breach') and severity in ('sev1', 'sev2')
  and opened_date >= :start and opened_date < :end
