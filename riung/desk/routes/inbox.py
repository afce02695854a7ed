"""The inbox, its live updates, and messages that did not arrive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import Depends, Form, Header, Query, Request, Response
from sqlalchemy.orm import Session
from sse_starlette.sse import EventSourceResponse

from riung.backend.db import Reading, database
from riung.channel_client import ChannelError, FailedMessage, StoppedNumber
from riung.desk import (
    audit,
    conversations,
    handover,
    inbox,
    live_updates,
    search,
    sessions,
    sharing,
)
from riung.desk.access import COOKIE, MissingError, Principal, Talker, principal
from riung.desk.pages import HEADERS, render, router, see
from riung.desk.routes.dependencies import channel
from riung.desk.tables import Conversation

routes = router()

HEARTBEAT = 20
"""Seconds between signs of life, so that proxies don't cut a quiet stream."""


def filters(
    view: Annotated[str, Query()] = "",
    q: Annotated[str, Query(max_length=100)] = "",
    topic: Annotated[str, Query(max_length=60)] = "",
    office: Annotated[str, Query(max_length=40)] = "",
    age: Annotated[str, Query(max_length=2)] = "",
    until: Annotated[str, Query(max_length=10)] = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> inbox.Filters:
    """The filters in the page's address; without a view a search looks everywhere."""
    usual = "all" if q.strip() else "waiting"
    chosen = view if view in inbox.VIEWS else usual
    return inbox.Filters(chosen, q, topic, office, age, until, page)


Wanted = Annotated[inbox.Filters, Depends(filters)]


def listing(session: Session, who: Principal, wanted: inbox.Filters) -> dict[str, Any]:
    """What the templates need to show the list and its search."""
    return {
        "live_after": live_updates.latest(session),  # first: what changes from here on is told
        **_page(session, who, wanted),
        "ages": inbox.AGES,
        "topics": inbox.topics_seen(session, who),
        "visible": who.visible_offices(),
    }


def _page(session: Session, who: Principal, wanted: inbox.Filters) -> dict[str, Any]:
    """The list alone: every open page fetches it anew whenever something changed."""
    page = inbox.page(session, who, wanted)
    return {
        "rows": page.rows,
        "has_more": page.has_more,
        "too_common": page.too_common,
        "searched": search.LOOKED_THROUGH,
        "counts": inbox.counts(session, who),
        "filters": wanted,
        "query": _query(wanted),
        "views": inbox.VIEWS,
    }


@routes.get("")
def inbox_page(request: Request, who: Talker, session: Reading, wanted: Wanted) -> Response:
    """The list, and beside it a word on what to do."""
    shown = listing(session, who, wanted)
    at_work = sharing.colleagues_at_work(session, who)
    return render(request, "inbox.html", page="inbox", talk=None, at_work=at_work, **shown)


@routes.get("/inbox/rows")
def inbox_rows(
    request: Request,
    who: Talker,
    session: Reading,
    wanted: Wanted,
    open: Annotated[int, Query()] = 0,
) -> Response:
    """The list alone, for live updates."""
    return render(request, "_rows.html", open_id=open, **_page(session, who, wanted))


@routes.get("/live")
async def stream(
    request: Request,
    who: Talker,
    after: Annotated[int | None, Query()] = None,
    talk: Annotated[int | None, Query()] = None,
    last_event_id: Annotated[int | None, Header()] = None,
) -> Response:
    """Server-sent events: what changed in this person's offices since the page was made, or since
    the last event it got; `talk` is the conversation that the page shows.
    """
    state = request.app.state
    if not hasattr(state, "desk_hub"):
        state.desk_hub = live_updates.Hub(state.database)
    token = request.cookies.get(COOKIE, "")

    def may_follow() -> bool:
        user = sessions.find(state.database, token, touch=False)
        return user is not None and principal(user) == who

    since = after if last_event_id is None else last_event_id
    return EventSourceResponse(
        live_updates.while_allowed(state.desk_hub.follow(who, since, talk), may_follow),
        ping=HEARTBEAT,
        headers={**HEADERS, "X-Accel-Buffering": "no"},
    )


@routes.get("/failed")
def failed_page(request: Request, who: Talker) -> Response:
    """Messages that did not reach the citizens of one's offices."""
    mine = who.visible_offices()
    return render(
        request,
        "failed.html",
        page="inbox",
        messages=_seen_by(who, request, channel(request).failed()),
        held=_seen_by(who, request, channel(request).held()),
        stopped=_stopped(request, who),
        zones={office.id: office.zone for office in mine},
        office_names={office.id: office.nama_singkat for office in mine},
    )


@routes.get("/failed/count")
def failed_count(request: Request, who: Talker) -> Response:
    """How many there are, in the bar, how many wait for a template, and whether a number sends
    nothing; nothing while the channel is away.
    """
    try:
        client, stopped = channel(request), _stopped(request, who)
        count, held = (len(_seen_by(who, request, one)) for one in (client.failed(), client.held()))
    except ChannelError:
        count, held, stopped = 0, 0, []
    return render(request, "_failed_count.html", count=count, held=held, stopped=stopped)


def _stopped(request: Request, who: Principal) -> list[StoppedNumber]:
    return [one for one in channel(request).stopped() if who.sees(one.office)]


def _seen_by(
    who: Principal, request: Request, messages: Sequence[FailedMessage]
) -> list[tuple[FailedMessage, Conversation, str]]:
    """The messages of one's offices, each with its conversation and the citizen's name."""
    with database(request).reading() as session:
        known = conversations.of_senders(session, {message.sender_id for message in messages})
        emptied = conversations.emptied_among(session, {message.asked for message in messages})
        return [
            (message, found, conversations.who_it_is(found))
            for message in messages
            if (found := known.get(message.sender_id)) is not None and who.sees(found.office)
            if message.asked not in emptied
        ]


@routes.get("/conversations/{conversation_id}/failed")
def failed_here(request: Request, who: Talker, conversation_id: int) -> Response:
    """What did not reach this citizen and has no line of its own, above the answer: templates, also
    those that wait; and that nothing is sent from this number now.

    Nothing while the channel is away.
    """
    with database(request).reading() as session:
        found = conversations.visible(session, conversation_id, who)
        sender_id, zone = found.sender_id, handover.office_of(found).zone
        number = found.phone_number_id
    try:
        client = channel(request)
        failed, held, stopped = client.failed(), client.held(), client.stopped()
    except ChannelError:
        failed, held, stopped = [], [], []
    messages, waiting = (
        [one for one in found if one.sender_id == sender_id and not one.has_line]
        for found in (failed, held)
    )
    return render(
        request,
        "_failed.html",
        messages=messages,
        held=waiting,
        conversation_id=conversation_id,
        zone=zone,
        stopped=[one for one in stopped if one.phone_number_id == number],
    )


@routes.post("/failed/{message_id}/resend")
def resend(
    request: Request, who: Talker, message_id: int, back: Annotated[int, Form()] = 0
) -> Response:
    """Send one again; `back` is the conversation to return to."""
    message = next((one for one in channel(request).failed() if one.id == message_id), None)
    with database(request).writing() as session:
        found = conversations.of_sender(session, message.sender_id) if message else None
        if found is None or not who.sees(found.office):
            raise MissingError("Pesan gagal itu sudah tidak ada.")
        audit.write(session, who.login, "send_retried", f"percakapan {found.id}", "", found.office)
    channel(request).resend(message_id)
    return see(f"/desk/conversations/{back}?view=all#newest" if back else "/desk/failed")


def _query(wanted: inbox.Filters) -> dict[str, str]:
    named = asdict(wanted)
    named["q"] = named.pop("text")
    return {name: str(value) for name, value in named.items() if value and (name, value) != _FIRST}


_FIRST = ("page", 1)
