"""What needs attention in a pack: missed targets, late or missing files, failed checks; each kind by size."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import data.errors
from data.checks import CHECKS, run
from data.engines.lake import LakeEngine
from data.status import status
from metrics.availability import listed
from metrics.load import Catalogue
from metrics.model import Kpi, Text
from metrics.periods import Period, bucket_start
from pages.pack.content import PackCard, PackException, TableState
from pages.pack.standing import Standing
from pages.words import formats
from pages.words.comparisons import target_text
from pages.words.text import in_all, texts


def table_states(reader: LakeEngine, catalogue: Catalogue, tables: Iterable[str], day: date) -> tuple[TableState, ...]:
    """How the tables stand on a day, in the order of the contracts."""
    wanted = set(tables)
    return tuple(
        TableState(
            table=row["table"],
            name=_table_name(catalogue, row["table"]),
            state=row["state"],
            last_day=row["last_day"],
            late_by_days=row["late_by_days"],
            files=row["files"],
            rejected=row["rejected"] or 0,
        )
        for row in status(reader, day).iter_rows(named=True)
        if row["table"] in wanted
    )


def missed_targets(
    standings: Mapping[str, Standing], cards: Iterable[PackCard], currency: str
) -> tuple[PackException, ...]:
    """The red KPIs, those first that miss the largest share of their target."""
    found = [
        PackException(
            "off_target",
            card.kpi,
            card.name,
            _off_target(card, currency),
            standings[card.kpi].shortfall,
            (card.kpi,),
            card.access,
        )
        for card in cards
        if card.light == "bad"
    ]
    return tuple(sorted(found, key=_by_size))


def stale_files(tables: Iterable[TableState], kpis: Iterable[Kpi]) -> tuple[PackException, ...]:
    """The late tables, the latest first, then those without a file, those first that most KPIs wait for."""
    late, missing = [], []
    read = {kpi.id: kpi for kpi in kpis}
    for table in tables:
        about = tuple(kpi.id for kpi in read.values() if table.table in kpi.tables)
        if table.state == "late" and table.late_by_days is not None:
            sentence = _late(table.last_day, table.late_by_days)
            size = float(table.late_by_days)
            late.append(PackException("late_table", table.table, table.name, sentence, size, about))
        elif table.state == "empty":
            names = listed(read[kpi].name for kpi in about)
            sentence = texts()["company.waits"].fill(kpis=names)
            missing.append(PackException("missing_table", table.table, table.name, sentence, float(len(about)), about))
    return (*sorted(late, key=_by_size), *sorted(missing, key=_by_size))


def failed_checks(reader: LakeEngine, tables: Iterable[str], period: Period, day: date) -> tuple[PackException, ...]:
    """Tables of the pack that disagree in a month of its week, the largest difference of its kind first."""
    known = set(tables)
    checks = [check for check in CHECKS.values() if known.intersection(check.tables)]
    found = []
    for finding in run(reader, checks, day):
        rows = finding.differing.filter(finding.differing["period"] >= bucket_start(period.first, "month"))
        rows = rows.filter(rows["period"] <= period.last)
        for row in rows.iter_rows(named=True):
            check = finding.check
            left, right = _side(check.sides[0], row["left"]), _side(check.sides[1], row["right"])
            sentence = texts()["draft.differs"].fill(left=left, right=right)
            name, size = _own(check.name), abs(row["difference"] or 0.0) / max(abs(row["left"] or 0.0), 1.0)
            found.append(PackException("failed_check", check.id, name, sentence, size, (), check.access))
    return tuple(sorted(found, key=_by_size))


def _off_target(card: PackCard, currency: str) -> Text:
    return texts()["panel.off_target"].fill(
        value=in_all(lambda language: formats.short(card.value, card.shown_in, language, currency)),
        target=in_all(lambda language: target_text(card.target, card.shown_in, language, currency)),
    )


def _late(last_day: date | None, days: int) -> Text:
    return texts()["company.late"].fill(
        day=in_all(lambda language: formats.full_day(last_day, language)),
        days=in_all(lambda language: formats.days(days, language)),
    )


def _side(name: data.errors.Text, value: float | None) -> Text:
    said = in_all(lambda language: formats.number(value, language))
    return texts()["draft.side"].fill(name=_own(name), value=said)


def _own(text: data.errors.Text) -> Text:
    return Text(text.en, text.zh_hans, text.zh_hant)


def _by_size(one: PackException) -> tuple[float, str]:
    return -one.size, one.subject


def _table_name(catalogue: Catalogue, table: str) -> Text:
    return catalogue.table_names.get(table, Text(table, table, table))
