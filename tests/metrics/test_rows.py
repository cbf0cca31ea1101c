"""The rows behind a number are the ones it was made of."""

from __future__ import annotations

import pytest

from metrics.ask import Filter
from metrics.errors import NotSplittable
from metrics.policy import EVERYONE
from metrics.rows import RowsPage, rows
from tests.metrics.asking import days, house, value
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.shop import PERIOD, shop


@pytest.fixture(scope="module")
def engine() -> TinyEngine:
    return TinyEngine(shop())


def page(engine: TinyEngine, kpi: str, limit: int = 1000, offset: int = 0, **more: object) -> RowsPage:
    filters = tuple(Filter(dimension, (str(value),)) for dimension, value in more.items() if dimension != "table")
    table = str(more["table"]) if "table" in more else None
    return rows(engine, kpi, PERIOD, filters, EVERYONE, house(), limit, offset, None, table)


def test_the_rows_behind_a_sum_add_up_to_it(engine: TinyEngine) -> None:
    found = page(engine, "gmv", region="上海")
    assert found.total == found.rows.height
    period = {"first": "2025-01-01", "last": "2025-03-31"}
    assert float(found.rows["gmv_amount"].sum()) == value(engine, "gmv", only=(("region", "上海"),), **period)


def test_a_row_that_the_expression_cannot_see_is_not_behind_the_number(engine: TinyEngine) -> None:
    assert page(engine, "paid_orders").rows["is_paid"].unique().to_list() == [True]
    assert page(engine, "net_promoter_score").rows["feedback_type"].unique().to_list() == ["nps"]


def test_pages_follow_each_other_by_day_and_line(engine: TinyEngine) -> None:
    whole = page(engine, "gmv").rows
    assert page(engine, "gmv", 5, 0).rows.vstack(page(engine, "gmv", 5, 5).rows).equals(whole.head(10))
    assert whole["paid_date"].is_sorted()
    assert page(engine, "gmv", 5).total == whole.height


def test_a_row_says_what_it_is_and_where_it_came_from(engine: TinyEngine) -> None:
    columns = page(engine, "return_rate", 1).rows.columns
    assert columns[:4] == ["paid_date", "order_id", "line_no", "campaign_id"]
    assert columns[-4:] == ["_source", "_account", "_batch", "_line"]
    assert "product.brand" in columns


def test_a_kpi_over_two_tables_shows_one_at_a_time(engine: TinyEngine) -> None:
    found = page(engine, "customer_acquisition_cost")
    assert (found.table, found.tables) == ("fact_campaign_daily", ("fact_campaign_daily", "fact_order"))
    orders = page(engine, "customer_acquisition_cost", table="fact_order")
    assert orders.rows["customer_order_seq"].unique().to_list() == [1]
    with pytest.raises(KeyError):
        page(engine, "customer_acquisition_cost", table="fact_traffic")


def test_a_kpi_without_data_has_no_rows() -> None:
    nothing = rows(TinyEngine({}), "gmv", days("2025-01-01", "2025-01-02"), (), EVERYONE, house(), 10, 0, None)
    assert (nothing.total, nothing.rows.height) == (0, 0)
    assert "order_id" in nothing.rows.columns


def test_rows_are_filtered_by_the_kpis_dimensions_only(engine: TinyEngine) -> None:
    with pytest.raises(NotSplittable):
        page(engine, "gmv", entry_source="search")
