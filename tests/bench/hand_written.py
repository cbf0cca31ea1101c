"""The headline block as a good analyst would write it by hand: one statement a fact, straight on the lake's tables."""

from __future__ import annotations

STATEMENTS = (
    """
    select sum(o.gmv_amount) filter (o.is_paid)::double as gmv,
        count(*) filter (o.is_paid) as paid_orders,
        sum(o.net_amount) filter (o.is_paid)::double / nullif(count(*) filter (o.is_paid), 0) as average_order_value,
        count(distinct o.customer_id) filter (o.is_paid and d.customer_order_seq = 1) as new_customers
    from lake.main.fact_order o
    left join lake.main.fact_order__derived d on d.order_id = o.order_id and d.paid_date = o.paid_date
    where o.paid_date >= $first and o.paid_date < $end
    """,
    """
    select 100.0 * sum(sessions_with_purchase) / nullif(sum(sessions), 0) as session_conversion_rate
    from lake.main.fact_traffic
    where date >= $first and date < $end and touchpoint not in ('help_centre', 'store')
    """,
    """
    select 100.0 * (count(distinct order_id) - count(distinct order_id) filter (
            cast(delivered_at as date) > promised_delivery_date
            or delivered_at is null and promised_delivery_date < $last or not is_in_full))
        / nullif(count(distinct order_id), 0) as otif_rate
    from lake.main.fact_shipment where promised_delivery_date >= $first and promised_delivery_date < $end
    """,
    """
    select 100.0 * sum(coalesce(d.returned_qty, 0)) filter (l.is_paid)::double
        / nullif(sum(l.qty) filter (l.is_paid), 0) as return_rate
    from lake.main.fact_order_line l
    left join lake.main.fact_order_line__derived d
        on d.order_id = l.order_id and d.line_no = l.line_no and d.paid_date = l.paid_date
    where l.paid_date >= $first and l.paid_date < $end
    """,
    """
    select 100.0 * sum(case when score >= 9 then 1 when score <= 6 then -1 else 0 end)
        / nullif(count(score), 0) as net_promoter_score
    from lake.main.fact_feedback where feedback_type = 'nps' and submitted_date >= $first and submitted_date < $end
    """,
)
KPIS = (
    "gmv",
    "paid_orders",
    "session_conversion_rate",
    "average_order_value",
    "new_customers",
    "otif_rate",
    "return_rate",
    "net_promoter_score",
)
