"""Names for the values of a statement, so that no value is ever pasted into SQL."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlglot import exp

from metrics.dialect import placeholder


@dataclass
class Parameters:
    """Collects values while a statement is built; the same value gets the same name."""

    prefix: str = ""
    values: dict[str, object] = field(default_factory=dict)

    def add(self, value: object, hint: str) -> exp.Placeholder:
        """The place of a value; `hint` begins its name."""
        for known, held in self.values.items():
            if held == value and type(held) is type(value):
                return placeholder(known)
        base = name = f"{self.prefix}{hint}"
        count = 1
        while name in self.values:
            count += 1
            name = f"{base}_{count}"
        self.values[name] = value
        return placeholder(name)


def readable(sql: str, values: Mapping[str, object]) -> str:
    """The statement with its values written in, for people to read; never to be run."""
    return re.sub(r"\$(\w+)", lambda found: _literal(values[found[1]]) if found[1] in values else found[0], sql)


def _literal(value: object) -> str:
    if isinstance(value, date):
        return f"DATE '{value.isoformat()}'"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return str(value)
