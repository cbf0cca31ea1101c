select 100.0 * sum(correction_lines) / nullif(sum(journal_lines), 0) as value
from fact_gl_balance
where period_end >= :start and period_end < :end
