select 100.0 * (1 - sum(cart_sessions_with_purchase) / nullif(sum(sessions_with_add_to_cart), 0)) as value
from fact_traffic
where touchpoint not in ('help_centre', 'store')
  and date >= :start and date < :end
