"""A KPI's formula as people write it: `number of tickets where Missed ÷ number of tickets × 100%`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlglot import exp

from metrics import expressions
from metrics.model import Fact, Kpi, Language, Text
from pages.words import names
from pages.words.text import say, say_or

_SIGNS: dict[type[exp.Expr], str] = {
    exp.EQ: "=", exp.NEQ: "≠", exp.GT: ">", exp.GTE: "≥", exp.LT: "<", exp.LTE: "≤",
    exp.Add: "+", exp.Sub: "−", exp.Mul: "×", exp.Div: "÷",
}  # fmt: skip
_KEYS: dict[type[exp.Expr], str] = {exp.Sum: "sum", exp.Avg: "average", exp.Min: "min", exp.Max: "max"}


def formula(kpi: Kpi, language: Language, tables: Mapping[str, Text]) -> str:
    """How the value is computed, a line each for numerator, denominator and factor.

    tables: what people call the tables, as `Catalogue.table_names`.
    """
    if kpi.composite:
        return _added(kpi, language)
    is_ratio = kpi.denominator is not None
    facts = [_fact(fact, language, tables, is_ratio) for fact in (kpi.numerator, kpi.denominator) if fact is not None]
    lines = [f"÷ {said}" if place else said for place, said in enumerate(facts)]
    if kpi.multiplier != 1:
        lines.append("× 100%" if (kpi.unit, kpi.multiplier) == ("percent", 100) else f"× {kpi.multiplier:,g}")
    if kpi.period_factor != "none":
        lines.append(f"× {say(f'formula.{kpi.period_factor}', language)}")
    return "\n".join(lines)


def _added(kpi: Kpi, language: Language) -> str:
    parts = []
    for part in kpi.composite:
        times = "" if abs(part.weight) == 1 else f"{abs(part.weight):g} × "
        parts.append(f"{'−' if part.weight < 0 else '+'} {times}{part.kpi.name.say(language)}")
    return " ".join(parts).removeprefix("+ ")


def _fact(fact: Fact, language: Language, tables: Mapping[str, Text], is_part: bool) -> str:
    named = tables.get(fact.table)
    speaker = _Speaker(language, named.say(language) if named else fact.table)
    tree = expressions.parse(fact.expression)
    said = speaker.inner(tree) if is_part else speaker.say(tree)
    return say("formula.at_end", language, what=said) if fact.snapshot == "last" else said


@dataclass(frozen=True)
class _Speaker:
    """Says the parts of an expression over one table; what it has no words for stays SQL."""

    language: Language
    table: str

    def say(self, node: exp.Expr) -> str:
        for kinds, sentence in _SENTENCES:
            if isinstance(node, kinds):
                return sentence(self, node)
        return node.sql("duckdb")

    def words(self, key: str, **values: object) -> str:
        return say(f"formula.{key}", self.language, **values)

    def column(self, node: exp.Expr) -> str:
        return names.column(node.name, self.language)

    def signed(self, node: Any) -> str:
        left, right = self.inner(node.this), self.inner(node.expression)
        if isinstance(node.this, exp.Column) and isinstance(node.expression, exp.Literal):
            right = self.value(node.this, node.expression)
        return f"{left} {_SIGNS[type(node)]} {right}"

    def inner(self, node: exp.Expr) -> str:
        """An operand; what is itself a sum or product stands in brackets."""
        is_compound = isinstance(node, exp.Add | exp.Sub | exp.Mul | exp.Div | exp.Or)
        return f"({self.say(node)})" if is_compound else self.say(node)

    def value(self, column: exp.Expr, literal: exp.Expr) -> str:
        if not isinstance(literal, exp.Literal):
            return self.say(literal)
        return names.value(column.name, literal.name, self.language) if literal.is_string else literal.name

    def joined(self, node: Any) -> str:
        key = "and" if isinstance(node, exp.And) else "or"
        return self.words(key).join(self.inner(part) for part in node.flatten())

    def denied(self, node: exp.Expr) -> str:
        denied = node.this
        if isinstance(denied, exp.Is):
            return self.words("known", what=self.say(denied.this))
        if isinstance(denied, exp.In):
            return self.words("none_of", what=self.say(denied.this), list=self.members(denied, "list_nor"))
        return self.words("not", what=self.inner(denied))

    def members(self, node: exp.Expr, key: str) -> str:
        return self.words(key).join(self.value(node.this, one) for one in node.expressions)

    def among(self, node: exp.Expr) -> str:
        return self.words("one_of", what=self.say(node.this), list=self.members(node, "list_or"))

    def case(self, node: Any) -> str:
        branches = [
            self.words("where", what=self.counted(branch.args["true"]), condition=self.say(branch.this))
            for branch in node.args["ifs"]
        ]
        return self.words("branches").join(branches)

    def counted(self, node: exp.Expr) -> str:
        return self.words("nothing") if isinstance(node, exp.Null) else self.say(node)

    def count(self, node: exp.Expr) -> str:
        counted = node.this
        if isinstance(counted, exp.Distinct):
            return self.words("different", what=self.several(counted.expressions[0]))
        if isinstance(counted, exp.Case):
            condition = self.say(counted.args["ifs"][0].this)
            return self.words("rows", what=self.words("where", what=self.table, condition=condition))
        return self.words("rows", what=self.table)

    def several(self, node: exp.Expr) -> str:
        """What is counted once each: keys are called what they stand for, `customers`."""
        key = node if isinstance(node, exp.Column) else node.find(exp.Column)
        if isinstance(node, exp.Case):
            branch = node.args["ifs"][0]
            return self.words("where", what=self.several(branch.args["true"]), condition=self.say(branch.this))
        return say_or(f"formula.of_{key.name}", self.language, self.say(node)) if key else self.say(node)

    def aggregate(self, node: exp.Expr) -> str:
        return self.words(_KEYS[type(node)], what=self.inner(node.this))

    def percentile(self, node: Any) -> str:
        share = float(node.this.this.name)
        what = self.say(node.expression.expressions[0].this)
        if share == 0.5:
            return self.words("median", what=what)
        return self.words("percentile", what=what, share=f"{share * 100:g}")

    def first_known(self, node: Any) -> str:
        listed = say("panel.comma", self.language).join(self.say(part) for part in (node.this, *node.expressions))
        return self.words("first_known", list=listed)


_Sentence = Callable[[_Speaker, Any], str]
_SENTENCES: Sequence[tuple[type[exp.Expr] | tuple[type[exp.Expr], ...], _Sentence]] = (
    (exp.Column, _Speaker.column),
    (tuple(_SIGNS), _Speaker.signed),
    ((exp.And, exp.Or), _Speaker.joined),
    (exp.Not, _Speaker.denied),
    (exp.In, _Speaker.among),
    (exp.Is, lambda speaker, node: speaker.words("unknown", what=speaker.say(node.this))),
    (exp.Case, _Speaker.case),
    (exp.Count, _Speaker.count),
    (tuple(_KEYS), _Speaker.aggregate),
    (exp.WithinGroup, _Speaker.percentile),
    (exp.Coalesce, _Speaker.first_known),
    (exp.Paren, lambda speaker, node: speaker.inner(node.this)),
    (exp.Neg, lambda speaker, node: f"−{speaker.inner(node.this)}"),
    (exp.Abs, lambda speaker, node: f"|{speaker.say(node.this)}|"),
    ((exp.Nullif, exp.Cast), lambda speaker, node: speaker.say(node.this)),
)
