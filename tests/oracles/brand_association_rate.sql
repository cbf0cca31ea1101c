-- Of those who know the brand; the topic names the attribute that was asked about.
select 100.0 * count(*) filter (where is_attribute_match) / nullif(count(*), 0) as value
from fact_feedback
where feedback_type = 'brand_tracker' and topic <> 'awareness' and topic <> '(unknown)' and is_aided_aware
  and submitted_date >= :start and submitted_date < :end
