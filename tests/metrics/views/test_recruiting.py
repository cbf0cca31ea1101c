"""The recruiting funnel: the steps of the same filled openings, by source."""

from metrics.policy import EVERYONE
from metrics.views.recruiting import recruiting
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import CATALOGUE, columns, scope

FULL = {"applicants": 100, "interviewed": 10, "offers_made": 2, "offers_accepted": 1}


def opening(filled="2026-10-20", source="referral", counts=FULL, **more):
    row = {"requisition_id": f"{filled}{source}{more}", "filled_date": filled, "source": source, "is_filled": True}
    return row | counts | more


def seen(rows):
    return recruiting(TinyEngine({"fact_requisition": rows}), scope("2026-10-01 2026-10-31"), EVERYONE, CATALOGUE)


def test_all_together_come_first_and_then_the_sources_by_applicants():
    few = {"applicants": 9, "interviewed": 3, "offers_made": 1, "offers_accepted": 1}
    found = seen([opening(source="agency", counts=few), opening()])
    assert found["source"].unique(maintain_order=True).to_list() == [None, "referral", "agency"]
    assert columns(found, "step", "people", "openings")[:4] == [
        ("applied", 109, 2),
        ("interviewed", 13, 2),
        ("offered", 3, 2),
        ("accepted", 2, 2),
    ]


def test_openings_filled_in_other_months_and_open_ones_do_not_count():
    found = seen([opening(), opening("2026-09-20"), opening(None, is_filled=False)])
    assert found["people"][0] == 100


def test_a_step_that_no_file_carries_is_null():
    found = seen([opening(counts={"offers_made": 2, "offers_accepted": 1})])
    assert found["people"].to_list()[:4] == [None, None, 2, 1]


def test_a_file_that_lacks_a_step_is_left_out_so_that_steps_are_of_the_same_openings():
    lacking = opening(counts={"offers_made": 50, "offers_accepted": 1}, _source="other", _batch=2)
    assert seen([opening(), lacking])["people"].to_list()[:4] == [100, 10, 2, 1]


def test_the_median_is_of_the_days_from_opened_to_accepted():
    rows = [opening(opened_date="2026-10-10"), opening(opened_date="2026-09-20"), opening(opened_date="2026-10-15")]
    assert seen(rows)["median_days"][0] == 10


def test_without_openings_there_are_no_rows():
    assert seen([]).is_empty()
    assert seen([opening("2026-11-20")]).is_empty()
