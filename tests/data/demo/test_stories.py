"""What happened at the demo company can be seen in plain sums, on the days that `docs/demo.md` names."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import polars as pl

from data.demo import stories
from tests.data.demo.conftest import LAST_DAY

Tables = dict[str, pl.DataFrame]
DOCS = Path(__file__).parents[3] / "docs" / "demo.md"


def within(column: str, window: stories.Window) -> pl.Expr:
    return pl.col(column).is_between(*window.dates(LAST_DAY))


def before(window: stories.Window, days: int = 28) -> stories.Window:
    """The days just before a story."""
    return stories.Window(window.first + days, window.first + 1)


def share(frame: pl.DataFrame, part: pl.Expr, whole: pl.Expr) -> float:
    return float(frame.select(part.sum().cast(pl.Float64) / whole.sum().cast(pl.Float64)).item())


def test_the_best_seller_is_sold_until_it_is_off_sale_and_then_again(larger: Tables) -> None:
    best = larger["fact_order_line"].filter(pl.col("sku") == stories.BEST_SELLER)
    per_sku = larger["fact_order_line"].filter(within("order_date", stories.Window(120, 50)))["sku"].value_counts()
    assert per_sku.sort("count", descending=True)["sku"][0] == stories.BEST_SELLER
    assert best.filter(within("order_date", stories.OFF_SALE)).is_empty()
    assert len(best.filter(within("order_date", before(stories.OVERSOLD)))) > 0
    assert len(best.filter(within("order_date", stories.Window(stories.OFF_SALE.last - 1, 0)))) > 0


def test_oversold_orders_are_cancelled_by_the_merchant(larger: Tables) -> None:
    paid = larger["fact_order"].filter(pl.col("is_paid"))
    sold_out = (pl.col("cancelled_by") == "merchant") & (pl.col("cancel_reason") == "out_of_stock")
    during = paid.filter(within("order_date", stories.OVERSOLD)).select(sold_out.mean()).item()
    earlier = paid.filter(within("order_date", before(stories.OVERSOLD))).select(sold_out.mean()).item()
    assert during > 0.05
    assert earlier < 0.01


def test_one_carrier_is_late_at_one_warehouse(larger: Tables) -> None:
    due = larger["fact_shipment"].filter(within("promised_delivery_date", stories.Window(15, 1)))
    # Late, or not there although the promised day has passed.
    is_late = (pl.col("delivered_at").cast(pl.Date) > pl.col("promised_delivery_date")).fill_null(True)
    rates = due.group_by("warehouse", "carrier").agg(is_late.mean().alias("late"), pl.len())
    hit = (pl.col("warehouse") == stories.LATE_WAREHOUSE) & (pl.col("carrier") == stories.LATE_CARRIER)
    assert rates.filter(hit)["late"].item() > 0.5
    assert rates.filter(~hit)["late"].max() < 0.2  # type: ignore[operator]


def test_the_mobile_web_loses_its_purchases_for_four_days_while_orders_come_in(larger: Tables) -> None:
    traffic = larger["fact_traffic"].filter((pl.col("touchpoint") == "web") & (pl.col("device") == "mobile"))
    orders = larger["fact_order"].filter(
        pl.col("is_paid") & (pl.col("sales_channel") == "own_site") & (pl.col("device") == "mobile")
    )

    def tracked(window: stories.Window) -> float:
        seen = traffic.filter(within("date", window))["sessions_with_purchase"].sum()
        return float(seen / len(orders.filter(within("order_date", window))))

    assert tracked(stories.TRACKING_BUG) < 0.3
    assert tracked(before(stories.TRACKING_BUG)) > 0.85
    assert tracked(stories.Window(stories.TRACKING_BUG.last - 1, 0)) > 0.85


def test_the_prize_draw_brings_visits_that_do_not_buy(larger: Tables) -> None:
    traffic = larger["fact_traffic"].filter(
        within("date", stories.EMPTY_PROMOTION_DAYS) & (pl.col("touchpoint") != "help_centre")
    )
    is_draw = pl.col("campaign_id") == stories.EMPTY_PROMOTION
    draw, rest = traffic.filter(is_draw), traffic.filter(~is_draw)
    assert int(draw["sessions"].sum()) > 0.12 * int(rest["sessions"].sum())
    purchases, visits = pl.col("sessions_with_purchase"), pl.col("sessions")
    assert share(draw, purchases, visits) < 0.1 * share(rest, purchases, visits)
    ads = larger["fact_campaign_daily"]
    assert share(ads.filter(is_draw), pl.col("conversion_value"), pl.col("cost")) < 0.5
    assert ads.filter(is_draw)["date"].min() == stories.EMPTY_PROMOTION_DAYS.dates(LAST_DAY)[0]


def test_the_bad_batch_comes_back_for_its_quality(larger: Tables) -> None:
    back = larger["fact_return"].select("order_id", "sku", "reason_group", returned="qty")
    lines = (
        larger["fact_order_line"]
        .filter(pl.col("is_paid"))
        .join(larger["dim_product"].select("sku", "category_l1"), on="sku")
        .join(back, on=["order_id", "sku"], how="left")
    )
    matured = stories.Window(stories.BAD_BATCH.first, 31)
    is_hit = pl.col("category_l1") == stories.BAD_BATCH_CATEGORY

    def rate(window: stories.Window, part: pl.Expr) -> float:
        return share(lines.filter(within("order_date", window) & part), pl.col("returned"), pl.col("qty"))

    assert rate(matured, is_hit) > 2 * rate(before(stories.BAD_BATCH, 90), is_hit)
    assert rate(matured, ~is_hit) < 1.3 * rate(before(stories.BAD_BATCH, 90), ~is_hit)
    hit = lines.filter(within("order_date", stories.BAD_BATCH) & is_hit & pl.col("returned").is_not_null())
    assert hit["reason_group"].value_counts().sort("count", descending=True)["reason_group"][0] == "quality"


def test_the_docs_name_the_days_of_every_story() -> None:
    text = DOCS.read_text(encoding="utf-8")
    windows = {name: value for name, value in vars(stories).items() if isinstance(value, stories.Window)}
    assert windows
    for name, window in windows.items():
        days = f"{window.first} to {window.last}" if window.first > window.last else f"| {window.first} |"
        assert days in text, name


def test_a_window_holds_both_its_ends() -> None:
    window = stories.Window(3, 1)
    assert window.dates(date(2026, 9, 15)) == (date(2026, 9, 12), date(2026, 9, 14))
    last = stories.HISTORY_DAYS - 1
    held = [day for day in range(last - 5, last + 1) if window.holds(pl.Series([day]).to_numpy())[0]]
    assert [timedelta(days=last - day).days for day in held] == [3, 2, 1]
