"""Departments under the catalogue's names, whatever a company's tools call them."""

from __future__ import annotations

import polars as pl

from data.contracts import TABLES
from data.contracts.codes import DEPARTMENTS
from data.ingest.script import in_simplified

UNKNOWN = "(unknown)"
# Chinese names in Simplified: a name in Traditional is looked up as such.
NAMES = {
    "operations": ("ops", "e-commerce operations", "ecommerce", "e-commerce", "logistics", "supply chain",
                   "warehouse", "运营", "电商运营", "营运", "物流", "供应链", "仓储"),
    "marketing": ("growth", "brand", "sales", "sales & marketing", "sales and marketing", "市场", "营销", "行销",
                  "品牌", "销售", "业务"),
    "product": ("product management", "merchandising", "buying", "产品", "商品", "采购"),
    "technology": ("it", "tech", "engineering", "information technology", "research & development", "r&d", "data",
                   "research and development", "技术", "研发", "信息技术", "资讯", "科技"),
    "customer_service": ("support", "customer support", "customer care", "service", "customer success", "客服",
                         "客户服务"),
    "finance": ("accounting", "accounts", "finance & accounting", "finance and accounting", "财务", "会计"),
    "hr": ("human resources", "people", "people & culture", "people operations", "人力资源", "人事"),
    "leadership": ("management", "executive", "board", "general management", "管理层", "总经办"),
}  # fmt: skip
KNOWN = {name: name for name in DEPARTMENTS} | {
    name: department for department, names in NAMES.items() for name in names
}
COLUMNS = frozenset(
    name for table in TABLES.values() for name in table.columns if table.values(name) == DEPARTMENTS
)  # fmt: skip


def conform(texts: pl.Series) -> pl.Series:
    """Department names as the contracts allow them; `(unknown)` for a name of the company's own, null for none."""
    plain = in_simplified(texts.str.to_lowercase())
    plain = plain.str.replace(r"\s*(?:department|dept\.?|team|部门|部|中心)$", "")
    spaced = plain.str.replace_all("_", " ", literal=True)
    known = {name.replace("_", " "): department for name, department in KNOWN.items()}
    return spaced.replace_strict(known, default=UNKNOWN, return_dtype=pl.String).set(texts.is_null(), None)
