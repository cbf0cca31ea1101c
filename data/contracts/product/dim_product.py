"""Products: one SKU (current state)."""

from __future__ import annotations

from data.contracts.base import Contract, calendar_day, dimension, flag, money, table, text


@table(
    name="dim_product",
    department="product",
    kind="dimension",
    time_column="launch_date",
    cadence="none",
    late_after_days=None,
    duplicates="first",
)
class Products(Contract):
    """one SKU (current state)."""

    sku = text(
        "Stock-keeping unit, merchant code", key=True, aliases=("SKU", "商家编码", "货号", "规格编码", "Variant SKU")
    )
    product_id = dimension("Product (SPU) id", aliases=("商品ID", "宝贝ID", "Handle", "SPU编码"))
    product_name = dimension("Title", aliases=("商品名称", "宝贝标题", "Title"))
    category_l1 = dimension("Top category", aliases=("一级类目", "Type"))
    category_l2 = dimension("Second category", aliases=("二级类目",))
    brand = dimension("Brand", aliases=("品牌", "Vendor"))
    supplier_id = dimension("Main supplier = fact_partner_contract.partner_id", aliases=("供应商编码",))
    launch_date = calendar_day("First day on sale in any channel", aliases=("上架时间", "首次上架日期", "Published At"))
    delist_date = calendar_day("Last day on sale", aliases=("下架时间",))
    lifecycle_stage = dimension(
        "Life-cycle stage", values=("introduction", "growth", "maturity", "decline", "delisted"), aliases=("生命周期",)
    )
    list_price = money("Recommended price incl. tax", aliases=("吊牌价", "一口价", "Variant Compare At Price"))
    unit_cost = money(
        "Current landed unit cost excl. tax", aliases=("成本价", "Cost per item"), sensitive="confidential"
    )
    is_key_sku = flag("On the watched price/assortment list", aliases=("重点商品",))
