"""Putting a conversation aside until a moment or the citizen's next message."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form, Request, Response

from riung import clock
from riung.backend.db import database
from riung.desk import audit, conversations, handover, snooze
from riung.desk.access import Talker
from riung.desk.ownership import Event
from riung.desk.pages import router, see
from riung.desk.routes.dependencies import acting

routes = router()


@routes.post("/conversations/{conversation_id}/snooze")
def put_aside(
    request: Request,
    who: Talker,
    conversation_id: int,
    until: Annotated[str, Form(max_length=20)] = "",
    at: Annotated[str, Form(max_length=30)] = "",
) -> Response:
    """Put it aside; whoever holds it hears when it comes back."""
    now = clock.now()
    with database(request).writing() as session:
        found = conversations.visible(session, conversation_id, who)
        conversations.check_mine(found, who)
        office = handover.office_of(found)
        back = snooze.moment(office, until, at, now)
        event = Event.SNOOZE
        handover.apply(session, found, event, moment=now, actor=acting(who), until=back)
        told = f"sampai {back.astimezone(office.zone):%d-%m-%Y %H.%M}"
        subject = f"percakapan {found.id}"
        audit.write(session, who.login, "conversation_snoozed", subject, told, found.office)
    return see(f"/desk/conversations/{conversation_id}?view=snoozed#newest")


@routes.post("/conversations/{conversation_id}/unsnooze")
def take_up(request: Request, who: Talker, conversation_id: int) -> Response:
    """Take it up before its time."""
    with database(request).writing() as session:
        found = conversations.visible(session, conversation_id, who)
        conversations.check_mine(found, who)
        if snooze.is_snoozed(found):
            event = Event.SNOOZE_OVER
            handover.apply(session, found, event, moment=clock.now(), actor=acting(who))
        view = "mine" if found.owner_id == who.id else "waiting"
    return see(f"/desk/conversations/{conversation_id}?view={view}#newest")
