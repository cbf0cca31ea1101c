"""Reviews by topic: stars as they were given, small topics never by themselves."""

from metrics.policy import EVERYONE
from metrics.query import Filter
from metrics.views.review_topics import review_topics
from tests.metrics.engine_for_tests import TinyEngine
from tests.metrics.views.asking import columns, scope

WEEK = "2026-11-16 2026-11-22"
_keys = iter(range(100_000))


def reviews(count, topic, score, **more):
    row = {"submitted_date": "2026-11-17", "feedback_type": "product_review", "topic": topic, "score": score}
    return [row | more | {"feedback_id": f"f{next(_keys)}"} for _ in range(count)]


def seen(rows, asked=None, **more):
    return review_topics(TinyEngine({"fact_feedback": rows}), asked or scope(WEEK), EVERYONE, **more)


def test_a_topic_has_its_stars_its_mean_and_its_share_of_negative_texts():
    rows = reviews(30, "size", 5, sentiment="positive") + reviews(10, "size", 1, sentiment="negative")
    rows += reviews(20, "size", 3)
    found = seen(rows)
    assert columns(found, "topic", "stars_5", "stars_4", "stars_3", "stars_2", "stars_1", "reviews", "negative") == [
        ("size", 30, 0, 20, 0, 10, 60, 25.0)
    ]
    assert round(found["mean"][0], 4) == round(220 / 60, 4)


def test_the_worst_topic_comes_first_and_the_others_together_last():
    rows = reviews(30, "good", 5) + reviews(30, "bad", 2) + reviews(20, "few", 1) + reviews(10, "fewer", 1)
    assert columns(seen(rows), "topic", "reviews") == [("bad", 30), ("good", 30), ("(other)", 30)]


def test_fewer_than_30_reviews_are_hidden_together_as_well():
    assert seen(reviews(30, "good", 5) + reviews(29, "few", 1))["topic"].to_list() == ["good"]
    assert seen(reviews(29, "few", 1)).is_empty()


def test_only_so_many_topics_stand_for_themselves():
    rows = [row for n in range(5) for row in reviews(30 + n, f"topic {n}", 4)]
    assert columns(seen(rows, most=2), "topic", "reviews") == [("topic 3", 33), ("topic 4", 34), ("(other)", 93)]


def test_answers_without_stars_and_other_surveys_do_not_count():
    rows = reviews(30, "good", 5) + reviews(40, "good", None) + reviews(40, "good", 9, feedback_type="nps")
    assert columns(seen(rows), "reviews", "negative") == [(30, None)]


def test_filters_narrow_the_reviews_and_without_any_there_are_no_rows():
    rows = reviews(30, "good", 5, sales_channel="jd") + reviews(30, "good", 1, sales_channel="tmall")
    assert seen(rows, scope(WEEK, filters=(Filter("sales_channel", ("jd",)),)))["mean"].to_list() == [5.0]
    assert seen([]).is_empty()
