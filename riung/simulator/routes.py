"""The page `/simulator` and what it asks the server. Mounted by the backend in demo mode only."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import anyio
from fastapi import APIRouter, File, Request, Response, UploadFile
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates
from pydantic import BaseModel
from sse_starlette import EventSourceResponse

from riung.backend import problems
from riung.backend.demo import DemoApplication, demo_applications
from riung.backend.problems import Problem
from riung.clock import WIB, now
from riung.formatting import group4
from riung.simulator import graph
from riung.simulator.chats import Chat
from riung.simulator.checks import GraphError
from riung.simulator.graph import Play
from riung.simulator.message_content import Content, MediaContent, as_meta
from riung.simulator.recording import as_test, lines_of
from riung.simulator.simulator import Simulator

Json = dict[str, Any]

HERE = Path(__file__).parent

STOP_SECONDS = 2.0
"""How long a page's event stream may take to end when the server stops."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
    " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Content-Security-Policy: everything the page needs comes from this server."""

problems.register(
    {
        "chat_unknown": (404, "No such office number or citizen"),
        "fault_unknown": (404, "No such fault"),
        "file_gone": (410, "The file is not kept any more"),
        "file_refused": (415, "Files of this type or size are not taken"),
        "message_not_failed": (409, "Only a failed message can be sent again"),
    }
)

router = APIRouter(prefix="/simulator", include_in_schema=False)
router.include_router(graph.router)

_templates = Jinja2Templates(HERE / "templates")
_static = StaticFiles(directory=HERE / "static")


class ChatName(BaseModel):
    """Which chat: an office's number and a citizen."""

    phone_number_id: str
    citizen: str


class Writing(ChatName):
    """A message from a citizen."""

    content: Content
    reply_to: str | None = None


class FaultChoice(BaseModel):
    """What is to go wrong, for the next send only or until changed."""

    id: str
    once: bool = True


@router.get("")
async def page(request: Request, play: Play) -> Response:
    """The page."""
    context = {
        "play": play.play,
        "lines": list(play.lines.values()),
        "lines_json": [line.dict() for line in play.lines.values()],
        "spots": [spot.dict() for spot in play.play.tempat],
        "kata": play.play.kata,
        "groups": [group.dict() for group in play.play.coba],
        "applications": [_application(one) for one in demo_applications()],
    }
    response = _templates.TemplateResponse(request, "simulator.html", context)
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = "no-store"
    return response


@router.get("/static/{name:path}")
async def static(name: str, request: Request) -> Response:
    """Style, scripts and drawings of the page."""
    response = await _static.get_response(name, request.scope)
    response.headers["Cache-Control"] = "no-cache"
    return response


@router.get("/events")
async def events(play: Play) -> EventSourceResponse:
    """Everything that happens, as server-sent events; the first is a snapshot."""
    stopping = anyio.Event()
    return EventSourceResponse(
        play.feed.listen(play.snapshot, stopping),
        shutdown_event=stopping,
        shutdown_grace_period=STOP_SECONDS,
    )


@router.post("/messages", status_code=202)
async def write(writing: Writing, play: Play) -> Json:
    """A citizen sends a message."""
    chat = _chat(play, writing)
    content = writing.content
    file = None
    if isinstance(content, MediaContent):
        file = play.files.get(content.media.id)
        if file is None:
            raise Problem("file_gone", play.play.kata["berkas_hilang"])
    url = play.download_url(file.id) if file else ""
    return {"id": play.write(chat, as_meta(content, file, url), writing.reply_to).id}


@router.post("/messages/{message_id}/again", status_code=202)
async def write_again(message_id: str, name: ChatName, play: Play) -> Json:
    """Deliver a message once more that did not get through."""
    chat = _chat(play, name)
    bubble = chat.bubble(message_id)
    if bubble is None or bubble.by != "citizen" or bubble.status != "failed":
        raise Problem("message_not_failed", play.play.kata["tidak_bisa_diulang"])
    play.write_again(chat, bubble)
    return {"id": bubble.id}


@router.post("/media", status_code=201)
async def upload(file: Annotated[UploadFile, File()], play: Play) -> Json:
    """Take a picture or document for a message."""
    content = await graph.read_file(file)
    try:
        kind = graph.check_file(content)
    except GraphError as error:
        raise Problem("file_refused", play.play.kata["berkas_ditolak"]) from error
    kept = play.keep_file(content, kind, file.filename or "berkas")
    return {"id": kept.id, "mime_type": kind, "filename": kept.filename}


@router.get("/media/{media_id}")
async def media(media_id: str, play: Play) -> Response:
    """A file, for the page itself."""
    found = play.files.get(media_id)
    if found is None:
        raise Problem("file_gone", play.play.kata["berkas_hilang"])
    headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
    return Response(found.content, media_type=found.mime_type, headers=headers)


@router.get("/recording")
async def recording(phone_number_id: str, citizen: str, play: Play) -> Response:
    """The chat as a conversation test, to be kept in `tests/percakapan/`."""
    chat = _chat(play, ChatName(phone_number_id=phone_number_id, citizen=citizen))
    moment = now().astimezone(WIB)
    name = f"{chat.citizen.nama}, {moment:%d-%m-%Y %H.%M}"
    text = as_test(name, chat.line.office, moment, lines_of(chat))
    headers = {"Content-Disposition": f'attachment; filename="rekaman_{moment:%Y%m%d_%H%M}.yml"'}
    return Response(text, media_type="application/yaml", headers=headers)


@router.post("/read", status_code=204)
async def read(name: ChatName, play: Play) -> None:
    """The citizen has the chat on the screen."""
    play.look_at(_chat(play, name))


@router.post("/clear", status_code=204)
async def clear(name: ChatName, play: Play) -> None:
    """Empty a phone's display."""
    play.clear(_chat(play, name))


@router.put("/fault", status_code=204)
async def choose_fault(choice: FaultChoice, play: Play) -> None:
    """Choose what goes wrong."""
    fault = play.play.fault(choice.id)
    if fault is None:
        raise Problem("fault_unknown", play.play.kata["gangguan_tidak_dikenal"])
    play.set_fault(fault, choice.once)


def _application(application: DemoApplication) -> Json:
    shown = group4(application.number)
    return {"office": application.office, "label": application.label, "shown": shown}


def _chat(play: Simulator, name: ChatName) -> Chat:
    chat = play.chat(name.phone_number_id, name.citizen)
    if chat is None:
        raise Problem("chat_unknown", play.play.kata["chat_tidak_dikenal"])
    return chat
