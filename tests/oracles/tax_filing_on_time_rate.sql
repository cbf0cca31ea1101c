-- By legal date: what is not filed counts against the rate.
select 100.0 * count(*) filter (closed_date <= due_date) / nullif(count(*), 0) as value
from fact_compliance_item
where domain = 'tax' and item_type = 'filing'
  and due_date >= :start and due_date < :end and due_date <= :as_of
