"""A fingerprint follows the formula, not its words."""

from __future__ import annotations

from dataclasses import replace

from metrics.fingerprint import fingerprint
from metrics.load import load_catalogue
from metrics.model import Text


def test_rewording_keeps_it_and_a_changed_formula_changes_it() -> None:
    kpi = load_catalogue().kpi("return_rate")
    reworded = replace(kpi, name=Text("Returns", "退货", "退貨"), definition=Text("a", "b", "c"), default_target=None)
    assert kpi.numerator is not None
    shouted = kpi.numerator.expression.replace("sum(", " SUM( ")
    spaced = replace(kpi, numerator=replace(kpi.numerator, expression=shouted))
    other = replace(kpi, numerator=replace(kpi.numerator, expression="sum(returned_qty)"))
    assert fingerprint(reworded) == fingerprint(spaced) == fingerprint(kpi)
    assert len({fingerprint(kpi), fingerprint(other), fingerprint(replace(kpi, multiplier=1))}) == 3


def test_a_composite_changes_with_any_of_its_parts() -> None:
    kpi = next(kpi for kpi in load_catalogue().kpis.values() if kpi.composite)
    first, *rest = kpi.composite
    other = replace(kpi, composite=(replace(first, kpi=replace(first.kpi, valid_when="numerator > 1")), *rest))
    assert fingerprint(other) != fingerprint(kpi)


def test_each_kpi_of_the_house_has_its_own() -> None:
    kpis = load_catalogue().kpis.values()
    assert len({fingerprint(kpi) for kpi in kpis}) == len(kpis)
