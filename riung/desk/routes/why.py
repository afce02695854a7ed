"""Why a message was answered as it was, and what should have been understood."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from fastapi import Form, Request, Response
from sqlalchemy import select

from riung.backend.db import Reading, database
from riung.desk import audit, intent_names, review
from riung.desk.access import (
    DeskError,
    MissingError,
    Principal,
    RefusedError,
    Trainer,
    UnavailableError,
)
from riung.desk.pages import render, router, see
from riung.desk.rasa_api import RasaError
from riung.desk.routes.dependencies import configured, rasa
from riung.desk.routes.review import choices, learn
from riung.desk.tables import Conversation, Message
from riung.desk.transcript import key_of, message_id_of
from riung.nlu.normalizer import normalizer
from riung.settings import EDITED
from riung.workshop.examples import examples, nearest
from riung.workshop.versions import working_folder
from riung.workshop.why import Explanation, explain
from riung.yaml_files import YamlError

routes = router()


@routes.get("/why")
def by_message_id(who: Trainer, session: Reading, id: str = "") -> Response:
    """The page of a message that WhatsApp knows by this id; the simulator leads here."""
    found = session.scalars(select(Message).where(Message.event_key == key_of(id))).first()
    if found is None or not who.sees(found.office):
        raise MissingError("Pesan itu belum sampai di meja, atau dijawab oleh draf.")
    return see(f"/desk/messages/{found.id}/why")


@routes.get("/messages/{message_id}/why")
def why_page(request: Request, who: Trainer, message_id: int) -> Response:
    """Words, parsers, meanings, rule, action and answer of one message."""
    return _page(request, who, message_id)


@routes.post("/messages/{message_id}/should")
def should(
    request: Request,
    who: Trainer,
    message_id: int,
    text: Annotated[str, Form(max_length=1000)] = "",
    intent: Annotated[str, Form(max_length=60)] = "",
) -> Response:
    """What it should have been understood as: an example and a test at once, in the draft."""
    _found(request, who, message_id)
    try:
        learn(_work(request), review.masked(text), intent, who.login)
    except (DeskError, YamlError) as error:
        return _page(request, who, message_id, error=str(error))
    offices = [office.id for office in who.visible_offices()]
    with database(request).writing() as session:
        review.mark(session, [message_id], offices, intent)
        audit.write(session, who.login, "message_reviewed", intent, f"pesan {message_id}")
    return _page(request, who, message_id, done=intent)


def _page(
    request: Request, who: Principal, message_id: int, error: str = "", done: str = ""
) -> Response:
    message, sender_id, name = _found(request, who, message_id)
    text = review.masked(message.text, name)
    work = _work(request)
    return render(
        request,
        "why.html",
        status=400 if error else 200,
        page="review",
        message=message,
        text=text,
        words=normalizer().line(text),
        why=_explained(request, sender_id, message),
        near=nearest(text, examples(work)),
        choices=choices(work),
        name=intent_names.name,
        error=error,
        done=done,
    )


def _explained(request: Request, sender_id: str, message: Message) -> Explanation | None:
    try:
        events = rasa(request).events(sender_id)
    except RasaError as error:
        raise UnavailableError("Bot sedang tidak bisa ditanya. Coba lagi sebentar.") from error
    return explain(events, message_id_of(message.event_key), EDITED)


def _found(request: Request, who: Principal, message_id: int) -> tuple[Message, str, str]:
    """The message, its conversation's name in Rasa, and who wrote it."""
    with database(request).reading() as session:
        message = session.get(Message, message_id)
        if message is None or not who.sees(message.office) or not message.text:
            raise MissingError("Pesan itu tidak ada.")
        if message.details.get(review.IN_FORM):
            raise RefusedError("Jawaban isian berisi data warga, dan tidak diperlihatkan di sini.")
        talk = session.get(Conversation, message.conversation_id)
        session.expunge_all()
        return message, talk.sender_id if talk else "", talk.name if talk else ""


def _work(request: Request) -> Path:
    return working_folder(configured(request))
