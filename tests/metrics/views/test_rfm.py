"""The RFM grid: 25 cells of the last month end, small ones hidden."""

from dataclasses import replace
from datetime import date

import pytest

from metrics.errors import NotAllowed
from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.rfm import rfm_grid
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import columns, scope

OCTOBER = "2026-10-01 2026-10-31"


def people(count, recency, frequency, day="2026-10-31", revenue=10, **more):
    row = {"snapshot_date": day, "r_score": recency, "f_score": frequency, "revenue_12m": revenue}
    return [
        row | {"customer_id": f"{day}{recency}{frequency}{n}", "rfm_segment": "loyal", "region": "east"} | more
        for n in range(count)
    ]


def grid(rows, asked=None, viewer=EVERYONE):
    found = rfm_grid(TinyEngine({"fact_customer_snapshot": rows}), asked or scope(OCTOBER), viewer)
    return found, {(row[1], row[2]): row[3:] for row in columns(found, *found.columns)}


def test_every_pair_of_scores_is_a_cell_and_the_most_recent_come_first():
    found, cells = grid(people(30, 5, 1))
    assert columns(found, "recency", "frequency")[:6] == [(5, 1), (5, 2), (5, 3), (5, 4), (5, 5), (4, 1)]
    assert found.height == 25
    assert cells[5, 1] == (30, 300.0, "loyal", False)
    assert cells[1, 5] == (0, None, None, False)


def test_cells_below_30_customers_are_hidden():
    _, cells = grid(people(29, 5, 1) + people(30, 4, 1))
    assert cells[5, 1] == (None, None, None, True)
    assert cells[4, 1][0] == 30


def test_a_cell_has_the_segment_most_of_it_belong_to():
    _, cells = grid(people(20, 5, 5) + [row | {"customer_id": f"x{n}", "rfm_segment": "champions"}
                                        for n, row in enumerate(people(21, 5, 5))])  # fmt: skip
    assert cells[5, 5][2] == "champions"
    assert cells[5, 5][0] == 41


def test_the_last_month_end_counts_and_none_is_older_than_a_month():
    rows = people(30, 5, 1, "2026-09-30") + people(40, 5, 1, "2026-10-31")
    found, cells = grid(rows, scope("2026-11-01 2026-11-21"))
    assert (found["day"][0], cells[5, 1][0]) == (date(2026, 10, 31), 40)
    assert grid(rows, scope("2026-12-05 2026-12-31"))[0].is_empty()


def test_customers_without_scores_are_in_no_cell_and_revenue_may_be_unknown():
    _, cells = grid(people(30, 5, 1, revenue=None) + people(5, None, None))
    assert sum(cell[0] for cell in cells.values()) == 30
    assert cells[5, 1][1] is None


def test_filters_and_the_viewers_rows_narrow_the_customers():
    rows = people(30, 5, 1) + [
        row | {"customer_id": f"w{n}", "region": "west"} for n, row in enumerate(people(50, 5, 1))
    ]
    assert grid(rows, scope(OCTOBER, filters=(Filter("region", ("east",)),)))[1][5, 1][0] == 30
    assert grid(rows, viewer=replace(EVERYONE, row_filters=(Filter("region", ("west",)),)))[1][5, 1][0] == 50


def test_a_viewer_without_revenue_sees_customers_and_without_scores_nothing():
    blind = replace(EVERYONE, hidden_columns=frozenset({"fact_customer_snapshot.revenue_12m"}))
    assert grid(people(30, 5, 1), viewer=blind)[1][5, 1][:2] == (30, None)
    with pytest.raises(NotAllowed):
        grid(people(30, 5, 1), viewer=replace(EVERYONE, hidden_columns=frozenset({"fact_customer_snapshot.r_score"})))


def test_without_a_snapshot_there_is_no_grid():
    assert grid([])[0].is_empty()
