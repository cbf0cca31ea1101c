"""What a batch was: its original file out of the encrypted archive, and the rows of it that were refused."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from data.batches import rejects_of
from data.errors import DataError
from data.home import Home
from data.ingest import archive
from data.ingest.match import use
from data.ingest.recipe_yaml import from_yaml
from data.ingest.returned import Refused
from data.ingest.returned_file import returned_file
from data.ingest.tables import Found, find_tables
from data.scratch import scratch
from metrics.model import Language, Text
from pages.api.links import language
from pages.api.opened import company_lake, has_company_lake, opened

UNKNOWN = Text(
    "There is no batch {batch}, so there is nothing to download. The list of batches shows what was loaded.",
    "没有批次 {batch}，因此没有可下载的内容。批次列表显示已加载的文件。",
    "沒有批次 {batch}，因此沒有可下載的內容。批次清單顯示已載入的檔案。",
)
GONE = Text(
    "The original file of batch {batch} is deleted, and with it the values of its refused rows: originals are kept "
    "for a set number of days, or until a person in them is erased. The loaded rows stand. To get the refused rows "
    "again, export the file anew and upload it.",
    "批次 {batch} 的原始文件及其被拒绝行的取值已删除：原始文件只保留设定的天数，或在其中某人的数据被抹除时提前删除。"
    "已加载的数据不受影响。如需再次查看被拒绝的行，请重新导出文件并上传。",
    "批次 {batch} 的原始檔案及其被拒絕列的值已刪除：原始檔案只保留設定的天數，或在其中某人的資料被抹除時提前刪除。"
    "已載入的資料不受影響。如需再次查看被拒絕的列，請重新匯出檔案並上傳。",
)
OpenHome = Callable[[], Home]
Make = Callable[[Home, "Kept", Language], Response]


@dataclass(frozen=True)
class Kept:
    """A batch and its original. `part`: the sheet or the archive's member, '' for all of a file."""

    batch: int
    name: str
    sha256: str
    part: str


def batch_routes(open_home: OpenHome) -> list[Route]:
    """The two downloads of a batch of the company's lake."""

    async def original(request: Request) -> Response:
        return await run_in_threadpool(_answered, request, open_home(), _original)

    async def refused(request: Request) -> Response:
        return await run_in_threadpool(_answered, request, open_home(), _refused)

    return [Route("/export/original", original), Route("/export/refused", refused)]


def original_link(batch: int, tongue: Language) -> str:
    """Where a batch's original is downloaded, relative to a page."""
    return f"export/original?{urlencode({'batch': batch, 'lang': tongue})}"


def refused_link(batch: int, tongue: Language) -> str:
    """Where a batch's refused rows are downloaded, relative to a page."""
    return f"export/refused?{urlencode({'batch': batch, 'lang': tongue})}"


def is_kept(sha256: str, home: Home) -> bool:
    """Whether a batch's original may still be downloaded; `sha256` as its record has it."""
    return bool(sha256) and archive.is_stored(sha256.partition("#")[0], home.archive)


def _answered(request: Request, home: Home, make: Make) -> Response:
    tongue = language(request.query_params.get("lang"))
    number = request.query_params.get("batch", "")
    try:
        known = _known(home, int(number)) if number.isdecimal() and len(number) < 10 else None
        if known is None:
            return PlainTextResponse(UNKNOWN.say(tongue).format(batch=number[:10]), 404)
        if not archive.is_stored(known.sha256, home.archive):
            return PlainTextResponse(GONE.say(tongue).format(batch=known.batch), 410)
        return make(home, known, tongue)
    except DataError as error:
        return PlainTextResponse(error.say(tongue), 400)


def _known(home: Home, batch: int) -> Kept | None:
    if not has_company_lake(home):
        return None
    cursor = company_lake(home).connection.cursor()
    row = cursor.execute("select file, sha256 from lake.main.batch where batch = ?", [batch]).fetchone()
    if row is None:
        return None
    sha256, _, part = str(row[1]).partition("#")
    return Kept(batch, str(row[0]).removesuffix(f" [{part}]"), sha256, part)


def _original(home: Home, kept: Kept, tongue: Language) -> Response:
    del tongue
    pieces = archive.fetch(kept.sha256, home.archive, opened(home).keys.archive)
    return StreamingResponse(pieces, media_type="application/octet-stream", headers=_named(kept.name))


def _refused(home: Home, kept: Kept, tongue: Language) -> Response:
    """The original is needed as a file for as long as it is read; its copy goes with the last piece."""
    lake = company_lake(home).connection
    rejects = rejects_of(lake, kept.batch)
    row = lake.cursor().execute("select recipe from lake.main.batch where batch = ?", [kept.batch]).fetchone()
    recipe = from_yaml(row[0]) if row and row[0] else None
    folder = tempfile.TemporaryDirectory(dir=scratch())
    copy = Path(folder.name) / Path(kept.name).name
    with copy.open("wb") as target:
        for piece in archive.fetch(kept.sha256, home.archive, opened(home).keys.archive):
            target.write(piece)
    encoding, delimiter = (recipe.encoding, recipe.delimiter) if recipe else (None, None)
    found = find_tables(copy, encoding=encoding, delimiter=delimiter)
    layouts = [layout for layout in found.layouts if kept.part in ("", layout.part)]
    orders = [use(layout, recipe).dates.orders if recipe else {} for layout in layouts]
    tables = [Refused(layout, rejects, recipe, said) for layout, said in zip(layouts, orders, strict=True)]
    file = returned_file(tables, tongue)
    name = f"refused-{Path(kept.name).stem}{file.ending}"
    return StreamingResponse(
        _kept_until_end(file.pieces, folder, found), media_type=file.media_type, headers=_named(name)
    )


def _kept_until_end(pieces: Iterator[bytes], folder: tempfile.TemporaryDirectory[str], found: Found) -> Iterator[bytes]:
    assert found.layouts  # held, and with them what an archive was unpacked to
    with folder:
        yield from pieces


def _named(name: str) -> dict[str, str]:
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    return {"content-disposition": disposition, "cache-control": "no-store"}
