"""Bytes that a fuzzer bends towards new branches of reading, by hand: `python -m tests.data.ingest.fuzz_reading`.

What hypothesis draws in `test_fuzz` keeps to the shape of a file; this does not. atheris is no requirement, since it
has wheels for Linux only. Whatever is drawn, reading may refuse it in a sentence, or accounts for every row.
"""

from __future__ import annotations

import importlib
import logging
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter

SECONDS = 120
SEEDS = (
    b"order_id,paid_at,gmv_amount\na,2026-11-03,5\nTotal,,5\n",
    "订单编号;付款时间;订单金额\n1;03/11/2026;1.234,50\n".encode("gb18030"),
    'Report\n\n# x\nid\tday\tn\n"a\nb"\t2026-11-03\t(3)\n\nid\tn\n1\t2\n'.encode("utf-16"),
    "注文番号,金額\r1,山田\r".encode("cp932"),
)


def main(arguments: list[str]) -> None:
    """Fuzz for two minutes, or as the arguments of libFuzzer say (`-max_total_time=3600`)."""
    atheris: Any = importlib.import_module("atheris")
    logging.disable()
    with TemporaryDirectory() as folder:
        for at, seed in enumerate((*SEEDS, _book(Path(folder)))):
            (Path(folder) / f"seed-{at}").write_bytes(seed)
        told = [f"-max_total_time={SECONDS}", "-max_len=20000", "-timeout=30", *arguments]
        # Only what is imported in here is seen from inside.
        with atheris.instrument_imports(include=["data.ingest"]):
            read_all = importlib.import_module("tests.data.ingest.test_fuzz").read_all
        atheris.Setup([sys.argv[0], *told, folder], read_all)
        atheris.Fuzz()


def _book(folder: Path) -> bytes:
    path = folder / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_row(0, 0, ["order_id", "paid_at", "gmv_amount"])
    content = path.read_bytes()
    path.unlink()
    return content


if __name__ == "__main__":
    main(sys.argv[1:])
