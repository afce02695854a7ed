"""Being away for a while, and the notes in which one is named."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form, Request, Response

from riung.backend.db import Reading, database
from riung.desk import audit, mentions, sharing
from riung.desk.access import Talker
from riung.desk.pages import render, router, see

routes = router()


@routes.post("/away")
def set_away(request: Request, who: Talker, away: Annotated[bool, Form()] = False) -> Response:
    """Say that one is away, or back: nothing is shared out to who is away."""
    with database(request).writing() as session:
        sharing.set_away(session, who, away=away)
        audit.write(session, who.login, "away" if away else "back")
    return see("/desk")


@routes.get("/mentions")
def mentions_page(request: Request, who: Talker, session: Reading) -> Response:
    """The notes in which one is named."""
    found = mentions.named(session, who)
    return render(request, "mentions.html", page="inbox", mentions=found)


@routes.get("/mentions/count")
def mentions_count(request: Request, who: Talker, session: Reading) -> Response:
    """How many one has not seen, in the bar."""
    return render(request, "_mentions_count.html", count=mentions.count_new(session, who))
