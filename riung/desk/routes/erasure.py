"""Erasing a citizen's data at their request (UU 27/2022): backend, channel and transcript."""

from __future__ import annotations

from fastapi import Request, Response

from riung.backend.db import database
from riung.desk import audit, conversations
from riung.desk.access import Eraser
from riung.desk.erasure import forget_person, known_as
from riung.desk.pages import render, router
from riung.desk.routes.dependencies import channel

routes = router()


@routes.post("/conversations/{conversation_id}/erase")
def erase(request: Request, who: Eraser, conversation_id: int) -> Response:
    """Delete everywhere what is kept about this citizen; the page says what has to stay for now.

    The channel goes first: while it is away nothing is deleted, and the button works again later.

    Raises:
        ConflictError: somebody still waits or talks there.
        ChannelError: the channel is away.
    """
    store = database(request)
    with store.reading() as session:
        found = conversations.visible(session, conversation_id, who)
        conversations.check_over(session, found.person)
        person, named = found.person, known_as(session, found.person)
    for name in named:
        channel(request).forget(name)
    with store.writing() as session:
        found = conversations.visible(session, conversation_id, who)
        audit.write(
            session, who.login, "data_erased", f"percakapan {found.id}", office=found.office
        )
        done = forget_person(session, person)
    return render(request, "erased.html", page="inbox", done=done)
