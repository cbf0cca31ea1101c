"""Listings of the products in the channels."""

from __future__ import annotations

from data.contracts.base import Contract, calendar_day, flag, integer, money, table, text
from data.contracts.codes import SALES_CHANNELS


@table(
    name="fact_listing_snapshot",
    department="product",
    kind="fact",
    time_column="snapshot_date",
    cadence="week",
    late_after_days=9,
    duplicates="refuse",
    is_snapshot=True,
)
class Listings(Contract):
    """One row per SKU × sales channel × week (or day)."""

    snapshot_date = calendar_day("Day of the check", key=True, aliases=("检查日期",))
    sku = text("= dim_product.sku", key=True, aliases=("SKU", "商家编码"))
    sales_channel = text("Channel", key=True, values=SALES_CHANNELS, aliases=("销售渠道",))
    is_listed = flag("On sale in the channel", aliases=("商品状态", "Status", "Published"))
    attributes_required = integer("Attributes the channel asks for", aliases=("应填属性数",))
    attributes_filled = integer("Required attributes that are filled and valid", aliases=("已填属性数",))
    has_content_error = flag(
        "Title, picture, specification or stock flag differs from the product master", aliases=("内容错误",)
    )
    has_price_error = flag("Price differs from the price list or breaks the floor price", aliases=("价格错误",))
    price = money("Shelf price incl. tax after store-wide discounts", aliases=("Variant Price", "售价", "京东价"))
    competitor_price = money("Reference price of the same item at the chosen competitor(s)", aliases=("竞品价",))
