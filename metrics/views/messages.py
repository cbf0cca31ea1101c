"""Messages to customers: how far they get, and what of their rewards is redeemed."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.policy import Viewer
from metrics.source import Source
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, select

TABLE = "fact_campaign_daily"
TOUCH = "touch_type"
# Channels whose messages are delivered to a person, as the KPI message_conversion_rate counts them.
CHANNELS = ("email", "sms", "push", "wechat")
STEPS = {"delivered": "delivered", "opened": "opened", "clicked": "clicks", "bought": "conversions"}
OPTED_OUT, UNTRACKED = "opted_out", "untracked"
# Which steps may be counted together, the most first; of as many the later ones matter more.
_TOGETHER = (
    ("delivered", "opened", "clicked", "bought"),
    ("delivered", "clicked", "bought"),
    ("delivered", "opened", "bought"),
    ("delivered", "opened", "clicked"),
    ("delivered", "bought"),
    ("delivered", "clicked"),
    ("delivered", "opened"),
    ("delivered",),
)
_SCHEMA = {TOUCH: pl.String, "step": pl.String, "messages": pl.Float64}


def message_funnel(engine: Engine, scope: Scope, viewer: Viewer) -> pl.DataFrame:
    """Messages delivered, opened, clicked and bought from, for all together and by kind of message.

    All steps count the same messages: those of reports and rows that carry every step that any report carries, so
    that text messages, whose opening nobody sees, cannot make e-mail look unread. What is left out is told apart.

    Returns:
        Shape (6 a kind + 6, 3): touch_type (code; null = all together, first, then by falling deliveries), step
        (delivered, opened, clicked, bought, then opted_out and untracked: deliveries that the steps leave out),
        messages (Float64; null: no file carries it). Without any delivery the six null rows are all there is.

    Raises:
        NotAllowed: a column that the viewer may not see.
    """
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        parts = [_counted(reader, scope, viewer, coverage, split_by) for split_by in ((), (TOUCH,))]
    return pl.concat(parts)


def rewards(engine: Engine, scope: Scope, viewer: Viewer) -> pl.DataFrame:
    """Face value of rewards issued and redeemed, by kind; what is redeemed is booked on the day of issue.

    Returns:
        Shape (kinds, 4), by falling value issued: touch_type (code), issued, redeemed (money), rate (percent; null
        where nothing was issued). No rows where no file carries both by kind.

    Raises:
        NotAllowed: a column that the viewer may not see.
    """
    columns = ("reward_value_issued", "reward_value_redeemed")
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        days = admitted(reader, scope, viewer, coverage, TABLE, columns, "date", split_by=(TOUCH,))
        sql = f"""
            select {TOUCH}, sum(reward_value_issued) as issued, sum(reward_value_redeemed) as redeemed
            from days group by {TOUCH}
        """
        found = select(reader, sql, {"days": days})
    schema = {TOUCH: pl.String, "issued": pl.Float64, "redeemed": pl.Float64}
    rate = 100 * pl.col("redeemed") / pl.when(pl.col("issued") > 0).then(pl.col("issued"))
    return (
        found.cast(pl.Schema(schema))
        .filter((pl.col("issued") > 0) | (pl.col("redeemed") > 0))
        .with_columns(rate.alias("rate"))
        .sort("issued", TOUCH, descending=[True, False], nulls_last=True)
    )


def _counted(
    engine: Engine, scope: Scope, viewer: Viewer, coverage: Coverage, split_by: tuple[str, ...]
) -> pl.DataFrame:
    def reports(*columns: str, prefix: str = "") -> Source:
        return admitted(
            engine, scope, viewer, coverage, TABLE, ("marketing_channel", *columns), "date", split_by=split_by,
            prefix=prefix,
        )  # fmt: skip

    steps, tracked = _tracked(reports)
    sources = {"all_sent": reports("delivered", prefix="all_"), "opted": reports("delivered", "unsubscribed")}
    sources |= {"tracked": tracked} if tracked else {}
    touch = TOUCH if split_by else f"cast(null as varchar) as {TOUCH}"
    parts = [_part(touch, "all", "delivered", "all_sent"), _part(touch, OPTED_OUT, "unsubscribed", "opted")]
    whole = " and ".join(f"{STEPS[step]} is not null" for step in steps)
    parts += [_part(touch, step, STEPS[step], "tracked", whole) for step in steps] if tracked else []
    group = f" group by {TOUCH}" if split_by else ""
    found = select(engine, " union all ".join(part + group for part in parts), sources).cast(pl.Schema(_SCHEMA))
    return _spine(found)


def _part(touch: str, step: str, column: str, source: str, condition: str = "") -> str:
    channels = ", ".join(f"'{channel}'" for channel in CHANNELS)
    more = f" and {condition}" if condition else ""
    return (
        f"select {touch}, '{step}' as step, cast(sum({column}) as double) as messages from {source}"
        f" where marketing_channel in ({channels}){more}"
    )


def _tracked(reports: Callable[..., Source]) -> tuple[tuple[str, ...], Source | None]:
    """The most steps that one report carries together, and those reports; None where there are no deliveries."""
    for steps in _TOGETHER:
        held = reports(*(STEPS[step] for step in steps), prefix="tracked_")
        if held.availability.state != "no_data":
            return steps, held
    return (), None


def _spine(found: pl.DataFrame) -> pl.DataFrame:
    """Every step of every kind in order, the kind with most deliveries first."""
    counted = {(touch, step): messages for touch, step, messages in found.iter_rows()}
    sent_of = {touch: messages for (touch, step), messages in counted.items() if step == "all"}
    shown = [kind for kind, sent in sent_of.items() if sent or kind is None]
    kinds = sorted(shown, key=lambda kind: (-(sent_of[kind] or 0), kind or ""))
    rows: list[tuple[str | None, str, float | None]] = []
    for touch in kinds:
        rows += [(touch, step, counted.get((touch, step))) for step in (*STEPS, OPTED_OUT)]
        sent, seen = sent_of[touch], counted.get((touch, "delivered"))
        rows.append((touch, UNTRACKED, None if sent is None else sent - (seen or 0.0)))
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")
