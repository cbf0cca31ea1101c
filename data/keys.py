"""Secrets of one installation: the key that hashes personal data and the key of the archive."""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl
import pyarrow as pa

KEY_BYTES = 32
BLOCK_BYTES = 64
THREAD_ROWS = 50_000
HMAC_SQL = """
    select name, case when trim(name) <> ''
        then left(sha256($1::blob || unhex(sha256($2::blob || encode(lower(trim(name)))))), 32) end as hashed
    from raw
"""


@dataclass(frozen=True, repr=False)
class Keys:
    """Two random keys of 32 bytes; whoever loses them loses the archive and the link to known customers."""

    personal: bytes
    archive: bytes

    @classmethod
    def open(cls, folder: Path) -> Keys:
        """Read the keys of the folder, or make them on the first use (folder 0700, files 0600)."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return cls(*(_read_or_make(folder / name) for name in ("personal.key", "archive.key")))

    def pseudonym(self, raw: str) -> str:
        """The keyed hash (HMAC-SHA-256, 32 hex digits) that stands for a person; spaces and case do not matter."""
        return hmac.new(self.personal, raw.strip().lower().encode(), hashlib.sha256).hexdigest()[:32]

    def pseudonyms(self, raw: pl.Series) -> pl.Series:
        """The same for a column of text; null and blank become null.

        HMAC is written out in DuckDB's vectorised SHA-256, since a Python loop takes seconds a million rows.
        """
        padded = self.personal.ljust(BLOCK_BYTES, b"\0")
        pads = [bytes(byte ^ mask for byte in padded) for mask in (0x5C, 0x36)]
        people = pl.DataFrame({"name": raw.drop_nulls().unique()})
        with duckdb.connect() as connection:
            # One thread works on one batch of Arrow, so there must be several.
            batches = people.to_arrow().to_batches(max_chunksize=THREAD_ROWS)
            connection.register("raw", pa.Table.from_batches(batches, people.to_arrow().schema))
            hashed = pl.DataFrame(connection.execute(HMAC_SQL, pads).to_arrow_table())
        return pl.DataFrame({"name": raw}).join(hashed, "name", "left", maintain_order="left")["hashed"].alias(raw.name)


def _read_or_make(path: Path) -> bytes:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    key = os.urandom(KEY_BYTES)
    with os.fdopen(handle, "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    return key
