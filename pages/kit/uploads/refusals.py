"""The refused rows of a file that is not loaded (yet), found by checking it once more."""

from __future__ import annotations

import polars as pl

from data.ingest.check import REJECTS, check_rows
from data.ingest.pipeline import Desk, Prepared
from data.ingest.read import read
from data.ingest.returned import refused_rows
from metrics.model import Language

BYTE_ORDER_MARK = "\ufeff"


def refused_file(prepared: Prepared, desk: Desk, language: Language) -> bytes:
    """The CSV of the rows that checking refuses; rows that only repeat another's key are not among them.

    Raises:
        NotReadable: the file cannot be read to its end.
    """
    rates = desk.warehouse.connection.cursor().execute("select day, currency, rate from lake.main.fx_rate").pl()
    pieces = [BYTE_ORDER_MARK]
    for match in prepared.certain:
        assert match.recipe is not None
        found = [pl.DataFrame(schema=REJECTS)]
        for frame in read(match.layout):
            checked = check_rows(frame, match.recipe, desk.installation.settings, rates, match.dates.orders)
            found.append(checked.rejects)
        pieces += refused_rows([match.layout], pl.concat(found), language)
    return "".join(pieces).encode()
