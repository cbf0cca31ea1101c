"""Recipes as files: the presets of `data/sources`, and the mappings that people keep."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args
from zoneinfo import available_timezones

import yaml

from data.contracts import TABLES
from data.errors import Text
from data.ingest.cells import Cell, Constant, Header
from data.ingest.cells_yaml import (
    BadMapping,
    Wrong,
    kept,
    names,
    one_or_list,
    read_cell,
    read_condition,
    read_pattern,
    unknown,
    write_cell,
    write_condition,
)
from data.ingest.layout import Grain, Sections, impersonal
from data.ingest.moments import DateOrder
from data.ingest.recipe import Collapse, Part, Prices, Recipe

SOURCES = Path(__file__).parent.parent / "sources"
KNOWN = (
    "id", "names", "tool", "kept_as", "caution", "each_time", "fingerprint", "absent", "ignored", "currency", "prices",
    "zone", "skip", "account", "date_orders", "period", "unpivot", "sections", "encoding", "delimiter",
    "parts",
)  # fmt: skip
PART_KNOWN = ("table", "columns", "where", "collapse", "explode", "separators", "optional")
NOT_YAML = Text("it is not YAML: {reason}", "不是 YAML：{reason}", "不是 YAML：{reason}")
NEEDED = Text("'{name}' is missing", "缺少“{name}”", "缺少「{name}」")


def from_yaml(text: str, file: str = "") -> Recipe:
    """The recipe that a YAML text describes; `file` is for messages.

    Raises:
        BadMapping: not YAML, an unknown table, column or form: what and where.
    """
    try:
        written = yaml.safe_load(text)
    except yaml.YAMLError as error:
        place = getattr(error, "problem_mark", None)
        where = f"line {place.line + 1}" if place else "?"
        reason = getattr(error, "problem", None) or "?"
        raise BadMapping(file=file, place=where, problem=NOT_YAML.fill(reason=reason)) from None
    place = "id"
    try:
        _check_names(written if isinstance(written, Mapping) else {}, KNOWN, ("id", "parts"))
        parts = []
        for number, part in enumerate(written["parts"], start=1):
            place = f"parts[{number}]"
            parts.append(_read_part(part))
        place = "id … period"
        return _read_head(written, tuple(parts))
    except Wrong as wrong:
        raise BadMapping(file=file, place=place, problem=wrong.problem) from None


def _check_names(written: Any, known: tuple[str, ...], needed: tuple[str, ...]) -> None:
    if not isinstance(written, Mapping):
        raise Wrong(NEEDED.fill(name=needed[0]))
    for name in written:
        if name not in known:
            raise Wrong(unknown(name, known))
    for name in needed:
        if not written.get(name):
            raise Wrong(NEEDED.fill(name=name))


def _read_head(written: Mapping[str, Any], parts: tuple[Part, ...]) -> Recipe:
    currency = written.get("currency")
    account = written.get("account")
    title = account.get("title") if isinstance(account, Mapping) else None
    return Recipe(
        id=str(written["id"]),
        names=_text(written.get("names")) or Text(*[str(written["id"])] * 3),
        parts=parts,
        tool=str(written.get("tool", "")),
        kept_as=str(written.get("kept_as", "")),
        caution=_text(written.get("caution")),
        each_time=tuple(written.get("each_time") or ()),
        fingerprint=tuple(names(header) for header in written.get("fingerprint") or ()),
        absent=tuple(written.get("absent") or ()),
        ignored=tuple(written.get("ignored") or ()),
        currency=currency.get("default") if isinstance(currency, Mapping) else currency,
        currency_header=names(currency["header"]) if isinstance(currency, Mapping) else (),
        prices=_one_of(written.get("prices", "unknown"), get_args(Prices)),
        zone=_zone(written.get("zone")),
        skip=tuple(read_condition(test) for test in written.get("skip") or ()),
        account=_account(read_cell(account)) if account is not None and title is None else None,
        account_title=title,
        date_orders={
            str(header): _one_of(order, get_args(DateOrder))
            for header, order in (written.get("date_orders") or {}).items()
        },
        period=_period(written.get("period")),
        unpivot=_one_of(written.get("unpivot"), (None, *get_args(Grain))),
        sections=_sections(written.get("sections")),
        encoding=written.get("encoding"),
        delimiter=written.get("delimiter"),
    )


def _text(written: Any) -> Text | None:
    if not written:
        return None
    _check_names(written, ("en", "zh-Hans", "zh-Hant"), ("en",))
    english = str(written["en"])
    return Text(english, str(written.get("zh-Hans", english)), str(written.get("zh-Hant", english)))


def _write_text(text: Text) -> dict[str, str]:
    return {"en": text.en, "zh-Hans": text.zh_hans, "zh-Hant": text.zh_hant}


def _account(cell: Cell) -> Header | Constant:
    if not isinstance(cell, Header | Constant):
        raise Wrong(unknown("account", ("header", "constant", "title")))
    return cell


def _zone(written: Any) -> str | None:
    return None if written is None else str(_one_of(written, tuple(sorted(available_timezones()))))


def _one_of(found: Any, known: tuple[Any, ...]) -> Any:
    if found not in known:
        raise Wrong(unknown(found, known))
    return found


def _period(written: Any) -> tuple[date, date] | None:
    if written is None:
        return None
    if not (isinstance(written, list) and len(written) == 2 and all(isinstance(day, date) for day in written)):
        raise Wrong(unknown(written, ("[2026-01-01, 2026-01-31]",)))
    return written[0], written[1]


def _sections(written: Any) -> Sections | None:
    if written is None:
        return None
    _check_names(written, ("as", "end"), ("as",))
    return Sections(str(written["as"]), read_pattern(written.get("end")))


def _read_part(written: Any) -> Part:
    _check_names(written, PART_KNOWN, ("table", "columns"))
    table = _one_of(written["table"], tuple(TABLES))
    columns = {_one_of(name, tuple(TABLES[table].columns)): cell for name, cell in written["columns"].items()}
    return Part(
        table=table,
        columns={name: read_cell(cell) for name, cell in columns.items()},
        where=tuple(read_condition(test) for test in written.get("where") or ()),
        collapse={name: _one_of(rule, get_args(Collapse)) for name, rule in (written.get("collapse") or {}).items()},
        explode=names(written["explode"]) if "explode" in written else (),
        separators=str(written.get("separators", Part.separators)),
        is_optional=bool(written.get("optional", False)),
    )


def to_yaml(recipe: Recipe) -> str:
    """The recipe as YAML; `from_yaml` gives it back."""
    written: dict[str, Any] = {
        "id": recipe.id,
        "names": _write_text(recipe.names),
        "tool": recipe.tool,
        "kept_as": recipe.kept_as,
        "caution": _write_text(recipe.caution) if recipe.caution else None,
        "each_time": list(recipe.each_time),
        "fingerprint": [kept(header) for header in recipe.fingerprint],
        "absent": list(recipe.absent),
        "ignored": [impersonal(header) for header in recipe.ignored],
        "currency": recipe.currency if (recipe.currency,) != recipe.stated else None,
        "prices": recipe.prices if recipe.prices != "unknown" else None,
        "zone": recipe.zone,
        "skip": [write_condition(test) for test in recipe.skip],
        "account": write_cell(recipe.account) if recipe.account else None,
        "date_orders": dict(recipe.date_orders),
        "period": list(recipe.period) if recipe.period else None,
        "unpivot": recipe.unpivot,
        "sections": _write_sections(recipe.sections) if recipe.sections else None,
        "encoding": recipe.encoding,
        "delimiter": recipe.delimiter,
        "parts": [_write_part(part) for part in recipe.parts],
    }
    if recipe.currency_header:
        written["currency"] = {"header": kept(recipe.currency_header), "default": recipe.currency}
    if recipe.account_title:
        written["account"] = {"title": recipe.account_title}
    given = {name: value for name, value in written.items() if value not in (None, "", [], {})}
    return yaml.safe_dump(given, allow_unicode=True, sort_keys=False, width=110)


def _write_sections(sections: Sections) -> dict[str, str]:
    return {"as": sections.name} | ({"end": sections.end} if sections.end else {})


def _write_part(part: Part) -> dict[str, Any]:
    written = {
        "table": part.table,
        "columns": {name: write_cell(cell) for name, cell in part.columns.items()},
        "where": [write_condition(test) for test in part.where],
        "collapse": dict(part.collapse),
        "explode": one_or_list(part.explode) if part.explode else None,
        "separators": part.separators if part.separators != Part.separators else None,
        "optional": part.is_optional or None,
    }
    return {name: value for name, value in written.items() if value not in (None, "", [], {})}


@cache
def presets() -> tuple[Recipe, ...]:
    """The sources that come with the program, sorted by the name of their file."""
    return tuple(from_yaml(path.read_text(encoding="utf-8"), path.name) for path in sorted(SOURCES.glob("*.yaml")))
