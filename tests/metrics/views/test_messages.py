"""Messages: a funnel whose steps count the same messages, and rewards by kind."""

from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.messages import message_funnel, rewards
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import columns, scope

WEEK = "2026-11-16 2026-11-22"
CUT = "marketing_channel,platform,touch_type"
FULL = {"delivered": 1000, "opened": 300, "clicks": 60, "conversions": 12, "unsubscribed": 6}


def sent(touch, counted, channel="email", **more):
    row = {"date": "2026-11-17", "cut": CUT, "marketing_channel": channel, "platform": "klaviyo", "touch_type": touch}
    return row | counted | more


def seen(*rows, asked=None):
    found = message_funnel(TinyEngine({"fact_campaign_daily": rows}), asked or scope(WEEK), EVERYONE)
    return {(touch, step): messages for touch, step, messages in columns(found, *found.columns)}


STEPS = ("delivered", "opened", "clicked", "bought", "opted_out", "untracked")


def funnel(found, touch=None):
    return [found[touch, step] for step in STEPS]


def test_all_together_come_first_and_then_the_kinds_by_deliveries():
    half = {name: count / 2 for name, count in FULL.items()}
    found = seen(sent("birthday", half), sent("coupon", FULL))
    assert [touch for touch, step in found if step == "delivered"] == [None, "coupon", "birthday"]
    assert funnel(found) == [1500, 450, 90, 18, 9, 0]
    assert funnel(found, "coupon") == [1000, 300, 60, 12, 6, 0]


def test_messages_whose_opening_nobody_sees_do_not_make_the_others_look_unread():
    """Text messages are a report of their own without openings: 500 delivered are left out and said so."""
    texts = sent("coupon", {"delivered": 500, "conversions": 9}, "sms", _source="sms", platform="sms")
    assert funnel(seen(sent("coupon", FULL), texts)) == [1000, 300, 60, 12, 6, 500]


def test_rows_that_lack_a_step_are_left_out_as_well():
    assert funnel(seen(sent("coupon", FULL), sent("coupon", {"delivered": 200, "conversions": 1}, "push"))) == [
        1000, 300, 60, 12, 6, 200,
    ]  # fmt: skip


def test_a_step_that_no_report_carries_is_null():
    found = seen(sent("coupon", {"delivered": 500, "conversions": 9}, "sms"))
    assert funnel(found) == [500, None, None, 9, None, 0]


def test_advertising_is_no_message():
    found = seen(sent("", {"delivered": 900}, "display"), sent("coupon", FULL))
    assert funnel(found)[0] == 1000


def test_filters_narrow_the_messages():
    rows = (sent("coupon", FULL), sent("coupon", FULL, platform="wechat", marketing_channel="wechat"))
    assert funnel(seen(*rows, asked=scope(WEEK, filters=(Filter("platform", ("wechat",)),))))[0] == 1000


def test_without_messages_every_step_is_null():
    assert list(seen().values()) == [None] * 6


def issued(touch, value, redeemed, **more):
    return sent(touch, {"reward_value_issued": value, "reward_value_redeemed": redeemed}, **more)


def test_rewards_stand_by_kind_with_the_part_that_was_redeemed():
    rows = [issued("coupon", 100, 30), issued("coupon", 100, 30, platform="sms"), issued("birthday", 400, 100)]
    found = rewards(TinyEngine({"fact_campaign_daily": rows}), scope(WEEK), EVERYONE)
    assert columns(found, *found.columns) == [("birthday", 400.0, 100.0, 25.0), ("coupon", 200.0, 60.0, 30.0)]


def test_kinds_without_rewards_are_left_out():
    rows = [issued("coupon", 100, 30), issued("newsletter", 0, 0), sent("birthday", FULL)]
    found = rewards(TinyEngine({"fact_campaign_daily": rows}), scope(WEEK), EVERYONE)
    assert found["touch_type"].to_list() == ["coupon"]
    assert rewards(TinyEngine({}), scope(WEEK), EVERYONE).is_empty()
