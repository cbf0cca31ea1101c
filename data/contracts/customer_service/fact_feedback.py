"""Feedback: one answer: survey response, review or vote."""

from __future__ import annotations

from data.contracts.base import Contract, calendar_day, dimension, flag, number, table, text
from data.contracts.codes import DEPARTMENTS, SALES_CHANNELS


@table(
    name="fact_feedback",
    department="customer_service",
    kind="fact",
    time_column="submitted_date",
    cadence="week",
    late_after_days=10,
    duplicates="refuse",
)
class Feedback(Contract):
    """one answer: survey response, review or vote."""

    feedback_id = text("Answer id", key=True, aliases=("Response ID", "评价ID", "答卷编号"))
    submitted_date = calendar_day("Local date", aliases=("Submitted at", "评价时间", "提交时间"))
    feedback_type = dimension(
        "Instrument",
        values=(
            "nps",
            "ces",
            "product_review",
            "brand_tracker",
            "market_survey",
            "event_csat",
            "enps",
            "engagement",
            "internal_service",
            "training",
            "partner",
            "kb_vote",
        ),
        aliases=("问卷类型",),
    )
    topic = dimension(
        "Topic or question group, e.g. delivery, quality; brand tracker: awareness, or the attribute asked",
        aliases=("主题",),
    )
    wave = dimension("Survey wave", aliases=("期次",))
    score = number(
        "Answer on the scale of the instrument (NPS/eNPS 0-10, CES 1-7, reviews 1-5, engagement 1-5)",
        aliases=("Score", "Rating", "评分", "评价等级"),
        unit="score",
    )
    sku = text("Reviewed SKU", aliases=("商品ID",))
    sales_channel = dimension("Where it was given", values=SALES_CHANNELS)
    region = dimension("Province")
    respondent_segment = dimension("Customer tier/segment or market-panel cell", aliases=("人群",))
    respondent_department = dimension("Employees: department (no smaller cut)", values=DEPARTMENTS, aliases=("部门",))
    is_unaided_aware = flag("Brand tracker: named the brand unprompted")
    is_aided_aware = flag("Brand tracker: knows the brand when prompted")
    is_attribute_match = flag("Brand tracker: links the intended attribute with the brand")
    sentiment = dimension(
        "Sentiment of the text, computed at load; text itself is not stored", values=("positive", "neutral", "negative")
    )
