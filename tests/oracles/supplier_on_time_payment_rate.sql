-- By due date: a bill that is not paid counts against the rate.
select 100.0 * count(*) filter (paid_date <= due_date) / nullif(count(*), 0) as value
from fact_invoice
where invoice_type = 'payable'
  and due_date >= :start and due_date < :end and due_date <= :as_of
