"""Why a number is not there, in words people use: no sentence names a table or column by its id."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from metrics.ask import ask
from metrics.load import load_catalogue
from metrics.policy import EVERYONE
from pages.words.names import columns
from tests.metrics.asking import question
from tests.metrics.engine_for_tests import TABLES, TinyEngine, cover

CATALOGUE = replace(load_catalogue(), column_names=columns())
NOTHING_IS_CARRIED = [cover(table, "2025-01-01", "2025-12-31", []) for table in TABLES]


@pytest.mark.parametrize("coverage", [[], NOTHING_IS_CARRIED], ids=["without files", "without columns"])
def test_no_reason_names_a_table_or_column_by_its_id(coverage: list[dict[str, Any]]) -> None:
    engine = TinyEngine({}, coverage)
    answer = ask(engine, question(*CATALOGUE.kpis, first="2025-03-01", last="2025-03-31"), EVERYONE, CATALOGUE)
    for kpi, availability in answer.availability.items():
        reason = availability.reason
        for said in (reason.en, reason.zh_hans, reason.zh_hant):
            assert said or availability.state == "ok"
            assert not re.search(r"[a-z]+_[a-z]+", said), f"{kpi}: {said}"
