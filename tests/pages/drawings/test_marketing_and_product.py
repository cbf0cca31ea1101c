"""The charts of marketing and product: each draws any company's rows in every language, or says why it cannot."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from typing import Any, get_args

import plotly.graph_objects as go
import pytest

from data.settings import Settings
from metrics.model import Language
from metrics.query import Filter
from pages.kit.charts.palette import LIGHT
from pages.kit.drawings import CHARTS
from pages.kit.engine import Store
from pages.kit.focus import Focus
from pages.kit.text import texts
from tests.metrics.company import company
from tests.metrics.engine_for_tests import TinyEngine
from tests.pages.charts.test_figures import _texts
from tests.pages.drawings.looking import CATALOGUE, looking_at

DEPARTMENTS = ("marketing", "product")
NAMES = [(department, chart.id) for department in DEPARTMENTS for chart in CATALOGUE.page(department).charts]
PERIOD = ("2025-02-01", "2025-03-31")
FESTIVAL = {"date": "2025-03-08", "shopping_festival": "womens_day", "is_public_holiday": False, "holiday_name": ""}


@pytest.fixture(scope="module")
def tables() -> TinyEngine:
    """The small company; what it leaves to the tests of views is filled in."""
    found = company()
    found["dim_date"] = [FESTIVAL]
    for number, row in enumerate(found["fact_customer_snapshot"]):
        row |= {"r_score": 4 + number % 2, "f_score": 3, "revenue_12m": 100}
    for number, row in enumerate(found["fact_inventory_snapshot"]):
        row |= {"stock_age_days": number % 250, "on_hand_qty": 5}
    for row in found["fact_feedback"]:
        if row["feedback_type"] == "brand_tracker":
            row |= {"wave": "2025-Q1", "is_aided_aware": True, "topic": "awareness"}
        row["sentiment"] = "negative"
    for number, row in enumerate(found["fact_order"]):
        row |= {"customer_id": f"c{number}", "customer_order_seq": 1}
    for row in found["fact_order_line"]:
        row |= {"cogs_amount": 5, "returned_amount": 0, "net_amount": row["net_amount"] or 0}
    for row in found["fact_campaign"]:
        row["budget_amount"] = 400
    return TinyEngine(found)


def looking(department: str, rows: Any, **address: Any) -> Focus:
    focus = looking_at(department, rows, *PERIOD, **address)
    store = Store("company", "", focus.visit.reader, ("company",), Settings())  # type: ignore[arg-type]
    return replace(focus, visit=replace(focus.visit, store=store))


def seen(focus: Focus, chart_id: str, choice: str | None = None) -> Any:
    chart = CHARTS[chart_id]
    settled = focus.settled(chart.facts)
    return chart.view(settled, chart.frame(settled), choice)


@pytest.mark.parametrize(("department", "chart_id"), NAMES)
def test_a_chart_draws_the_rows_of_a_company_in_every_language(department, chart_id, tables) -> None:
    view, chart = seen(looking(department, tables), chart_id), CHARTS[chart_id]
    assert view.reason is None
    for language in get_args(Language):
        figure = chart.figure(view, LIGHT, language)
        assert figure is not None
        go.Figure(figure)
        assert json.loads(json.dumps(figure)) == figure
        sentence = chart.alt(view, language)
        assert sentence.endswith((".", "。"))
        assert "{" not in sentence


@pytest.mark.parametrize(("department", "chart_id"), NAMES)
@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_no_english_word_is_left_in_a_chinese_chart(department, chart_id, language, tables) -> None:
    view, chart = seen(looking(department, tables), chart_id), CHARTS[chart_id]
    figure = chart.figure(view, LIGHT, language)
    words = " ".join([*_texts(figure), chart.alt(view, language)])
    left = set(re.findall(r"[A-Za-z]{4,}", re.sub(r"<[^>]*>", " ", words)))
    # Names that came with the rows, one of them cut short.
    assert left <= {
        "Partner",
        "such",
        "product",
        "produ",
        "shoes",
        "hats",
        "bags",
        "quality",
        "size",
        "nps",
        "delivery",
    }


@pytest.mark.parametrize(("department", "chart_id"), NAMES)
def test_a_chart_without_rows_says_why_there_is_none(department, chart_id) -> None:
    view = seen(looking(department, {}), chart_id)
    assert view.reason in texts()
    assert CHARTS[chart_id].figure(view, LIGHT, "en") is None
    assert CHARTS[chart_id].alt(view, "en") == texts()[view.reason].en


@pytest.mark.parametrize("chart_id", ["mkt_message_funnel", "mkt_partners"])
def test_each_choice_of_a_chart_is_a_drawing_of_its_own(chart_id, tables) -> None:
    focus, chart = looking("marketing", tables), CHARTS[chart_id]
    assert chart.choices is not None
    choices = chart.choices(chart.frame(focus.settled(chart.facts)))
    assert len(choices) > 1
    assert len({repr(seen(focus, chart_id, choice)) for choice in (None, *choices)}) == len(choices) + 1


@pytest.mark.parametrize(
    ("department", "dimension", "value"),
    [
        ("marketing", "region", "上海"),
        ("marketing", "marketing_channel", "email"),
        ("marketing", "campaign_type", "festival"),
        ("marketing", "channel_mode", "omni"),
        ("product", "product.category_l1", "shoes"),
        ("product", "product.brand", "North"),
        ("product", "sales_channel", "tmall"),
        ("product", "warehouse", "east"),
    ],
)
def test_every_filter_of_the_page_is_obeyed_or_no_chart_is_asked(department, dimension, value, tables) -> None:
    focus = looking(department, tables, filters=(Filter(dimension, (value,)),))
    column = "sku" if dimension.startswith("product.") else dimension
    for chart in focus.page.charts:
        # The panel itself says so where no table of a chart carries the filter.
        if any(focus.visit.reader.has_column(table, column) for table in CHARTS[chart.id].facts):
            view = seen(focus, chart.id)
            assert view.reason is None or view.reason in texts()


def test_every_panel_has_its_sentence_and_each_page_its_own() -> None:
    wanted = {f"panel.{chart_id}" for _, chart_id in NAMES} | {f"department.{name}" for name in DEPARTMENTS}
    assert wanted - set(texts()) == set()


def campaign(key: str, first: str, last: str | None, **more: Any) -> dict[str, Any]:
    row = {"campaign_id": key, "campaign_name": key, "campaign_type": "promotion", "start_date": first}
    return row | {"end_date": last, "target_revenue": 1000, "attributed_revenue": 800, "spend_amount": 5} | more


def test_a_campaign_that_still_runs_says_so() -> None:
    rows = [campaign("old", "2025-03-01", "2025-03-20"), campaign("now", "2025-03-01", "2025-04-20")]
    view = seen(looking("marketing", {"fact_campaign": rows}), "mkt_campaign_bullet")
    assert sorted(getattr(name, "key", name) for name in view.categories) == ["mkt.still_running", "old"]
    assert view.series[0].values == (80.0, 80.0)
    assert view.target == 100


def test_plans_under_a_filter_they_do_not_carry_say_so() -> None:
    tables = {"fact_campaign": [campaign("a", "2025-03-01", "2025-03-20")]}
    focus = looking("marketing", tables, filters=(Filter("region", ("上海",)),))
    assert seen(focus, "mkt_campaign_bullet").reason == "mkt.plans_by_filter"


def test_the_calendar_tells_ended_running_late_and_planned_campaigns_apart() -> None:
    rows = [
        campaign("ended", "2025-03-01", "2025-03-20"),
        campaign("running", "2025-03-05", "2025-04-20"),
        campaign("late", "2025-03-10", "2025-04-20", planned_start_date="2025-03-01"),
        campaign("planned", "2025-05-10", "2025-05-20"),
        campaign("ever", "2024-06-01", "2025-04-20"),
    ]
    view = seen(looking("marketing", {"fact_campaign": rows, "dim_date": [FESTIVAL]}), "mkt_calendar")
    tones = {getattr(span.name, "key", span.name): span.tone for span in view.spans}
    assert tones == {"mkt.since": "data", "ended": "quiet", "running": "data", "late": "warn", "planned": "plan"}
    assert [day for day, _ in view.marks] == [date(2025, 3, 8)]
    assert view.spans[0].first == date(2024, 10, 19)


def test_messages_whose_way_is_not_followed_are_told_apart(tables) -> None:
    view = seen(looking("marketing", tables), "mkt_message_funnel")
    assert [aside[0].key for aside in view.asides] == ["mkt.opted_out", "mkt.untracked"]
    assert view.counts[1] is None


def test_new_customers_of_small_months_are_too_few_to_show() -> None:
    order = {"order_id": "a", "customer_id": "a", "customer_order_seq": 1, "paid_date": "2025-01-05", "is_paid": True}
    end = {**order, "order_id": "b", "customer_id": "b", "customer_order_seq": 2, "paid_date": "2025-03-31"}
    lines = [{"order_id": key, "line_no": "1", "paid_date": day, "is_paid": True, "net_amount": 9, "cogs_amount": 5}
             for key, day in (("a", "2025-01-05"), ("b", "2025-03-31"))]  # fmt: skip
    view = seen(looking("marketing", {"fact_order": [order, end], "fact_order_line": lines}), "mkt_clv_curve")
    assert view.reason == "mkt.clv_few"


def test_the_bridge_of_partners_begins_and_ends_with_a_month_end(tables) -> None:
    steps = seen(looking("marketing", tables), "mkt_partners").steps
    assert [step.kind for step in steps] == ["total", "change", "change", "change", "total"]
    assert sum(step.amount for step in steps[:-1]) == steps[-1].amount


def test_a_grid_whose_cells_are_all_small_says_so() -> None:
    row = {"snapshot_date": "2025-03-31", "customer_id": "a", "r_score": 5, "f_score": 5}
    assert seen(looking("marketing", {"fact_customer_snapshot": [row]}), "mkt_rfm").reason == "mkt.rfm_few"


def test_products_beyond_the_fifteenth_are_the_rest_and_losses_are_left_out() -> None:
    lines = [
        {"order_id": f"o{n}", "line_no": "1", "sku": f"s{n}", "paid_date": "2025-03-05", "is_paid": True,
         "net_amount": 100 + n, "cogs_amount": 50}
        for n in range(17)
    ]  # fmt: skip
    loss = {**lines[0], "order_id": "x", "sku": "x", "net_amount": 1}
    view = seen(looking("product", {"fact_order_line": [*lines, loss]}), "prd_abc")
    assert (len(view.names), view.names[0], view.rest) == (15, "s16", (2, 101.0))


def test_the_stock_of_a_category_says_how_much_of_it_is_old() -> None:
    rows = [
        {"snapshot_date": "2025-03-31", "sku": sku, "warehouse": "east", "stock_age_days": age, "on_hand_value": value}
        for sku, age, value in (("a", 10, 300), ("b", 120, 60), ("c", 200, 40))
    ]
    view = seen(looking("product", {"fact_inventory_snapshot": rows}), "prd_stock_age")
    assert [one.values for one in view.series] == [(300,), (0,), (0,), (60,), (40,)]
    assert view.side[0].values == (25.0,)
    assert view.measure.unit == "currency"


def test_the_price_index_stands_against_its_band() -> None:
    rows = [
        {"snapshot_date": "2025-03-28", "sku": sku, "sales_channel": "jd", "is_listed": True, "price": price,
         "competitor_price": 100}
        for sku, price in (("a", 120), ("b", 100))
    ]  # fmt: skip
    products = [{"sku": "a", "category_l1": "shoes"}, {"sku": "b", "category_l1": "hats"}]
    view = seen(looking("product", {"fact_listing_snapshot": rows, "dim_product": products}), "prd_price_index")
    assert (view.values, view.band, view.origin) == ((120.0, 100.0), (95, 105), 100.0)
    assert [view.is_outside(value) for value in view.values] == [True, False]


def test_the_roadmap_is_counted_in_points_where_every_epic_has_some() -> None:
    epic = {"item_key": "a", "item_type": "roadmap_epic", "status": "open", "created_date": "2025-03-01",
            "due_date": "2025-03-20", "story_points": 8}  # fmt: skip
    view = seen(looking("product", {"fact_work_item": [epic]}), "prd_burnup")
    assert view.about.key == "prd.points"
    assert [(line.role, line.values[-1]) for line in view.panels[0].lines] == [
        ("data", 0.0), ("plan", 8.0), ("comparison", 8.0),
    ]  # fmt: skip


def test_only_what_is_known_of_discovery_has_a_panel() -> None:
    line = {"order_id": "a", "line_no": "1", "paid_date": "2025-03-05", "is_paid": True, "net_amount": 9}
    view = seen(looking("product", {"fact_order_line": [line | {"entry_source": "search"}]}), "prd_discovery")
    assert [panel.is_area for panel in view.panels] == [True]
