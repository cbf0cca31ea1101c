"""How a large file comes in: begin, append slice after slice to disk, finish; never whole in memory.

| request                             | answer                                                        |
|-------------------------------------|---------------------------------------------------------------|
| POST /incoming {name, size, mark}   | 200 {upload, have}: from which byte to go on                   |
| PUT /incoming/UPLOAD?offset=N, bytes | 200 {have}; 409 {have} where N is not what is here             |
| POST /incoming/UPLOAD/finish        | 200 {upload}: the page may take it; 409 {have} where it is not whole |
| DELETE /incoming/UPLOAD             | 200 {}: its bytes are gone                                     |

Whatever is refused answers {sentence} in the language of `lang`, with 403 where the request is not our own page's.
"""

from __future__ import annotations

import errno
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from data.errors import DataError
from data.home import Home
from pages.api.arrival_errors import ArrivalError, NoRoom, Stranger, TooLarge, WrongFile, WrongOffset
from pages.api.arrivals import MB, Arrivals
from pages.api.links import language
from pages.api.opened import opened

LONGEST_ANNOUNCEMENT = 8192
# A full disk, a full quota.
FULL = (errno.ENOSPC, errno.EDQUOT)
OpenHome = Callable[[], Home]
Sender = Callable[[Request], str | None]
Answer = Callable[[Request, str], Awaitable[dict[str, Any]]]


def upload_routes(open_home: OpenHome, sender: Sender, arrivals: Arrivals) -> list[Route]:
    """The routes. `sender` names the browser a request comes from, None where it is not from our own page."""

    async def begin(request: Request, owner: str) -> dict[str, Any]:
        name, size, mark = await _announced(request)
        limit = await run_in_threadpool(_limit_mb, open_home())
        arrival = await run_in_threadpool(arrivals.begin, owner, name, size, mark, limit, time.time())
        return {"upload": arrival.ticket, "have": arrival.have}

    async def append(request: Request, owner: str) -> dict[str, Any]:
        limit = MB * await run_in_threadpool(_limit_mb, open_home())
        return {"have": await _append(request, owner, arrivals, limit)}

    async def finish(request: Request, owner: str) -> dict[str, Any]:
        ticket = request.path_params["upload"]
        await run_in_threadpool(arrivals.finish, ticket, owner)
        return {"upload": ticket}

    async def abort(request: Request, owner: str) -> dict[str, Any]:
        await run_in_threadpool(arrivals.abort, request.path_params["upload"], owner)
        return {}

    return [
        Route("/incoming", _guarded(begin, sender), methods=["POST"]),
        Route("/incoming/{upload}", _guarded(append, sender), methods=["PUT"]),
        Route("/incoming/{upload}", _guarded(abort, sender), methods=["DELETE"]),
        Route("/incoming/{upload}/finish", _guarded(finish, sender), methods=["POST"]),
    ]


def _guarded(answer: Answer, sender: Sender) -> Callable[[Request], Awaitable[Response]]:
    """Only for our own page, and what is refused is said."""

    async def answered(request: Request) -> Response:
        tongue = language(request.query_params.get("lang"))
        try:
            owner = sender(request)
            if owner is None:
                raise Stranger
            return JSONResponse(await answer(request, owner))
        except ArrivalError as error:
            said = {
                "sentence": error.say(tongue),
                **{key: error.values[key] for key in ("have",) if key in error.values},
            }
            return JSONResponse(said, error.status)
        except DataError as error:
            return JSONResponse({"sentence": error.say(tongue)}, 400)

    return answered


async def _append(request: Request, owner: str, arrivals: Arrivals, limit: int) -> int:
    """Write what comes, piece by piece as the network brings it; what came before a broken connection stays."""
    ticket, offset = request.path_params["upload"], _number(request.query_params.get("offset"))
    _refuse_beyond(limit, offset + _number(request.headers.get("content-length", "0")))
    turn = await run_in_threadpool(arrivals.turn, ticket, owner, offset, time.time())
    have = offset
    try:
        async for piece in request.stream():
            if piece:
                _refuse_beyond(limit, have + len(piece))
                have = await run_in_threadpool(arrivals.add, ticket, owner, turn, piece)
    except ClientDisconnect as error:
        raise WrongOffset(have=have) from error
    except OSError as error:
        if error.errno not in FULL:
            raise
        raise NoRoom from error
    return have


def _refuse_beyond(limit: int, size: int) -> None:
    if size > limit:
        raise TooLarge(limit=limit // MB)


async def _announced(request: Request) -> tuple[str, int, str]:
    """Name, size and mark of a file as the page announces it."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LONGEST_ANNOUNCEMENT:
            raise WrongFile
    try:
        said = json.loads(body)
    except ValueError as error:
        raise WrongFile from error
    match said:
        case {"name": str(name), "size": int(size), "mark": str(mark)}:
            return name, size, mark
    raise WrongFile


def _number(text: str | None) -> int:
    if text is None or not text.isdecimal() or len(text) > 15:
        raise WrongFile
    return int(text)


def _limit_mb(home: Home) -> int:
    return opened(home).settings.max_upload_mb
