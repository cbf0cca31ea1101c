"""The routes, and how what they answer reaches a client: status, sentence, file name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from data.home import Home
from metrics.engine import Engine
from metrics.errors import MetricError
from metrics.load import Catalogue
from metrics.policy import Viewer
from pages.api.arrivals import arrivals
from pages.api.batches import batch_routes
from pages.api.export import TooManyRows, csv_chunks, excel, page_of
from pages.api.links import RowsLink, WrongLink, language, read_link
from pages.api.uploads import Sender, upload_routes

EXCEL_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FONT = files("fontpkg_inter") / "files" / "Inter[opsz,wght].ttf"
ONE_YEAR = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Source:
    """What an export reads, and for whom."""

    engine: Engine
    catalogue: Catalogue
    viewer: Viewer


OpenSource = Callable[[Request, str | None], Source]
Make = Callable[[RowsLink, Source], Response]


def routes(open_source: OpenSource, sender: Sender) -> list[Route]:
    """All routes.

    `open_source` opens the lake a link names (`company`, `demo`, None: the default) for who asks; `sender` names the
    browser a request of our own page comes from.
    """

    async def export_csv(request: Request) -> Response:
        return await run_in_threadpool(_answered, request, open_source, _csv)

    async def export_excel(request: Request) -> Response:
        return await run_in_threadpool(_answered, request, open_source, _excel)

    return [
        Route("/healthz", _health),
        Route("/fonts/inter.ttf", _font),
        Route("/export/rows.csv", export_csv),
        Route("/export/rows.xlsx", export_excel),
        *batch_routes(Home.from_environment),
        *upload_routes(Home.from_environment, sender, arrivals()),
    ]


async def _health(request: Request) -> Response:
    del request
    return JSONResponse({"status": "ok"})


async def _font(request: Request) -> Response:
    del request
    return FileResponse(str(FONT), media_type="font/ttf", headers={"cache-control": ONE_YEAR})


def _answered(request: Request, open_source: OpenSource, make: Make) -> Response:
    parameters = {name: request.query_params.getlist(name) for name in request.query_params}
    tongue = language(request.query_params.get("lang"))
    try:
        link = read_link(parameters)
        return make(link, open_source(request, link.data))
    except (WrongLink, TooManyRows) as error:
        return PlainTextResponse(error.sentence.say(tongue), 400)
    except MetricError as error:
        return PlainTextResponse(error.say(tongue), 400)


def _csv(link: RowsLink, source: Source) -> Response:
    # Once the first bytes are gone nothing can be refused any more, so ask for one row first.
    page_of(source.engine, link, source.viewer, source.catalogue, 1, 0)
    chunks = csv_chunks(source.engine, link, source.viewer, source.catalogue)
    return StreamingResponse(chunks, media_type="text/csv; charset=utf-8", headers=_named(link, "csv"))


def _excel(link: RowsLink, source: Source) -> Response:
    content = excel(source.engine, link, source.viewer, source.catalogue)
    return Response(content, media_type=EXCEL_TYPE, headers=_named(link, "xlsx"))


def _named(link: RowsLink, form: str) -> dict[str, str]:
    name = f"{link.kpi}_{link.period.first}_{link.period.last}.{form}"
    return {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
