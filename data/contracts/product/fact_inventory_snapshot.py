"""Stock at day ends."""

from __future__ import annotations

from data.contracts.base import Contract, Virtual, calendar_day, dimension, flag, integer, money, number, table, text


@table(
    name="fact_inventory_snapshot",
    department="product",
    kind="fact",
    time_column="snapshot_date",
    cadence="day",
    late_after_days=2,
    duplicates="refuse",
    is_snapshot=True,
    virtual=(
        Virtual(
            "is_stockout",
            "is_sellable and available_qty <= 0",
            ("is_sellable", "available_qty"),
            "Meant to be on sale, but nothing is free to sell",
        ),
    ),
)
class StockDays(Contract):
    """One row per SKU × warehouse × day."""

    snapshot_date = calendar_day("Day (closing stock)", key=True, aliases=("库存日期", "Date", "日期"))
    sku = text("= dim_product.sku", key=True, aliases=("SKU", "商家编码"))
    warehouse = dimension("Warehouse / location", key=True, aliases=("Location", "仓库"))
    on_hand_qty = integer(
        "Units in stock",
        aliases=(
            "On hand",
            "On hand (current)",
            "Inventory Level",
            "Quantity on hand",
            "实际库存",
            "库存数量",
            "库存量",
        ),
    )
    available_qty = integer("Units free to sell", aliases=("Available", "可用库存"))
    on_hand_value = money("At cost", aliases=("库存金额",), sensitive="confidential")
    stock_age_days = number("Mean age of the units (FIFO)", unit="days", aliases=("库龄",))
    is_sellable = flag("Meant to be on sale that day", aliases=("是否在售",))
