"""The house rules that no other tool checks: sizes, and what must never be committed."""

from __future__ import annotations

import ast
import statistics
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LINES, MEDIAN, FUNCTION = 400, 120, 50
DATA_FILES = {".csv", ".xlsx", ".xls", ".parquet", ".duckdb", ".sqlite", ".ttf", ".woff2"}


def tracked() -> list[Path]:
    """The files that git knows or would take."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.splitlines() if (ROOT / name).is_file()]


FILES = tracked()
CODE = [path for path in FILES if path.suffix == ".py"]


def test_no_file_is_too_long_and_most_are_short() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in CODE}
    assert {str(path): length for path, length in lengths.items() if length > LINES} == {}
    assert statistics.median(lengths.values()) <= MEDIAN


def test_no_function_is_too_long() -> None:
    found = {}
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > FUNCTION:
                    found[f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"] = length
    assert found == {}


def test_no_data_and_no_font_is_committed() -> None:
    assert [str(path) for path in FILES if path.suffix in DATA_FILES] == []


@pytest.mark.parametrize("word", ["TODO", "FIXME", "XXX"])
def test_nothing_is_left_for_later_in_the_code(word: str) -> None:
    mine = Path(__file__)
    assert [str(path) for path in CODE if path != mine and word in path.read_text(encoding="utf-8")] == []
