"""One conversation: its transcript, and everything an officer does in it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any
from urllib.parse import parse_qs, urlsplit

from fastapi import BackgroundTasks, File, Form, Request, Response, UploadFile
from fastapi.responses import FileResponse
from sqlalchemy.orm import Session

from riung import clock, limits
from riung.backend.db import Reading, database
from riung.desk import (
    accounts,
    attachments,
    audit,
    conversation_page,
    conversations,
    handover,
    inbox,
    mentions,
    rasa_outbox,
)
from riung.desk.access import (
    PUBLIC,
    ConflictError,
    DeskError,
    MissingError,
    Principal,
    Talker,
)
from riung.desk.ownership import Event, State
from riung.desk.pages import is_fragment, render, router, see
from riung.desk.routes.dependencies import acting, channel, configured, files, rasa, sent_by_citizen
from riung.desk.routes.dependencies import call_back as shared_call_back
from riung.desk.routes.inbox import Wanted, listing
from riung.desk.tables import Conversation, Message, User

routes = router()

_NOT_YOURS = "Ambil alih percakapan ini dahulu, baru membalas."


@routes.get("/conversations/{conversation_id}")
def show(
    request: Request,
    who: Talker,
    conversation_id: int,
    wanted: Wanted,
    line: int | None = None,
    whole: bool = False,
) -> Response:
    """The chat with the list beside it, at its end or around one line, or the whole of it to print.
    Opening it is audited.
    """
    with database(request).writing() as session:
        found = conversations.visible(session, conversation_id, who)
        if found.owner_id in (None, who.id):
            conversations.mark_read(session, found)
        mentions.mark_seen(session, who, found)
        _note(session, who, found, "conversation_seen")
        sender_id = found.sender_id
    sent = channel(request).deliveries(sender_id)
    with database(request).reading() as session:
        shown = listing(session, who, wanted)
        found = conversations.visible(session, conversation_id, who)
        limit = conversations.WHOLE if whole else conversations.LINES
        talk = conversation_page.talk(session, who, found, line, sent, limit)
        return render(request, "inbox.html", page="inbox", talk=talk, **shown)


@routes.get("/conversations/{conversation_id}/lines")
def new_lines(
    request: Request,
    who: Talker,
    conversation_id: int,
    line: int | None = None,
) -> Response:
    """The transcript, for live updates; seen by its owner it is read."""
    with database(request).reading() as session:
        sender_id = conversations.visible(session, conversation_id, who).sender_id
    sent = channel(request).deliveries(sender_id)
    with database(request).reading() as session:
        found = conversations.visible(session, conversation_id, who)
        unread = found.unread and found.owner_id == who.id
        page = render(
            request, "_lines.html", **conversation_page.transcript(session, found, line, sent)
        )
    if unread:
        with database(request).writing() as session:
            conversations.mark_read(session, conversations.visible(session, conversation_id, who))
    return page


@routes.get("/conversations/{conversation_id}/head")
def head(request: Request, who: Talker, session: Reading, conversation_id: int) -> Response:
    """Who owns it and what can be done, for live updates."""
    found = conversations.visible(session, conversation_id, who)
    return render(request, "_head.html", talk=conversation_page.talk(session, who, found))


@routes.get("/conversations/{conversation_id}/writing")
def writing(request: Request, who: Talker, session: Reading, conversation_id: int) -> Response:
    """Who else is typing an answer: the collision warning."""
    found = conversations.visible(session, conversation_id, who)
    names = accounts.names(session)
    others = [names[user] for user in conversations.writing_now(session, found, who.id)]
    return render(request, "_writing.html", others=others)


@routes.post("/conversations/{conversation_id}/writing")
def is_writing(request: Request, who: Talker, conversation_id: int) -> Response:
    """The browser tells that somebody is typing here."""
    with database(request).writing() as session:
        conversations.is_writing(session, conversations.visible(session, conversation_id, who), who)
    return Response(status_code=204)


@routes.post("/conversations/{conversation_id}/take")
def take(request: Request, who: Talker, conversation_id: int, later: BackgroundTasks) -> Response:
    """Take over: the bot falls silent, or the colleague who answered has no more to say."""
    with database(request).reading() as session:
        found = conversations.visible(session, conversation_id, who)
        if conversations.may_take_over(found, who):
            return hand_on(request, who, conversation_id, who.id, later)
    return _act(request, who, conversation_id, later, Event.TAKE, "conversation_taken")


@routes.post("/conversations/{conversation_id}/release")
def release(
    request: Request, who: Talker, conversation_id: int, later: BackgroundTasks
) -> Response:
    """Back to the waiting list."""
    return _act(request, who, conversation_id, later, Event.RELEASE, "conversation_released")


@routes.post("/conversations/{conversation_id}/close")
def close(
    request: Request,
    who: Talker,
    conversation_id: int,
    later: BackgroundTasks,
    summary: Annotated[str, Form(max_length=500)] = "",
) -> Response:
    """End the talk with a summary; the bot asks for a score and comes back."""
    text = " ".join(summary.split())
    return _act(
        request, who, conversation_id, later, Event.CLOSE, "conversation_closed", summary=text
    )


@routes.post("/conversations/{conversation_id}/hand-on")
def hand_on(
    request: Request,
    who: Talker,
    conversation_id: int,
    to: Annotated[int, Form()],
    later: BackgroundTasks,
) -> Response:
    """Give it to a colleague of the same office."""
    store = database(request)
    with store.writing() as session:
        found = conversations.visible(session, conversation_id, who)
        conversations.check_mine(found, who)
        heir = _colleague(session, found, to)
        handover.apply(
            session,
            found,
            Event.HAND_ON,
            moment=clock.now(),
            actor=handover.Actor(heir.id, heir.name),
        )
        _note(session, who, found, "conversation_assigned", f"kepada {heir.login}")
    later.add_task(rasa_outbox.deliver, store, rasa(request), conversation_id)
    return see(_address(conversation_id))


@routes.post("/conversations/{conversation_id}/reply")
def reply(
    request: Request,
    who: Talker,
    conversation_id: int,
    later: BackgroundTasks,
    text: Annotated[str, Form()] = "",
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Answer the citizen, with a file if there is one; out of the 24 hours, call them back."""
    words, kept = text.strip(), _kept(request, file)
    _check_words(words, kept)
    store, moment = database(request), clock.now()
    with store.writing() as session:
        found = conversations.visible(session, conversation_id, who)
        if found.owner_id != who.id or found.state != State.OFFICER.value:
            raise ConflictError(_NOT_YOURS)
        is_open = conversations.window_open(found, moment)
        metadata: dict[str, Any] = {"petugas": who.name}
        data: dict[str, Any] = {}
        if kept is not None:
            metadata["lampiran"] = asdict(kept)
            data = attachments.bot_data(kept, _file_address(request, kept.name))
        rasa_outbox.say(session, found, words, moment, metadata, hold=not is_open, **data)
        handover.apply(session, found, Event.OFFICER_WROTE, moment=moment, actor=acting(who))
        if not is_open:
            found.due_at = None  # nobody can be expected to answer a message not yet delivered
        _note(session, who, found, "attachment_sent" if kept else "replied")
        conversations.mark_read(session, found)
    if is_open:
        later.add_task(rasa_outbox.deliver, store, rasa(request), conversation_id)
    else:
        shared_call_back(request, who, conversation_id)
    return _taken(request, conversation_id, "replied")


@routes.post("/conversations/{conversation_id}/call")
def call_back(request: Request, who: Talker, conversation_id: int) -> Response:
    """Ask the citizen once more to write again: the 24 hours are over."""
    shared_call_back(request, who, conversation_id)
    return see(_address(conversation_id))


@routes.post("/conversations/{conversation_id}/note")
def note(
    request: Request, who: Talker, conversation_id: int, text: Annotated[str, Form()] = ""
) -> Response:
    """Write an internal note."""
    if not text.strip():
        raise DeskError("Catatannya masih kosong.")
    with database(request).writing() as session:
        found = conversations.visible(session, conversation_id, who)
        written = conversations.add_note(session, found, who, text.strip())
        mentions.note(session, written, found)
        _note(session, who, found, "note_written")
    return _taken(request, conversation_id, "noted")


@routes.post("/conversations/{conversation_id}/labels")
def labels(
    request: Request, who: Talker, conversation_id: int, labels: Annotated[str, Form()] = ""
) -> Response:
    """Replace the labels."""
    with database(request).writing() as session:
        found = conversations.visible(session, conversation_id, who)
        chosen = conversations.set_labels(session, found, labels)
        _note(session, who, found, "labels_changed", ", ".join(chosen))
    return see(_same_view(request, conversation_id))


@routes.get("/media/{message_id}")
def media(request: Request, who: Talker, message_id: int) -> Response:
    """A file the citizen sent; who looked is noted."""
    with database(request).writing() as session:
        message = session.get(Message, message_id)
        if message is None or not who.sees(message.office):
            raise MissingError("Berkas itu tidak ada.")
        file_id = str((message.details.get("media") or {}).get("id", ""))
        found = conversations.visible(session, message.conversation_id, who)
        _note(session, who, found, "media_seen")
    if not file_id.isalnum():
        raise MissingError("Berkas itu tidak ada.")
    return sent_by_citizen(request, file_id)


@routes.get("/files/{name}", dependencies=[PUBLIC])
def sent_file(request: Request, name: str) -> Response:
    """A file an officer sent, for the channel and WhatsApp: its name is the secret."""
    return FileResponse(attachments.find(files(request), name))


def _act(
    request: Request,
    who: Principal,
    conversation_id: int,
    later: BackgroundTasks,
    event: Event,
    audited: str,
    *,
    summary: str = "",
) -> Response:
    store = database(request)
    with store.writing() as session:
        found = conversations.visible(session, conversation_id, who)
        if event is not Event.TAKE:
            conversations.check_mine(found, who)
        handover.apply(
            session, found, event, moment=clock.now(), actor=acting(who), summary=summary
        )
        _note(session, who, found, audited)
    later.add_task(rasa_outbox.deliver, store, rasa(request), conversation_id)
    return see(_address(conversation_id))


def _taken(request: Request, conversation_id: int, news: str) -> Response:
    """The page refreshes itself at this news; without scripts it is shown anew."""
    if is_fragment(request):
        return Response(status_code=204, headers={"HX-Trigger": news})
    return see(_same_view(request, conversation_id))


def _same_view(request: Request, conversation_id: int) -> str:
    """The conversation with the group of the list that stood beside it."""
    before = parse_qs(urlsplit(request.headers.get("referer", "")).query)
    view = next(iter(before.get("view", ())), "")
    return _address(conversation_id, view if view in inbox.VIEWS else "mine")


def _colleague(session: Session, found: Conversation, user_id: int) -> User:
    for user in accounts.colleagues(session, found.office):
        if user.id == user_id:
            return user
    raise MissingError("Petugas itu tidak bertugas di kantor ini.")


def _kept(request: Request, file: UploadFile | None) -> attachments.Attachment | None:
    if file is None or not file.filename:
        return None
    content = file.file.read(attachments.DOCUMENT_LIMIT + 1)
    return attachments.keep(files(request), content, file.filename)


def _check_words(words: str, kept: attachments.Attachment | None) -> None:
    if not words and kept is None:
        raise DeskError("Balasannya masih kosong.")
    limit = limits.CAPTION if kept and kept.kind == "image" else limits.TEXT_BODY
    if limits.length(words) > limit:
        raise DeskError(f"Balasan terlalu panjang: paling banyak {limit} huruf.")


def _file_address(request: Request, name: str) -> str:
    return f"{configured(request).backend_url.rstrip('/')}/desk/files/{name}"


def _address(conversation_id: int, view: str = "mine") -> str:
    return f"/desk/conversations/{conversation_id}?view={view}#newest"


def _note(
    session: Session, who: Principal, found: Conversation, action: str, detail: str = ""
) -> None:
    audit.write(session, who.login, action, f"percakapan {found.id}", detail, found.office)
