"""Monday's questions are answered by numbers, or say which file would answer them."""

from __future__ import annotations

from metrics.load import load_catalogue
from metrics.model import Chart, Page, Question, Text
from metrics.targets import TargetStatus
from pages.kit.questions import Reply, replies
from tests.pages.test_cards import standing

TITLE = Text("Sales", "销售", "銷售")


def answer(*questions: Question, value: float | None = 110.0) -> list[Reply]:
    charts = (Chart("tree", "tree", TITLE, ("gmv", "sessions")), Chart("trend", "line", TITLE, ("gmv",)))
    page = Page("operations", ("gmv",), charts, questions)
    known = standing("gmv", value, 100.0, target=TargetStatus(100.0, status="good", attainment=1.1))
    reason = Text("No data: needs traffic.", "无数据", "無資料")
    stands = {"gmv": known, "sessions": standing("sessions", None, None, reason=reason)}
    return replies(page, stands, "en", "CNY")


def test_an_answer_holds_value_change_and_target_and_leads_to_the_chart_that_shows_it() -> None:
    (reply,) = answer(Question(TITLE, ("gmv",)))
    (part,) = reply.parts
    assert (part.value, part.delta, part.tone, part.target, part.light) == ("¥110", "+10.0%", "good", "¥100", "good")
    assert reply.chart == "tree"


def test_a_number_without_data_answers_with_its_reason() -> None:
    (reply,) = answer(Question(TITLE, ("gmv", "sessions")))
    assert [part.reason for part in reply.parts] == ["", "No data: needs traffic."]
    assert reply.parts[1].value == "–"


def test_a_question_whose_kpis_await_their_tables_names_the_files_once_each() -> None:
    (reply,) = answer(Question(TITLE, (), ("listing_completeness_rate", "listing_update_on_time_rate")))
    assert reply.parts == ()
    assert reply.awaited == ("listing snapshots", "work items")
    assert reply.chart == ""


def test_the_six_questions_of_operations_all_have_numbers_or_files() -> None:
    for question in load_catalogue().page("operations").questions:
        assert question.kpis or question.awaited
