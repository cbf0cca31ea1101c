"""Which columns of the lake name persons, and the hashes that stand for them there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal

from data.contracts import TABLES, Table
from data.keys import Keys

Kind = Literal["customer", "employee"]
HASH = re.compile(r"[0-9a-f]{32}")
LABELS: Mapping[str, Kind] = {"personal": "customer", "personal_employee": "employee"}


def person_columns(contract: Table, kind: Kind | None = None) -> tuple[str, ...]:
    """The columns that hold keys of persons (of one kind): they are hashed at load.

    What else is known of an employee stays readable for those who may see it.
    """
    return tuple(
        name
        for name in contract.columns
        if (found := LABELS.get(contract.sensitive(name) or ""))
        and (found == "customer" or name.endswith("_id"))
        and kind in (None, found)
    )


def linked_tables(kind: Kind) -> dict[str, tuple[str, ...]]:
    """Every table with keys of persons of this kind, and the columns that hold them."""
    found = {name: person_columns(contract, kind) for name, contract in TABLES.items()}
    return {name: columns for name, columns in found.items() if columns}


def hashes_of(keys: Keys, given: Iterable[str]) -> frozenset[str]:
    """The hashes that stand for the given raw keys; what looks like a hash may be one itself."""
    wanted = [one.strip() for one in given if one.strip()]
    return frozenset(keys.pseudonym(one) for one in wanted) | {one for one in wanted if HASH.fullmatch(one)}
