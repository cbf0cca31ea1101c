"""The few SQL rules that make every engine give the same number, and the text of a tree."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlglot import exp

_PLAIN_NAME = re.compile(r"[a-z_][a-z0-9_]*")


def normalise(tree: exp.Expr) -> exp.Expr:
    """A copy in which averages, percentiles and divisions cannot differ between engines.

    avg becomes sum ÷ count, percentiles are taken of doubles, and a division is done in doubles and is null
    where the divisor is 0.
    """
    return tree.copy().transform(_rule, copy=False)


def _rule(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.Avg):
        return divide(exp.Sum(this=node.this.copy()), exp.Count(this=node.this.copy()))
    if isinstance(node, exp.WithinGroup):
        value = node.expression.expressions[0].this
        return exp.PercentileCont(this=as_double(value), expression=node.this.this)
    if isinstance(node, exp.Div) and not isinstance(node.expression, exp.Nullif):
        return divide(node.this, node.expression)
    return node


def as_double(value: exp.Expr) -> exp.Expr:
    """The value as a double."""
    return exp.Cast(this=value, to=exp.DataType.build("double"))


def divide(dividend: exp.Expr, divisor: exp.Expr) -> exp.Expr:
    """A division in doubles; null where the divisor is 0 or null."""
    return exp.Div(this=as_double(dividend), expression=exp.Nullif(this=as_double(divisor), expression=number(0)))


def number(value: float) -> exp.Expr:
    """A number as people write it: 100, not 100.0."""
    return exp.Literal.number(int(value) if value == int(value) else value)


def name(text: str) -> exp.Identifier:
    """An identifier, quoted where it needs to be (`"product.brand"`)."""
    return exp.to_identifier(text, quoted=not _PLAIN_NAME.fullmatch(text))


def column(text: str, table: str | None = None) -> exp.Column:
    """A column, of a table alias when one is given."""
    return exp.Column(this=name(text), table=exp.to_identifier(table) if table else None)


def alias(value: exp.Expr, text: str) -> exp.Expr:
    """`value AS text`; a column that already has that name stays as it is."""
    if isinstance(value, exp.Column) and value.name == text and not value.table:
        return value
    return exp.Alias(this=value, alias=name(text))


def relation(sql: str, text: str) -> exp.Table:
    """An engine's own FROM text under an alias; it is passed on as it is."""
    return exp.Table(this=exp.Var(this=sql), alias=exp.TableAlias(this=name(text)))


def subquery(select: exp.Query, text: str) -> exp.Subquery:
    """A select to read from, under an alias."""
    return exp.Subquery(this=select, alias=exp.TableAlias(this=name(text)))


def placeholder(text: str) -> exp.Placeholder:
    """`$text`, the place of a parameter."""
    return exp.Placeholder(this=text)


def all_of(conditions: Iterable[exp.Expr]) -> exp.Expr:
    """The conditions joined by AND."""
    return exp.and_(*conditions, copy=False)


def either(conditions: Iterable[exp.Expr]) -> exp.Expr:
    """The conditions joined by OR."""
    return exp.or_(*conditions, copy=False)
