"""The outcome of a file out of what loading it gave or why it stopped."""

from __future__ import annotations

import polars as pl

from data.errors import Text
from data.ingest import caution_texts as texts
from data.ingest.batch import REJECTS, Caution, Loaded
from data.ingest.load import AlreadyHere, OlderFile, TooManyRefused
from data.ingest.match import Match
from data.ingest.messages import message_without_value, refusal_message
from data.ingest.outcome import EXAMPLE, Outcome, Reason, Refusal, Status, said
from data.ingest.stop import Stopped
from data.ingest.template import holds_example

SHOWN_REFUSALS = 1000


def stopped(name: str, found: Match) -> Outcome:
    """The outcome of a file whose load somebody ended."""
    return Outcome(name, "stopped", Stopped().sentence, table=found.tables[0])


def older(name: str, found: Match, error: OlderFile) -> Outcome:
    """The outcome of a file that would turn newer rows back."""
    source = found.recipe.source if found.recipe else None
    return Outcome(name, "older", error.sentence, table=found.tables[0], source=source, cautions=(error.caution,))


def already_here(name: str, batch: int) -> Outcome:
    """The outcome of a file whose bytes are in force."""
    return Outcome(
        name,
        "already_here",
        AlreadyHere(file=name, batch=batch).sentence,
        batch=batch,
    )


def done(name: str, found: Match, loaded: Loaded, *, is_trial: bool) -> Outcome:
    """The outcome of a file that was loaded, or would be."""
    status: Status = "would_load" if is_trial else "loaded"
    return Outcome(
        name,
        status,
        _with_example(said(loaded, name, status), found),
        batch=None if is_trial else loaded.batch,
        table=found.tables[0],
        source=found.recipe.source if found.recipe else None,
        rows_read=loaded.rows_read,
        loaded=loaded.loaded,
        changed=loaded.changed,
        unchanged=loaded.unchanged,
        rejected=loaded.rejected,
        skipped=loaded.skipped,
        tables=loaded.tables,
        rejects=_refusals(loaded.rejects),
        reasons=_reasons(loaded.rejects),
        days=loaded.days,
        version=None if is_trial else loaded.version,
        effects=loaded.effects,
        cautions=(*of_source(found), *loaded.cautions),
    )


def of_source(found: Match) -> tuple[Caution, ...]:
    """What a person must know of the source itself; it stays true after somebody confirmed the columns."""
    said = found.recipe.caution if found.recipe else None
    return (Caution("source", texts.OF_SOURCE.fill(caution=said)),) if said else ()


def _with_example(message: Text, found: Match) -> Text:
    """What is said of a loaded file, and that our template's example was left out where the file still has it."""
    layout, recipe = found.layout, found.recipe
    is_there = recipe is not None and holds_example(recipe, layout.sample, layout.names)
    return EXAMPLE.fill(said=message) if is_there else message


def too_many(name: str, found: Match, error: TooManyRefused) -> Outcome:
    """The outcome of a file of which more rows were refused than may be."""
    reasons = _reasons(error.read.rejects)
    # The sentence ends in logs and reports; the reasons beside it hold the value.
    message = reasons[0].first.without_value
    sentence = TooManyRefused(
        error.read,
        file=name,
        refused=error.read.refused,
        rows=error.read.rows,
        reason=message,
        advice=error.values["advice"],
    ).sentence
    return Outcome(
        name,
        "too_many_refused",
        sentence,
        table=found.tables[0],
        source=found.recipe.source if found.recipe else None,
        rows_read=error.read.rows,
        # The file is refused whole, its good rows too.
        rejected=error.read.rows - error.read.skipped,
        others=error.read.rows - error.read.skipped - error.read.refused,
        skipped=error.read.skipped,
        rejects=_refusals(error.read.rejects),
        reasons=reasons,
    )


def _refusals(rejects: pl.DataFrame) -> tuple[Refusal, ...]:
    rows = rejects.select(REJECTS.keys()).sort("line").head(SHOWN_REFUSALS).iter_rows()
    return tuple(_refusal(*row) for row in rows)


def _refusal(line: int, column: str, value: str | None, rule: str, key: str | None) -> Refusal:
    said = (key or rule, column, value, rule)
    return Refusal(line, column, value, rule, refusal_message(*said), message_without_value(*said))


def _reasons(rejects: pl.DataFrame) -> tuple[Reason, ...]:
    """All refusals counted by rule and column, the most frequent first; each with the first in the file."""
    groups = rejects.sort("line").group_by("rule", "column", maintain_order=True)
    counted = groups.agg(pl.len().alias("count"), pl.col("line", "value", "message_key").first())
    rows = counted.sort("count", descending=True, maintain_order=True).select("count", *REJECTS).iter_rows()
    return tuple(Reason(count, _refusal(*first)) for count, *first in rows)
