"""Formulas as people write them."""

from __future__ import annotations

import pytest

from metrics.model import Language
from pages.kit.about import expression
from pages.kit.formula import formula
from pages.kit.language import LANGUAGES
from tests.metrics.asking import house


def said(kpi: str, language: Language = "en") -> str:
    return " ".join(formula(house().kpi(kpi), language, house().table_names).split("\n"))


@pytest.mark.parametrize(
    ("kpi", "text"),
    [
        ("gmv", "sum of GMV where Paid"),
        ("paid_orders", "number of orders where Paid"),
        (
            "missed_inquiry_rate",
            "number of tickets where Domain = Customers and Kind of ticket = Pre-sale and Missed"
            " ÷ number of tickets where Domain = Customers and Kind of ticket = Pre-sale × 100%",
        ),
        ("repeat_purchase_rate", "number of different customers where Paid and Customer's nth order ≥ 2"
         " ÷ number of different customers where Paid × 100%"),
        ("cash_conversion_cycle", "Days of inventory (DIO) + Days sales outstanding (DSO)"
         " − Days payable outstanding (DPO)"),
        ("current_ratio", "sum of Closing balance where Account class is Cash or Accounts receivable or Inventory or"
         " Other current assets, at the end of the period ÷ sum of Closing balance where Account class is Accounts"
         " payable or Short-term debt or Other current liabilities, at the end of the period"),
        ("perfect_order_rate", "(number of different orders − number of different orders where not Perfect)"
         " ÷ number of different orders × 100%"),
        ("fulfilment_lead_time_p50", "median of Hours to ship"),
        ("automation_hours_saved", "sum of Minutes saved where Kind of job = Automation and Successful ÷ 60"),
    ],
)  # fmt: skip
def test_a_formula_reads_like_a_sentence(kpi: str, text: str) -> None:
    assert said(kpi) == text


def test_a_formula_is_said_in_the_readers_language() -> None:
    assert said("journal_correction_rate", "zh-Hans") == "更正分录数之和 ÷ 凭证分录数之和 × 100%"
    assert said("journal_correction_rate", "zh-Hant") == "更正分錄數總和 ÷ 傳票分錄數總和 × 100%"
    assert said("dso", "zh-Hans").endswith("× 本期天数")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_formula_falls_back_to_sql(language: Language) -> None:
    left = ("SUM(", "COUNT(", "CASE", "NULL", "PERCENTILE", "WITHIN", " AND ")
    assert [name for name in house().kpis if any(word in said(name, language) for word in left)] == []


def test_the_exact_expression_of_a_composite_names_its_parts_and_weights() -> None:
    assert expression(house().kpi("cash_conversion_cycle")) == "1 × [days_of_inventory] +1 × [dso] -1 × [dpo]"
    assert expression(house().kpi("gmv")) == "[fact_order: sum(case when is_paid then gmv_amount end)]"
