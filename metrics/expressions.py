"""What a catalogue expression may say: one aggregate over the columns of one fact, in functions every engine shares."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from metrics import dialect
from metrics.model import Text

AGGREGATES = (exp.Sum, exp.Count, exp.Avg, exp.Min, exp.Max, exp.WithinGroup)
_ALLOWED = (
    *AGGREGATES,
    *(exp.PercentileCont, exp.Order, exp.Ordered, exp.Distinct),
    *(exp.Case, exp.If, exp.Coalesce, exp.Nullif, exp.Abs, exp.Round, exp.Floor, exp.Ceil, exp.Least, exp.Greatest),
    *(exp.Column, exp.Identifier, exp.Literal, exp.Boolean, exp.Null, exp.Paren, exp.Tuple, exp.Star),
    *(exp.And, exp.Or, exp.Not, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Is, exp.In, exp.Between),
    *(exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Neg, exp.Cast, exp.DataType),
)
_CASTS = (exp.DataType.Type.DOUBLE, exp.DataType.Type.DATE)


class NotAnAggregate(ValueError):
    """Why an expression cannot be a KPI's, in three languages."""

    def __init__(self, problem: Text) -> None:
        self.problem = problem
        super().__init__(problem.en)


@lru_cache(maxsize=4096)
def parse(expression: str) -> exp.Expr:
    """The tree of an expression; copy it before changing it. Raises NotAnAggregate."""
    try:
        tree = sqlglot.parse_one(expression, dialect="duckdb")
    except SqlglotError as error:
        raise NotAnAggregate(
            Text(
                "the expression '{expression}' is not SQL.",
                "表达式“{expression}”不是有效的 SQL。",
                "運算式「{expression}」不是有效的 SQL。",
            ).fill(expression=expression)
        ) from error
    _check_functions(tree)
    _check_aggregates(tree, expression)
    return tree


@lru_cache(maxsize=4096)
def _normalised(expression: str) -> exp.Expr:
    return dialect.normalise(parse(expression))


def normalised(expression: str) -> exp.Expr:
    """A tree of one's own, by the rules of `dialect.normalise`. Raises NotAnAggregate."""
    return _normalised(expression).copy()


def _check_functions(tree: exp.Expr) -> None:
    for node in tree.walk():
        is_wrong_cast = isinstance(node, exp.Cast) and node.to.this not in _CASTS
        if not isinstance(node, _ALLOWED) or is_wrong_cast:
            raise NotAnAggregate(
                Text(
                    "'{part}' may give another number on another engine, so it is not allowed.",
                    "“{part}”在不同引擎上可能得出不同的数，因此不允许使用。",
                    "「{part}」在不同引擎上可能得出不同的數，因此不允許使用。",
                ).fill(part=node.sql("duckdb"))
            )


def _check_aggregates(tree: exp.Expr, expression: str) -> None:
    loose = [column.name for column in tree.find_all(exp.Column) if column.find_ancestor(*AGGREGATES) is None]
    if loose or tree.find(*AGGREGATES) is None:
        raise NotAnAggregate(
            Text(
                "'{expression}' does not sum, count or otherwise aggregate every column it reads.",
                "“{expression}”没有对所读的每一列做求和、计数等聚合。",
                "「{expression}」沒有對所讀的每一欄做加總、計數等彙總。",
            ).fill(expression=expression)
        )


def is_count(expression: str) -> bool:
    """Whether the expression counts rows or distinct values, and so is 0 where there is none. Raises NotAnAggregate."""
    return isinstance(parse(expression), exp.Count)


def columns(expression: str) -> tuple[str, ...]:
    """The columns an expression reads, sorted. Raises NotAnAggregate."""
    return tuple(sorted({column.name for column in parse(expression).find_all(exp.Column)}))


def seen(expression: str) -> Iterator[exp.Expr]:
    """For each aggregate, what it takes of a row: a row where all of these are null does not count."""
    for aggregate in parse(expression).find_all(*AGGREGATES):
        if isinstance(aggregate, exp.WithinGroup):
            yield aggregate.expression.expressions[0].this.copy()
        elif isinstance(aggregate.this, exp.Distinct):
            yield from (value.copy() for value in aggregate.this.expressions)
        elif isinstance(aggregate.this, exp.Star):
            yield exp.true()
        else:
            yield aggregate.this.copy()
