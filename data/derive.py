"""Columns that follow from other rows, recomputed for the customers, orders and parcels that a change touched.

They live in tables beside the loaded ones, keyed like them and sorted by the same day, so that a period reads
only its own part of both.
"""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from data.layout import derived_name

REACTIVATED_AFTER_DAYS = 180

# Each step: what it writes, the tables whose changes call for it, the keys to compute anew, and the rows themselves.
ORDERS = f"""
    select order_id, paid_date, seq as customer_order_seq, gap as days_since_prev_order,
        case when seq = 1 then 'new' when gap >= {REACTIVATED_AFTER_DAYS} then 'reactivated' else 'returning' end
            as customer_type
    from (
        select order_id, paid_date,
            row_number() over history as seq,
            paid_date - lag(paid_date) over history as gap
        from fact_order
        where is_paid and customer_id is not null and paid_date is not null and customer_id in (from {{touched}})
        window history as (partition by customer_id order by paid_date, paid_at, order_id)
    )
"""
ORDER_CUSTOMERS = "select distinct customer_id from touched_fact_order where customer_id is not null"
SHIPMENTS = """
    select s.order_id, s.parcel_no, s.shipped_date,
        epoch(s.shipped_at - o.paid_at) / 3600.0 as fulfilment_hours,
        epoch(s.delivered_at - o.paid_at) / 3600.0 as delivery_hours
    from fact_shipment s join fact_order o on o.order_id = s.order_id
    where s.shipped_date is not null and o.paid_at is not null and s.order_id in (from {touched})
"""
# A return belongs to the lines of its SKU, or to all lines of the order when it names none; units fill the lines
# in their order, money goes by the units, else by the lines' amounts.
RETURNS = """
    with line as (
        select order_id, line_no, paid_date, sku, qty, net_amount from fact_order_line
        where order_id in (from {touched}) and paid_date is not null and qty > 0
    ), asked as (
        select order_id, nullif(sku, '(unknown)') as sku, sum(qty) as qty, sum(refund_amount) as refund
        from fact_return where order_id in (from {touched}) group by 1, 2
    ), met as (
        select l.*, a.sku as asked_sku, a.qty as back, a.refund,
            sum(l.qty) over (partition by l.order_id, a.sku order by l.line_no) - l.qty as ahead,
            l.net_amount / nullif(sum(l.net_amount) over (partition by l.order_id, a.sku), 0) as amount_share
        from line l join asked a on a.order_id = l.order_id and (a.sku is null or a.sku = l.sku)
    ), given as (
        select *, greatest(0, least(qty, coalesce(back, 0) - ahead)) as units from met
    )
    select order_id, line_no, any_value(paid_date) as paid_date, sum(units) as returned_qty,
        cast(sum(coalesce(refund, 0) * cast(coalesce(
            units / nullif(back, 0)::double, amount_share, 0) as double)) as decimal(18, 4)) as returned_amount
    from given group by order_id, line_no having sum(units) > 0 or sum(coalesce(refund, 0)) > 0
"""


# The tables whose changes call for derived columns to be worked out again, and the columns that say for whom.
DERIVED_FROM = {
    "fact_order": ("order_id", "customer_id"),
    "fact_order_line": ("order_id",),
    "fact_return": ("order_id",),
    "fact_shipment": ("order_id",),
}


def derive(cursor: duckdb.DuckDBPyConnection, touched: Iterable[str]) -> tuple[str, ...]:
    """Recompute what depends on the touched tables, whose rows stand in the temp tables `touched_<table>`.

    Returns the tables whose derived columns were written.
    """
    known = set(touched)
    written = []
    if "fact_order" in known:
        cursor.execute(f"create or replace temp table touched_customers as {ORDER_CUSTOMERS}")
        orders = """
            select order_id from touched_fact_order union select order_id from fact_order
            where customer_id in (from touched_customers)"""
        _rewrite(cursor, "fact_order", ORDERS, orders, "touched_customers")
        written.append("fact_order")
    for table, rows, causes in (
        ("fact_shipment", SHIPMENTS, ("fact_shipment", "fact_order")),
        ("fact_order_line", RETURNS, ("fact_return", "fact_order_line")),
    ):
        changed = [name for name in causes if name in known]
        if changed:
            keys = " union ".join(f"select order_id from touched_{name} where order_id is not null" for name in changed)
            if _rewrite(cursor, table, rows, keys, "touched_keys"):
                written.append(table)
    return tuple(written)


def _rewrite(cursor: duckdb.DuckDBPyConnection, table: str, rows: str, orders: str, touched: str) -> bool:
    """Replace the derived rows of some orders; False when there were none before and are none now."""
    target = derived_name(table)
    is_known = cursor.execute(f"select 1 from {target} limit 1").fetchall()
    # Planning the joins takes longer than loading a small file: a company without parcels does not wait for them.
    if not is_known and not cursor.execute(f"select 1 from {table} limit 1").fetchall():
        return False
    cursor.execute(f"create or replace temp table touched_keys as {orders}")
    cursor.execute(f"create or replace temp table derived_rows as {rows.format(touched=touched)}")
    if is_known:
        cursor.execute(f"delete from {target} where order_id in (from touched_keys)")
    columns = [row[0] for row in cursor.execute("describe derived_rows").fetchall()]
    names = ", ".join(columns)
    cursor.execute(f"insert into {target} ({names}) select {names} from derived_rows")
    return bool(is_known or cursor.execute("select 1 from derived_rows limit 1").fetchall())
