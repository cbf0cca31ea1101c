"""Departments under the catalogue's names, whatever a company's tools call them."""

from __future__ import annotations

import polars as pl

from data.contracts import TABLES
from data.contracts.codes import DEPARTMENTS

UNKNOWN = "(unknown)"
NAMES = {
    "operations": ("ops", "e-commerce operations", "ecommerce", "e-commerce", "logistics", "supply chain",
                   "warehouse", "运营", "电商运营", "運營", "營運", "物流", "供应链", "供應鏈", "仓储", "倉儲"),
    "marketing": ("growth", "brand", "sales", "sales & marketing", "sales and marketing", "市场", "市場", "营销",
                  "行銷", "品牌", "销售", "業務", "銷售"),
    "product": ("product management", "merchandising", "buying", "产品", "產品", "商品", "采购", "採購"),
    "technology": ("it", "tech", "engineering", "information technology", "research & development", "r&d", "data",
                   "research and development", "技术", "技術", "研发", "研發", "信息技术", "資訊", "科技"),
    "customer_service": ("support", "customer support", "customer care", "service", "customer success", "客服",
                         "客户服务", "客戶服務"),
    "finance": ("accounting", "accounts", "finance & accounting", "finance and accounting", "财务", "財務", "会计",
                "會計"),
    "hr": ("human resources", "people", "people & culture", "people operations", "人力资源", "人力資源", "人事"),
    "leadership": ("management", "executive", "board", "general management", "管理层", "管理層", "总经办", "總經辦"),
}  # fmt: skip
KNOWN = {name: name for name in DEPARTMENTS} | {
    name: department for department, names in NAMES.items() for name in names
}
COLUMNS = frozenset(
    name for table in TABLES.values() for name in table.columns if table.values(name) == DEPARTMENTS
)  # fmt: skip


def conform(texts: pl.Series) -> pl.Series:
    """Department names as the contracts allow them; `(unknown)` for a name of the company's own, null for none."""
    plain = texts.str.to_lowercase().str.replace(r"\s*(?:department|dept\.?|team|部门|部門|部|中心)$", "")
    spaced = plain.str.replace_all("_", " ", literal=True)
    known = {name.replace("_", " "): department for name, department in KNOWN.items()}
    return spaced.replace_strict(known, default=UNKNOWN, return_dtype=pl.String).set(texts.is_null(), None)
