"""The market: shares, searches and mentions of all players."""

from __future__ import annotations

from data.contracts.base import Contract, calendar_day, flag, integer, money, number, table, text


@table(
    name="fact_market_snapshot",
    department="marketing",
    kind="fact",
    time_column="month_end",
    cadence="month",
    late_after_days=46,
    duplicates="refuse",
    is_snapshot=True,
)
class MarketMonths(Contract):
    """One row per month × category × player."""

    month_end = calendar_day("Month end", key=True, aliases=("月份",))
    category = text("Market category", key=True, aliases=("类目", "行业"))
    player = text("Brand or shop", key=True, aliases=("品牌", "店铺"))
    is_self = flag("Own brand", aliases=("是否自有",))
    estimated_sales = money(
        "Sales of the player in the category (or the index made comparable)", aliases=("交易指数", "成交金额")
    )
    search_index = number("Brand search volume or index", unit="count", aliases=("搜索指数", "Search interest"))
    mentions = integer("Mentions in social and press", aliases=("声量", "Mentions"))
    positive_mentions = integer("Positive mentions", aliases=("正面",))
    negative_mentions = integer("Negative mentions", aliases=("负面",))
    promo_days = integer("Days the player ran a promotion", unit="days", aliases=("促销天数",))
