"""Ending several conversations: choose them, confirm, and read what came of it."""

from __future__ import annotations

from typing import Annotated

from fastapi import BackgroundTasks, Form, Query, Request, Response

from riung.backend.db import Reading, database
from riung.desk import bulk_close, rasa_outbox
from riung.desk.access import Talker
from riung.desk.pages import render, router, see
from riung.desk.routes.dependencies import rasa

routes = router()

_Chosen = Annotated[list[int], Query(alias="id", max_items=bulk_close.MOST)]
_Confirmed = Annotated[list[int], Form(alias="id", max_items=bulk_close.MOST)]


@routes.get("/close")
def choose(request: Request, who: Talker, session: Reading) -> Response:
    """What can be ended, each with a box."""
    found = bulk_close.can_be_closed(session, who)
    return render(request, "close.html", page="inbox", talks=found, step="choose", ended=None)


@routes.get("/close/confirm")
def confirm(
    request: Request,
    who: Talker,
    session: Reading,
    chosen: _Chosen = [],  # noqa: B006 (FastAPI copies it)
) -> Response:
    """What was chosen, once more, with a summary for the citizens."""
    found = bulk_close.can_be_closed(session, who, chosen)
    if not found:
        return see("/desk/close")
    return render(request, "close.html", page="inbox", talks=found, step="confirm", ended=None)


@routes.post("/close")
def close(
    request: Request,
    who: Talker,
    later: BackgroundTasks,
    chosen: _Confirmed = [],  # noqa: B006 (FastAPI copies it)
    summary: Annotated[str, Form(max_length=500)] = "",
) -> Response:
    """End them, as far as this person may."""
    store = database(request)
    ended = bulk_close.close_all(store, who, chosen, " ".join(summary.split()))
    later.add_task(rasa_outbox.deliver, store, rasa(request))
    return render(request, "close.html", page="inbox", talks=[], step="done", ended=ended)
