"""The pages there are, in the order of the menu; an address without a page leads to the first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from metrics.model import Text


@dataclass(frozen=True)
class Entry:
    """A page: the folder that holds its file and names its section, its name in file and address, icon, title."""

    section: Literal["leadership", "departments", "analysts"]
    name: str
    icon: str
    title: Text


PAGES = (
    Entry("departments", "operations", ":material/local_shipping:", Text("Operations", "运营", "營運")),
    Entry("departments", "marketing", ":material/campaign:", Text("Marketing", "市场营销", "行銷")),
    Entry("departments", "product", ":material/inventory_2:", Text("Product", "产品管理", "產品管理")),
    Entry("departments", "technology", ":material/dns:", Text("Technology", "技术", "技術")),
    Entry("departments", "customer_service", ":material/support_agent:", Text("Customer service", "客户服务", "客服")),
    Entry("departments", "finance", ":material/account_balance:", Text("Finance", "财务", "財務")),
    Entry("departments", "hr", ":material/groups:", Text("Human resources", "人力资源", "人力資源")),
    Entry("leadership", "company", ":material/domain:", Text("Company", "公司总览", "公司總覽")),
    Entry("leadership", "weekly", ":material/newsmode:", Text("Weekly pack", "周报", "週報")),
    Entry("analysts", "uploads", ":material/upload_file:", Text("Uploads", "数据上传", "資料上傳")),
    Entry("analysts", "catalogue", ":material/menu_book:", Text("Metric dictionary", "指标字典", "指標字典")),
    Entry("analysts", "health", ":material/monitor_heart:", Text("Data health", "数据健康", "資料健康")),
    Entry("analysts", "settings", ":material/settings:", Text("Settings", "设置", "設定")),
)


def title(name: str) -> Text:
    """The title of the page with this name; StopIteration where the menu has none."""
    return next(entry.title for entry in PAGES if entry.name == name)
