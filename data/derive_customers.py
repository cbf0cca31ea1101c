"""Customers at month ends, as their orders tell: activity, value and RFM, so that the table exists without a CRM.

A month end speaks of everybody who ever ordered, and quintiles shift for all when one customer orders. So a change
calls for whole month ends anew: those on and after the first day it touched. Days are counted back from the month
end (365 and 730), so that each month is comparable.
"""

from __future__ import annotations

from datetime import date

import duckdb
import polars as pl

from data.contracts import TABLES
from data.contracts.base import POLARS_TYPES

TABLE = "fact_customer_snapshot"
# Scores are quintiles among those who ordered in the last 365 days, 5 the best; ties fall by the other values, then
# by the key, so that the same orders always give the same scores. Whoever did not order has none, and is lost.
SEGMENT = """
    case when orders_12m = 0 then 'lost'
        when r_score >= 4 and f_score >= 4 and m_score >= 4 then 'champions'
        when r_score >= 3 and f_score >= 4 then 'loyal'
        when lifetime_orders = 1 and r_score >= 4 then 'new'
        when r_score >= 3 then 'potential'
        when f_score >= 3 or m_score >= 4 then 'at_risk'
        else 'hibernating' end
"""
SQL = f"""
    with paid as (
        select customer_id, order_id, paid_date, paid_at, region, marketing_channel, sales_channel, net_amount
        from {{lake}}fact_order where is_paid and customer_id is not null and paid_date is not null
            and paid_date <= $last
    ), month_end as (
        select last_day(cast(month as date)) as snapshot_date from generate_series(
            date_trunc('month', cast($first as date)), cast($last as date), interval 1 month) as months(month)
    ), line as (
        select order_id, sum(net_amount - cogs_amount) as profit from {{lake}}fact_order_line
        where is_paid group by order_id having count(cogs_amount) > 0
    ), monthly as (
        select customer_id, last_day(paid_date) as month, count(*) as orders, max(paid_date) as newest,
            sum(line.profit) as profit, arg_max(nullif(region, '(unknown)'), (paid_date, paid_at, order_id)) as region,
            arg_min(marketing_channel, (paid_date, paid_at, order_id)) as channel
        from paid left join line using (order_id) group by all
        union all
        select p.customer_id, last_day(r.completed_date), 0, null, -sum(r.refund_amount), null, null
        from {{lake}}fact_return as r join paid as p on p.order_id = r.order_id
        where r.completed_date is not null group by all
    ), met as (
        select m.snapshot_date, l.customer_id, sum(l.orders) as lifetime_orders, max(l.newest) as newest,
            if(count(l.profit) filter (l.orders > 0) > 0, sum(l.profit), null) as profit,
            arg_max(l.region, l.month) as region,
            arg_min(l.channel, l.month) filter (l.orders > 0) as channel
        from month_end as m join monthly as l on l.month <= m.snapshot_date
        where m.snapshot_date <= $last group by all having sum(l.orders) > 0
    ), recent as (
        select m.snapshot_date, p.customer_id,
            count(*) filter (is_now) as orders_12m, sum(p.net_amount) filter (is_now) as revenue_12m,
            bool_or(not is_now) as was_active,
            bool_or(is_now and sales_channel not in ('store', '(unknown)')) as is_online,
            bool_or(is_now and sales_channel = 'store') as is_offline
        from month_end as m join paid as p
            on p.paid_date <= m.snapshot_date and p.paid_date > m.snapshot_date - 730,
            lateral (select p.paid_date > m.snapshot_date - 365 as is_now)
        group by all
    ), whole as (
        select snapshot_date, customer_id, channel as acquisition_channel, region,
            cast(lifetime_orders as bigint) as lifetime_orders, cast(profit as decimal(18, 4)) as lifetime_gross_profit,
            cast(snapshot_date - newest as bigint) as recency_days, coalesce(orders_12m, 0) as orders_12m,
            cast(coalesce(revenue_12m, 0) as decimal(18, 4)) as revenue_12m, orders_12m > 0 is true as is_active_12m,
            coalesce(was_active, false) as was_active_prev_12m, coalesce(is_online, false) as bought_online_12m,
            coalesce(is_offline, false) as bought_offline_12m
        from met left join recent using (snapshot_date, customer_id)
    ), scored as (
        select *,
            if(is_active_12m, ntile(5) over (peers order by recency_days desc, orders_12m, customer_id), null)
                as r_score,
            if(is_active_12m, ntile(5) over (peers order by orders_12m, revenue_12m, customer_id), null) as f_score,
            if(is_active_12m, ntile(5) over (peers order by revenue_12m, orders_12m, customer_id), null) as m_score
        from whole window peers as (partition by snapshot_date, is_active_12m)
    )
    select *, {SEGMENT} as rfm_segment from scored order by snapshot_date, customer_id
"""


def customer_months(
    cursor: duckdb.DuckDBPyConnection, first: date, last: date, lake: str = "lake.main."
) -> pl.DataFrame:
    """The customers of each month end from `first` to `last`, which must lie inside the days that orders cover.

    Args:
        cursor: reads the lake; `lake` is what stands before its tables.
        first: a day of the first month.
        last: the last day that is known; a month that has not ended by then is left out.

    Returns:
        Shape (month ends x customers with a paid order so far, columns of fact_customer_snapshot that orders tell),
        typed as the contract, ready to be loaded. Orders count by the day they were paid. `lifetime_gross_profit` is
        null for whom no order line has a cost; refunds lower it by the day they were paid back. What a CRM knows
        (tier, consent, key account) is not among the columns.
    """
    parameters = {"first": first, "last": last}
    frame = cursor.execute(SQL.format(lake=lake), parameters).pl()
    contract = TABLES[TABLE]
    return frame.select(
        pl.col(name).cast(POLARS_TYPES[type(column)])
        for name, column in contract.columns.items()
        if name in frame.columns
    )
