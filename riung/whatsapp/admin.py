"""The channel's API for the desk, the backend and its scheduled work (bearer `RIUNG_API_KEY`).

    POST   /send                  queue a message; template or free text by the 24-hour window
    GET    /outbox?conversation=  what became of a conversation's messages
    GET    /outbox?state=failed   messages of a state, with the reason in an officer's words
    POST   /outbox/<id>/resend    send a failed message again
    GET    /media/<id>            a citizen's file, fetched from Meta when it is first asked for
    DELETE /conversations/<id>    forget a citizen
    GET    /billing?month=        what was delivered and billed, by office and price class
    GET    /numbers               pace and stops of our numbers
    POST   /numbers/resume        go on after the cause of a stop is mended

Errors are problem documents (RFC 9457) with a stable `code`.
"""

from __future__ import annotations

import hmac
import json as json_module
from collections.abc import Callable, Coroutine
from functools import partial, wraps
from typing import Any
from urllib.parse import unquote

import sqlalchemy as sa
from pydantic import BaseModel, Extra, Field, ValidationError, root_validator
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty, file, json
from sqlalchemy.engine import Connection

from riung import conversation_id as names
from riung.localized import LANGUAGE, Value
from riung.office import offices
from riung.whatsapp import identity, inbox, outbox
from riung.whatsapp.bubble import Bubble, Draft
from riung.whatsapp.graph import GraphError
from riung.whatsapp.group_commit import StoreError
from riung.whatsapp.outbox import ALL_NUMBERS, Kind, OutboxMessage, ReplyTo
from riung.whatsapp.runtime import WhatsAppService
from riung.whatsapp.tables import billing
from riung.whatsapp.turns import language_of

Handler = Callable[..., Coroutine[Any, Any, HTTPResponse]]


class ProblemError(Exception):
    """Answered as a problem document."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        self.status, self.code, self.detail = status, code, detail
        super().__init__(code)

    def response(self) -> HTTPResponse:
        """The error as a problem document (RFC 9457)."""
        body = {"title": self.code, "status": self.status, "code": self.code, "detail": self.detail}
        return json(body, status=self.status, content_type="application/problem+json")


class TemplateRequest(BaseModel, extra=Extra.forbid, allow_mutation=False):
    """A template of `kalimat/templat.yml` and its variables."""

    name: str
    variables: dict[str, Value] = {}


class SendRequest(BaseModel, extra=Extra.forbid, allow_mutation=False):
    """A message to a citizen from outside a turn; `to` is a conversation, a person or a number."""

    to: str = Field(..., min_length=1, max_length=140)
    key: str = Field(..., min_length=1, max_length=190)
    kind: Kind = "bulk"
    office: str | None = None
    phone_number_id: str | None = None
    text: str = ""
    buttons: list[dict[str, str]] = []
    image: str = ""
    template: TemplateRequest | None = None

    @root_validator(skip_on_failure=True)
    def _says_something(cls, values: dict[str, Any]) -> dict[str, Any]:
        if not (values["text"] or values["image"] or values["template"]):
            raise ValueError("text, image or template is needed")
        return values


class AdminApi:
    """The handlers; each gets the running service."""

    def __init__(self, service: Callable[[], WhatsAppService], api_key: str) -> None:
        self._service, self._api_key = service, api_key

    def guarded(self, handler: Handler) -> Handler:
        """A handler that runs only with the key, and answers a `ProblemError` as its document."""

        @wraps(handler)
        async def guarded(request: Request, **path: str) -> HTTPResponse:
            try:
                self._check_key(request)
                return await handler(request, **path)
            except ProblemError as problem:
                return problem.response()
            except StoreError:
                return ProblemError(503, "store_unavailable", "Try again later.").response()

        return guarded

    def _check_key(self, request: Request) -> None:
        given = (request.headers.get("Authorization") or "").encode("utf-8", "surrogateescape")
        wanted = f"Bearer {self._api_key}".encode()
        if not self._api_key or not hmac.compare_digest(given, wanted):
            raise ProblemError(401, "unauthorized", "Send Authorization: Bearer <RIUNG_API_KEY>.")

    async def send(self, request: Request) -> HTTPResponse:
        """Queue a message; a known `key` is answered the same and queues nothing."""
        service, wanted = self._service(), _send_request(request)
        _check_template(service, wanted)
        chat = await service.store.run(partial(_chat_of, wanted=wanted, service=service))
        language = await language_of(service.dialogue, names.conversation_id(*chat))
        work = partial(_enqueue, chat=chat, language=language, wanted=wanted, service=service)
        message_id = await service.store.run(work)
        service.sender.wake(chat, wanted.kind)
        return json({"id": message_id, "conversation_id": names.conversation_id(*chat)}, status=202)

    async def messages(self, request: Request) -> HTTPResponse:
        """The newest messages of a state (default: failed messages), or of a conversation."""
        service, state = self._service(), request.args.get("state", "failed")
        limit = min(max(_whole_number(request.args.get("limit"), 100), 1), 500)
        work = partial(outbox.by_state, state=state, limit=limit)
        if conversation := request.args.get("conversation"):
            chat = (names.person_of(conversation), names.number_of(conversation))
            work = partial(outbox.of_chat, chat=chat, limit=limit)
        messages = await service.store.run(work)
        return json({"messages": [_shown(message, service) for message in messages]})

    async def resend(self, request: Request, message_id: str) -> HTTPResponse:
        """Send a failed message again."""
        service = self._service()
        message = await service.store.run(partial(outbox.find, message_id=int(message_id)))
        if message is None:
            raise ProblemError(404, "message_not_found", "There is no such message.")
        work = partial(outbox.send_again, message=message, now=service.now())
        if not await service.store.run(work):
            raise ProblemError(409, "message_not_failed", "Only a failed one can be sent again.")
        service.sender.wake((message.conversation_id, message.phone_number_id), message.kind)
        return json({"id": message.id}, status=202)

    async def media(self, request: Request, file_id: str) -> HTTPResponse:
        """A citizen's file; never rendered as a page by the browser that gets it."""
        try:
            found = await self._service().media.get(file_id)
        except GraphError as error:
            raise ProblemError(
                502, "media_unreachable", "Meta could not be asked; try again."
            ) from error
        if found is None:
            raise ProblemError(404, "media_not_found", "There is no such file.")
        if found.state != "stored":
            raise ProblemError(
                410, f"media_{found.state}", f"The file was not kept: {found.reason}."
            )
        headers = {
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "private, no-store",
        }
        return await file(found.path, mime_type=found.mime_type, headers=headers)

    async def forget(self, request: Request, conversation_id: str) -> HTTPResponse:
        """Delete a citizen's traces in the channel and in the transcript."""
        await self._service().forget(names.person_of(unquote(conversation_id)))
        return empty(204)

    async def billed(self, request: Request) -> HTTPResponse:
        """Delivered messages by month, office, number and price class."""
        month = request.args.get("month")
        query = sa.select(billing).order_by(billing.c.month.desc(), billing.c.office)
        if month:
            query = query.where(billing.c.month == month)
        rows = await self._service().store.run(lambda connection: connection.execute(query).all())
        return json({"billing": [dict(row._mapping) for row in rows]})

    async def numbers(self, request: Request) -> HTTPResponse:
        """Each number's queue, and why it was stopped."""
        service = self._service()
        names = {*service.sender.lanes, *service.sender.stops} - {ALL_NUMBERS}
        return json({"numbers": [_number(name, service) for name in sorted(names)]})

    async def resume(self, request: Request) -> HTTPResponse:
        """Let stopped numbers send again, once the cause is mended."""
        await self._service().sender.resume_sending()
        await self._service().sender.release_held()
        return json({"resumed": True})


def add_admin_routes(
    routes: Blueprint, service: Callable[[], WhatsAppService], api_key: str
) -> None:
    """Add the API's routes to the channel's blueprint."""
    api = AdminApi(service, api_key)
    for method, path, handler in (
        ("POST", "/send", api.send),
        ("GET", "/outbox", api.messages),
        ("POST", "/outbox/<message_id:int>/resend", api.resend),
        ("GET", "/media/<file_id:str>", api.media),
        ("DELETE", "/conversations/<conversation_id:str>", api.forget),
        ("GET", "/billing", api.billed),
        ("GET", "/numbers", api.numbers),
        ("POST", "/numbers/resume", api.resume),
    ):
        routes.add_route(api.guarded(handler), path, methods=[method])


def _whole_number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else default


def _send_request(request: Request) -> SendRequest:
    try:
        return SendRequest(**json_module.loads(request.body))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ProblemError(422, "invalid_request", f"{where}: {first['msg']}") from error
    except (ValueError, TypeError) as error:
        raise ProblemError(400, "invalid_json", "The body must be a JSON object.") from error


def _check_template(service: WhatsAppService, wanted: SendRequest) -> None:
    if wanted.template is None:
        return
    template = service.templates.get(wanted.template.name)
    if template is None:
        known = ", ".join(service.templates)
        raise ProblemError(
            422, "template_unknown", f"There is no such template; known are: {known}."
        )
    missing = set(template.variables) ^ set(wanted.template.variables)
    if missing:
        names = ", ".join(sorted(missing))
        raise ProblemError(422, "template_variables", f"Variables missing or not known: {names}.")


def _chat_of(
    connection: Connection, wanted: SendRequest, service: WhatsAppService
) -> tuple[str, str]:
    """The person and the number of ours."""
    contact = identity.contact_for_address(connection, names.person_of(wanted.to))
    return contact.conversation_id, _number_for(
        connection, wanted, contact.conversation_id, service
    )


def _enqueue(
    connection: Connection,
    chat: tuple[str, str],
    language: str,
    wanted: SendRequest,
    service: WhatsAppService,
) -> int:
    draft = Draft()
    draft.add({"text": wanted.text, "buttons": wanted.buttons, "image": wanted.image})
    bubbles: list[Bubble] = draft.bubbles()
    template = {**wanted.template.dict(), LANGUAGE: language} if wanted.template else None
    if wanted.template and not bubbles:
        known = service.templates[wanted.template.name]
        bubbles = [known.bubble(wanted.template.variables, language)]
    key = f"api:{wanted.key}"
    reply_to, now = ReplyTo(*chat), service.now()
    outbox.enqueue(connection, reply_to, bubbles, now, wanted.kind, template, key)
    return outbox.id_of(connection, key)


def _number_for(
    connection: Connection, wanted: SendRequest, conversation_id: str, service: WhatsAppService
) -> str:
    """The number asked for, the office's that the citizen knows, or its first; where the office has
    none, as one whose places are booked through another, that which the citizen wrote to last.
    """
    if asked := wanted.phone_number_id or names.number_of(wanted.to):
        if service.office_of(asked) is None:
            raise ProblemError(422, "number_unknown", "No office has this phone_number_id.")
        return asked
    office_id = wanted.office or offices.default_office().id
    written_to = inbox.numbers_of(connection, conversation_id)
    for known in written_to:
        office = service.office_of(known)
        if office and office.id == office_id:
            return known
    numbers = _numbers_of(office_id, service)
    if not numbers and office_id in offices.offices():
        numbers = tuple(written_to)
    if not numbers:
        raise ProblemError(
            422, "office_without_number", f"Office {office_id} has no WhatsApp number."
        )
    return numbers[0]


def _numbers_of(office_id: str, service: WhatsAppService) -> tuple[str, ...]:
    office = offices.offices().get(office_id)
    demo = service.office_of(offices.DEMO_PHONE_NUMBER_ID)
    if office and not office.whatsapp.phone_number_ids and demo and demo.id == office_id:
        return (offices.DEMO_PHONE_NUMBER_ID,)
    return office.whatsapp.phone_number_ids if office else ()


def _shown(message: OutboxMessage, service: WhatsAppService) -> dict[str, Any]:
    rule = service.rules[message.error_code] if message.error_code else None
    return {
        "id": message.id,
        "key": message.key,
        "wamid": message.wamid,
        "asked_wamid": message.asked_wamid,
        "conversation_id": names.conversation_id(message.conversation_id, message.phone_number_id),
        "phone_number_id": message.phone_number_id,
        "kind": message.kind,
        "state": message.state,
        "text": message.bubble.text if message.bubble else "",
        "template": message.template["name"] if message.template else None,
        "created_at": message.created_at,
        "error_code": message.error_code,
        "reason": rule.officer if rule else None,
    }


def _number(phone_number_id: str, service: WhatsAppService) -> dict[str, Any]:
    lane, office = service.sender.lane(phone_number_id), service.office_of(phone_number_id)
    return {
        "phone_number_id": phone_number_id,
        "office": office.id if office else None,
        "queued": lane.queued,
        "stopped": lane.stopped,
        "reason": service.rules[lane.stopped].officer if lane.stopped else None,
    }
