"""Campaigns: what they took and brought against their plan, and when they run beside the festivals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import polars as pl

from metrics.coverage import Coverage
from metrics.engine import Engine
from metrics.festivals import RUN, read_calendar
from metrics.periods import Period
from metrics.policy import Viewer
from metrics.source import UNKNOWN
from metrics.views.beside import carries, shown
from metrics.views.scope import Scope
from metrics.views.selecting import admitted, select

TABLE = "fact_campaign"
# A campaign that began longer ago is no campaign any more but a standing order.
LONGEST = timedelta(days=366)
_NAMES = ("campaign_id", "campaign_name", "campaign_type")
_DAYS = ("planned_start_date", "end_date")
_AMOUNTS = {
    "budget": "budget_amount",
    "spend": "spend_amount",
    "target": "target_revenue",
    "revenue": "attributed_revenue",
}
_RESULTS = {
    **dict.fromkeys(("campaign", "name", "type"), pl.String),
    **dict.fromkeys(("first", "last"), pl.Date),
    **dict.fromkeys((*_AMOUNTS, "attainment", "budget_used"), pl.Float64),
}
_MARKS = {"kind": pl.String, "name": pl.String, "group": pl.String, "planned": pl.Date, "first": pl.Date}


def campaign_results(engine: Engine, scope: Scope, viewer: Viewer, most: int = 10) -> pl.DataFrame:
    """Spend and revenue of the campaigns that ran in the period, whole campaigns, against budget and target.

    Revenue is the net revenue of paid orders that carry the campaign, before returns, over the whole campaign.

    Args:
        most: how many campaigns, the largest targets (without one: budgets) first.

    Returns:
        Shape (campaigns, 11): campaign (id), name, type, first and last (days; last null: open end), budget, spend,
        target, revenue (money; null: not in the files), attainment and budget_used (percent; null where one half
        is). Campaigns with neither target nor budget are left out. No rows under a filter that plans do not carry.

    Raises:
        NotAllowed: a column that the viewer may not see.
    """
    if not carries(engine, scope, TABLE):
        return pl.DataFrame(schema=_RESULTS)
    amounts = {name: column for name, column in _AMOUNTS.items() if shown(viewer, TABLE, column)}
    running = _running(engine, scope, viewer, scope.period, tuple(amounts.values()))
    found = running.rename({column: name for name, column in amounts.items()})
    found = found.with_columns(pl.lit(None).alias(name) for name in _AMOUNTS if name not in amounts)
    size = pl.coalesce("target", "budget")
    return (
        found.with_columns(pl.col(*_AMOUNTS).cast(pl.Float64))
        .filter(size.is_not_null())
        .sort(size, "campaign", descending=[True, False])
        .head(most)
        .with_columns(_percent("revenue", "target", "attainment"), _percent("spend", "budget", "budget_used"))
        .select(*_RESULTS)
    )


def campaign_calendar(engine: Engine, scope: Scope, viewer: Viewer, ahead: int = 92, most: int = 18) -> pl.DataFrame:
    """Campaigns, shopping festivals and public holidays from the period's first day to some days after its end.

    Args:
        ahead: how many days after the period.
        most: how many campaigns, the largest budgets (without one: targets) first.

    Returns:
        Shape (spans, 6), campaigns first, by first day: kind (campaign, festival, holiday), name, group (campaign
        type; null for days), planned (planned first day; null: not known), first and last (both included; an open
        end is the window's). Days of one festival or holiday in a row are one span.

    Raises:
        NotAllowed: a column that the viewer may not see.
    """
    window = Period(scope.period.first, scope.period.last + timedelta(days=ahead))
    sizes = shown(viewer, TABLE, "budget_amount", "target_revenue")
    running = _running(engine, scope, viewer, window, sizes)
    size = pl.coalesce(*sizes) if sizes else pl.lit(0)
    kept = running.sort(size, "campaign", descending=[True, False], nulls_last=True).head(most)
    spans = kept.select(
        pl.lit("campaign").alias("kind"), "name", pl.col("type").alias("group"), "planned", "first",
        pl.col("last").fill_null(window.last),
    )  # fmt: skip
    days = _marked_days(engine, window)
    return pl.concat([spans.sort("first", "name"), days]).cast(pl.Schema({**_MARKS, "last": pl.Date}))


def _percent(part: str, whole: str, name: str) -> pl.Expr:
    return (100 * pl.col(part) / pl.when(pl.col(whole) > 0).then(pl.col(whole))).alias(name)


def _running(engine: Engine, scope: Scope, viewer: Viewer, window: Period, more: tuple[str, ...]) -> pl.DataFrame:
    """Every campaign with a day in the window; planned ones too, so no day of judgement ends them."""
    optional = (*_NAMES[1:], *_DAYS, *more)
    asked = replace(scope, as_of=None)
    began = Period(window.first - LONGEST, window.last)
    with engine.reading() as reader:
        coverage = Coverage.read(reader)
        campaigns = admitted(
            reader, asked, viewer, coverage, TABLE, ("campaign_id",), "start_date", period=began, split_by=optional
        )
        sql = f"""
            select campaign_id as campaign, campaign_type as type, planned_start_date as planned,
                case when campaign_name in ('', '{UNKNOWN}') then campaign_id else campaign_name end as name,
                start_date as first, end_date as last{"".join(f", {column}" for column in more)}
            from campaigns where end_date is null or end_date >= date '{window.first.isoformat()}'
        """
        found = select(reader, sql, {"campaigns": campaigns})
    days = {"planned": pl.Date, "first": pl.Date, "last": pl.Date}
    texts = dict.fromkeys(("campaign", "type", "name"), pl.String)
    return found.cast(pl.Schema({**texts, **days, **dict.fromkeys(more, pl.Float64)}))


def _marked_days(engine: Engine, window: Period) -> pl.DataFrame:
    calendar = read_calendar(engine, window.first, window.last)
    is_own = ~pl.col("shopping_festival").str.ends_with(RUN) & (pl.col("shopping_festival") != "")
    festivals = calendar.filter(is_own).select("date", name="shopping_festival")
    holidays = calendar.filter(pl.col("is_public_holiday") & (pl.col("holiday_name") != "")).select(
        "date", name="holiday_name"
    )
    rows = [("festival", *span) for span in _stretches(festivals)] + [
        ("holiday", *span) for span in _stretches(holidays)
    ]
    found = [(kind, name, None, None, first, last) for kind, name, first, last in rows]
    return pl.DataFrame(found, schema={**_MARKS, "last": pl.Date}, orient="row").sort("first", "kind")


def _stretches(days: pl.DataFrame) -> list[tuple[str, date, date]]:
    """Days of one name that follow each other, as (name, first, last)."""
    found: list[tuple[str, date, date]] = []
    for day, name in days.sort("name", "date").iter_rows():
        if found and found[-1][0] == name and day - found[-1][2] == timedelta(days=1):
            found[-1] = (name, found[-1][1], day)
        else:
            found.append((name, day, day))
    return found
