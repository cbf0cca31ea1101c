"""The refused rows of a file that is not loaded (yet), found by checking it once more."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from data.ingest.check import REJECTS, check_rows
from data.ingest.groups import read_for
from data.ingest.pipeline import Desk, Prepared
from data.ingest.returned import Refused
from data.ingest.returned_file import returned_file
from metrics.model import Language


def refused_file(prepared: Prepared, desk: Desk, language: Language) -> bytes:
    """The file of the rows that checking refuses; rows that only repeat another's key are not among them.

    Raises:
        NotReadable: the file cannot be read to its end.
    """
    rates = desk.warehouse.connection.cursor().execute("select day, currency, rate from lake.main.fx_rate").pl()
    tables = []
    for match in prepared.certain:
        assert match.recipe is not None
        found = [pl.DataFrame(schema=REJECTS)]
        for frame in read_for(match.layout, match.recipe):
            checked = check_rows(frame, match.recipe, desk.installation.settings, rates, match.dates.orders)
            found.append(checked.rejects)
        layout, rejects = match.layout.physical or match.layout, pl.concat(found)
        tables.append(Refused(layout, rejects, match.recipe, match.dates.orders))
    return b"".join(returned_file(tables, language).pieces)


def refused_name(prepared: Prepared) -> str:
    """What the file is called: like the one it comes from."""
    is_book = any(match.layout.kind == "excel" for match in prepared.certain)
    return f"refused-{Path(prepared.name).stem}{'.xlsx' if is_book else '.csv'}"
