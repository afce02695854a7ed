"""A stand-in for Meta's Graph API: checks what the channel sends and answers as Meta does.

`WHATSAPP_GRAPH_URL` points at `/simulator/graph/<version>` in demo mode (Meta §5, §7, §8).
"""

from __future__ import annotations

import asyncio
import hmac
import json
import time
from typing import Annotated, Any

import filetype
from fastapi import APIRouter, Depends, File, Form, Request, Response, UploadFile
from fastapi.responses import JSONResponse

from riung.settings import Settings
from riung.simulator.checks import GraphError, check_message, check_product
from riung.simulator.script import Line, lines, script
from riung.simulator.simulator import Simulator
from riung.simulator.template_registry import fill, registered_templates
from riung.simulator.trace import Trace

Json = dict[str, Any]

SLOW = 8.0
"""Seconds a provoked slow answer takes: to be noticed, yet shorter than most time-outs."""

MEGABYTE = 1024 * 1024

MAX_UPLOAD = {"image/jpeg": 5, "image/png": 5, "application/pdf": 16}
"""MB by type. Meta takes documents up to 100 MB; the simulator keeps files in memory."""

router = APIRouter(prefix="/graph/{version}", include_in_schema=False)


def simulator_of(request: Request) -> Simulator:
    """The simulator of the app that serves this request, made at the first one."""
    state = request.app.state
    if not hasattr(state, "simulator"):
        config = state.settings
        state.simulator = Simulator(script(), lines(), config)
    found: Simulator = state.simulator
    return found


Play = Annotated[Simulator, Depends(simulator_of)]


@router.post("/{phone_number_id}/messages")
async def messages(phone_number_id: str, request: Request, play: Play) -> Response:
    """Send a message, mark one as read, or show the typing indicator."""
    began = time.monotonic()
    raw = await request.body()
    try:
        _check_token(request, play.config)
        answer, status = await _handle(play, _line(play, phone_number_id), _parse(raw)), 200
    except GraphError as error:
        answer, status = error.as_json(), error.http
    text = raw.decode("utf-8", "replace")
    headers = {"Authorization": "Bearer ••••••", "Content-Type": "application/json"}
    seconds = time.monotonic() - began
    play.record(
        Trace.of("graph", str(request.url), headers, text, status, json.dumps(answer), seconds)
    )
    return JSONResponse(answer, status)


@router.post("/{phone_number_id}/media")
async def upload(
    phone_number_id: str,
    request: Request,
    play: Play,
    file: Annotated[UploadFile, File()],
    messaging_product: Annotated[str, Form()] = "",
) -> Response:
    """Take a file for a later send; answers its id."""
    try:
        _check_token(request, play.config)
        _line(play, phone_number_id)
        check_product({"messaging_product": messaging_product})
        content = await read_file(file)
        kind = check_file(content)
    except GraphError as error:
        return JSONResponse(error.as_json(), error.http)
    return JSONResponse({"id": play.keep_file(content, kind, file.filename or "berkas").id})


@router.get("/{object_id}")
async def describe(object_id: str, request: Request, play: Play) -> Response:
    """What a media id or a phone number id stands for."""
    try:
        _check_token(request, play.config)
        if object_id in play.lines:
            line = play.lines[object_id]
            return JSONResponse(
                {
                    "id": object_id,
                    "display_phone_number": line.display_phone_number,
                    "verified_name": line.nama,
                    "quality_rating": "GREEN",
                }
            )
        found = play.files.get(object_id)
        if found is None:
            raise _unknown(object_id)
    except GraphError as error:
        return JSONResponse(error.as_json(), error.http)
    return JSONResponse(
        {
            "messaging_product": "whatsapp",
            "url": play.download_url(object_id),
            "mime_type": found.mime_type,
            "sha256": found.sha256,
            "file_size": len(found.content),
            "id": object_id,
        }
    )


@router.get("/{media_id}/download")
async def download(media_id: str, request: Request, play: Play) -> Response:
    """The bytes of a file; needs the token, as Meta's addresses do (Meta §5)."""
    try:
        _check_token(request, play.config)
        found = play.files.get(media_id)
        if found is None:
            raise GraphError(100, "The file is not here any more.", http=404)
    except GraphError as error:
        return JSONResponse(error.as_json(), error.http)
    return Response(found.content, media_type=found.mime_type)


async def read_file(file: UploadFile) -> bytes:
    """The content, read only as far as is needed to see that it is too large."""
    return await file.read(max(MAX_UPLOAD.values()) * MEGABYTE + 1)


def check_file(content: bytes) -> str:
    """The type of a file by its content.

    Raises:
        GraphError: 131053, the type is not taken or the file is too large.
    """
    kind = filetype.guess_mime(content[:8192]) or "text/plain"
    most = MAX_UPLOAD.get(kind)
    if most is None:
        raise GraphError(131053, f"Files of type {kind} are not taken.")
    if len(content) > most * MEGABYTE:
        raise GraphError(131053, f"The file is larger than {most} MB.")
    return kind


async def _handle(play: Simulator, line: Line, body: object) -> Json:
    request = check_product(body)
    if request.get("status") == "read":
        typing = request.get("typing_indicator")
        if typing is not None and typing != {"type": "text"}:
            raise GraphError(131009, "typing_indicator.type must be text.")
        if not play.mark_read(str(request.get("message_id")), typing is not None):
            raise GraphError(131009, "message_id is not a message this number received.")
        return {"success": True}
    return await _send(play, line, check_message(request))


async def _send(play: Simulator, line: Line, request: Json) -> Json:
    number, user_id = request.get("to"), request.get("recipient")
    chat = play.addressee(line, number, user_id)
    if chat is None:
        return _accepted(request, play.accept_lost(line, number, user_id).id)
    kind = request.get("type", "text")
    media = request[kind].get("id")
    if media is not None and media not in play.files:
        raise GraphError(131009, "The media id is not known.")
    shown = fill(registered_templates(), request) if kind == "template" else None
    fault = play.take_fault()
    if fault.cara == "jawaban":
        play.note(chat, play.play.kata["catatan_galat"].format(kode=fault.kode, http=fault.http))
        raise GraphError(fault.kode, fault.rincian, fault.http)
    if fault.cara == "lambat":
        await asyncio.sleep(SLOW * play.pace)
    return _accepted(request, play.accept(chat, request, fault, shown).id)


def _accepted(request: Json, message_id: str) -> Json:
    """The answer to a send: accepted, not delivered (Meta §7)."""
    number = request.get("to")
    contact = (
        {"input": number, "wa_id": number.lstrip("+")}
        if number
        else {"input": request["recipient"], "user_id": request["recipient"]}
    )
    return {
        "messaging_product": "whatsapp",
        "contacts": [contact],
        "messages": [{"id": message_id}],
    }


def _parse(raw: bytes) -> object:
    try:
        parsed: object = json.loads(raw)
    except ValueError as error:
        raise GraphError(100, "The body is not JSON.") from error
    return parsed


def _line(play: Simulator, phone_number_id: str) -> Line:
    line = play.lines.get(phone_number_id)
    if line is None:
        raise _unknown(phone_number_id)
    return line


def _unknown(object_id: str) -> GraphError:
    return GraphError(100, f"Object with ID '{object_id}' does not exist.")


def _check_token(request: Request, config: Settings) -> None:
    given = request.headers.get("authorization", "")
    wanted = f"Bearer {config.whatsapp_access_token}"
    known = bool(config.whatsapp_access_token)
    if not known or not hmac.compare_digest(given.encode(), wanted.encode()):
        raise GraphError(190, "", http=401)
