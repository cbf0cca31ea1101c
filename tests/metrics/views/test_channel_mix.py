"""The channel mix: the largest channels, the rest together, and never a 0 that nobody counted."""

from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.channel_mix import channel_mix
from tests.metrics.engine_for_tests import TinyEngine, cover
from tests.metrics.views.asking import CATALOGUE, columns, scope

TWO_DAYS = "2026-11-16 2026-11-17"


def visits(day, channel, sessions):
    cut = {"cut": "marketing_channel,touchpoint", "touchpoint": "web", "marketing_channel": channel}
    return {"date": day, "sessions": sessions} | cut


def orders(day, channel, count):
    return [
        {"order_id": f"{day}{channel}{n}", "paid_date": day, "is_paid": True, "marketing_channel": channel}
        for n in range(count)
    ]


def seen(tables, asked=None, coverage=None, **more):
    frame = channel_mix(TinyEngine(tables, coverage), asked or scope(TWO_DAYS), EVERYONE, CATALOGUE, **more)
    return {(period.day, channel): tuple(rest) for period, channel, *rest in columns(frame, *frame.columns)}


def test_sessions_and_orders_stand_side_by_side_by_channel_and_day():
    found = seen(
        {
            "fact_traffic": [visits("2026-11-16", "direct", 10), visits("2026-11-17", "email", 5)],
            "fact_order": orders("2026-11-16", "direct", 2) + orders("2026-11-17", "kol", 1),
        }
    )
    assert found == {
        (16, "direct"): (10.0, 2.0),
        (16, "email"): (0.0, 0.0),
        (16, "kol"): (0.0, 0.0),
        (17, "direct"): (0.0, 0.0),
        (17, "email"): (5.0, 0.0),
        (17, "kol"): (0.0, 1.0),
    }


def test_small_channels_are_added_up_as_other():
    rows = [visits("2026-11-16", f"channel {n}", 100 - n) for n in range(5)]
    found = seen({"fact_traffic": rows}, top=2)
    assert [key[1] for key in found if key[0] == 16] == ["channel 0", "channel 1", "(other)"]
    assert found[16, "(other)"] == (98.0 + 97 + 96, None)


def test_one_channel_too_many_is_shown_itself():
    """A rest of a single channel would hide its name for nothing."""
    rows = [visits("2026-11-16", f"channel {n}", 100 - n) for n in range(3)]
    assert (16, "channel 2") in seen({"fact_traffic": rows}, top=2)


def test_without_sessions_the_channels_are_ranked_by_orders():
    rows = orders("2026-11-16", "direct", 1) + orders("2026-11-16", "email", 3) + orders("2026-11-16", "kol", 2)
    found = seen({"fact_order": rows}, top=1)
    assert found[16, "email"] == (None, 3.0)
    assert found[16, "(other)"] == (None, 3.0)


def test_a_day_that_no_file_covers_is_null():
    coverage = [cover("fact_traffic", "2026-11-16", "2026-11-16", ["sessions"], cut="marketing_channel,touchpoint")]
    found = seen({"fact_traffic": [visits("2026-11-16", "direct", 10)]}, coverage=coverage)
    assert found == {(16, "direct"): (10.0, None), (17, "direct"): (None, None)}


def test_a_filter_that_only_orders_carry_leaves_sessions_null():
    paid = [row | {"payment_method": "card"} for row in orders("2026-11-16", "direct", 2)]
    asked = scope(TWO_DAYS, filters=(Filter("payment_method", ("card",)),))
    found = seen({"fact_order": paid, "fact_traffic": [visits("2026-11-16", "direct", 9)]}, asked)
    assert found[16, "direct"] == (None, 2.0)


def test_nothing_known_by_channel_gives_no_rows():
    assert seen({}) == {}
