"""The screen of a waiting room: its own address, which needs no login and shows nothing else."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request, Response
from itsdangerous import BadSignature, URLSafeSerializer

from riung import clock
from riung.backend.counter import line
from riung.backend.db import Reading
from riung.desk.access import PUBLIC, CounterClerk, MissingError
from riung.desk.pages import render, router, see
from riung.desk.routes.counter import Where, counter_of, find_counter
from riung.desk.routes.dependencies import configured

routes = router()

BEFORE = 4
"""Numbers shown that were called before the present one."""


@routes.get("/counter/screen")
def to_screen(
    request: Request,
    who: CounterClerk,
    office: Annotated[str, Query(max_length=40)] = "",
    place: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """Lead a clerk to the screen's own address, which can be given to the display."""
    where = find_counter(who, office, place, None)
    return see(f"/desk/screen/{_signer(request).dumps([where.office.id, where.place.id])}")


@routes.get("/screen/{token}", dependencies=[PUBLIC])
def screen(
    request: Request, session: Reading, token: str, part: Annotated[bool, Query()] = False
) -> Response:
    """The number being served, big enough for a waiting room; no names, no menu."""
    where = _where(request, token)
    state = line.line_state(session, where.office, where.place, where.day)
    return render(
        request,
        "_screen.html" if part else "screen.html",
        page="",
        token=token,
        now=clock.now(),
        where=where,
        state=state,
        before=state.calls[1 : BEFORE + 1],
    )


def _where(request: Request, token: str) -> Where:
    try:
        office_id, place_id = _signer(request).loads(token)
    except (BadSignature, ValueError, TypeError) as error:
        raise MissingError("Layar itu tidak ada. Buka lagi dari halaman loket.") from error
    return counter_of(str(office_id), str(place_id))


def _signer(request: Request) -> URLSafeSerializer:
    return URLSafeSerializer(configured(request).hash_key, salt="riung.desk.screen")
