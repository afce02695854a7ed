"""How a page of the desk is made: templates, their helpers, headers, and errors as pages."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import structlog
from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.routing import APIRoute
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException

from riung import clock, formatting
from riung.backend.problems import Problem
from riung.channel_client import ChannelError, ChannelRefusedError, NotKeptError
from riung.desk.access import (
    ROLE_NAMES,
    DeskError,
    LoginNeededError,
    MissingError,
    PasswordChangeNeededError,
    Principal,
    Right,
    UnavailableError,
)

log = structlog.get_logger()

HERE = Path(__file__).parent
STATIC = HERE / "static"

HEADERS = {
    # No inline scripts or styles anywhere: everything comes from our own static files.
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data: blob:; media-src 'self'; object-src 'none'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}

NEEDS_MODULE = {
    "complaints": "complaints",
    "counter": "whatsapp_queue",
    "visits": "home_visits",
    "seats": "seat_visits",
}
"""Page → the switch of the service without which no office of the person needs it."""

NAVIGATION: tuple[tuple[str, str, str, Right], ...] = (
    ("inbox", "/desk", "Percakapan", Right.TALK),
    ("complaints", "/desk/complaints", "Pengaduan", Right.COMPLAINTS),
    ("counter", "/desk/counter", "Loket", Right.COUNTER),
    ("visits", "/desk/visits", "Kunjungan", Right.CASES),
    ("seats", "/desk/seats", "Sambang", Right.CASES),
    ("announcements", "/desk/announcements", "Pengumuman", Right.ANNOUNCE),
    ("imports", "/desk/imports", "Impor status", Right.IMPORT),
    ("review", "/desk/review", "Ulas pesan", Right.TRAIN),
    ("question", "/desk/questions/new", "Pertanyaan baru", Right.TRAIN),
    ("workshop", "/desk/workshop", "Draf dan versi", Right.TRAIN),
    ("reports", "/desk/reports", "Laporan", Right.REPORTS),
    ("facts", "/desk/facts", "Fakta", Right.ACCOUNT),
    ("audit", "/desk/audit", "Jejak audit", Right.AUDIT),
    ("users", "/desk/users", "Akun", Right.USERS),
)
"""Page, address, label and the right that shows it."""


class DeskRoute(APIRoute):
    """A route whose errors are pages for people, and whose answers carry the safety headers."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap FastAPI's handler."""
        handle = super().get_route_handler()

        async def with_pages(request: Request) -> Response:
            try:
                response = await handle(request)
            except DeskError as error:
                response = error_page(request, error)
            except ChannelError as error:
                response = error_page(request, _channel_trouble(error))
            except RequestValidationError:
                response = error_page(request, DeskError("Isian tidak lengkap atau salah bentuk."))
            except OperationalError as error:
                log.error("desk.database_unavailable", error=type(error).__name__)
                response = error_page(request, _DatabaseAwayError(_DATABASE_AWAY))
            except (HTTPException, Problem):
                raise  # the application's own handlers know these
            except Exception:
                log.exception("desk.page_failed", path=request.url.path)
                response = error_page(request, _PageFailedError(_PAGE_FAILED))
            for name, value in HEADERS.items():
                response.headers.setdefault(name, value)
            return response

        return with_pages


_CHANNEL_AWAY = "Saluran WhatsApp sedang tidak bisa dihubungi. Coba lagi sebentar lagi."
_CHANNEL_REFUSED = "Saluran WhatsApp menolak permintaan ini."
_FILE_GONE = "Berkas ini tidak disimpan lagi, atau ditolak karena jenis atau ukurannya."


def _channel_trouble(error: ChannelError) -> DeskError:
    """What the officer reads when the channel did not do it."""
    if isinstance(error, NotKeptError):
        return MissingError(_FILE_GONE)
    refused = isinstance(error, ChannelRefusedError)
    return UnavailableError(_CHANNEL_REFUSED if refused else _CHANNEL_AWAY)


_DATABASE_AWAY = "Basis data sedang tidak bisa dihubungi. Coba lagi beberapa detik lagi."


_PAGE_FAILED = "Halaman ini gagal dibuat; kesalahannya sudah tercatat. Beri tahu pengelola sistem."


class _PageFailedError(DeskError):
    status = DeskError.status.INTERNAL_SERVER_ERROR
    title = "Ada kesalahan di sistem"


class _DatabaseAwayError(DeskError):
    status = DeskError.status.SERVICE_UNAVAILABLE
    title = "Gangguan sementara"


def router(prefix: str = "/desk") -> APIRouter:
    """A router for pages."""
    return APIRouter(prefix=prefix, route_class=DeskRoute, include_in_schema=False)


def render(
    request: Request,
    template: str,
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
    **values: Any,
) -> HTMLResponse:
    """Fill a template for whoever is logged in."""
    who: Principal | None = getattr(request.state, "principal", None)
    shown = [item[:3] for item in NAVIGATION if who and _is_shown(item[0], item[3], who)]
    values.setdefault("home", home(who) if who else "/desk")
    text = (
        templates()
        .get_template(template)
        .render(request=request, who=who, navigation=shown, **values)
    )
    return HTMLResponse(text, status_code=status, headers=headers)


def _is_shown(page: str, right: Right, who: Principal) -> bool:
    """Whether the person may see the page, and an office of theirs offers what it is for."""
    module = NEEDS_MODULE.get(page)
    offered = module is None or any(getattr(one.modul, module) for one in who.visible_offices())
    return offered and who.may(right)


def home(who: Principal) -> str:
    """The first page somebody may see: a trainer has no inbox."""
    mine = (address for page, address, _, right in NAVIGATION if _is_shown(page, right, who))
    return next(mine, "/desk/account")


def see(address: str) -> RedirectResponse:
    """After a form was taken: show the page at `address`."""
    return RedirectResponse(address, status_code=303)


def error_page(request: Request, error: DeskError) -> Response:
    """The error as a page, or as a line for htmx to show in a corner; nothing is kept."""
    request.state.failed = True
    if isinstance(error, LoginNeededError):
        return _to_login(request)
    if isinstance(error, PasswordChangeNeededError) and request.method == "GET":
        return see("/desk/account")
    if is_fragment(request):
        return HTMLResponse(
            templates().get_template("_error.html").render(error=error), status_code=error.status
        )
    return render(request, "error.html", status=error.status, error=error, page="")


def _to_login(request: Request) -> Response:
    """The login, which leads back to the page that was open; its script keeps what was typed."""
    came_from = urlsplit(request.headers.get("referer", "")).path
    is_page = request.method == "GET" and not is_fragment(request)
    path = request.url.path if is_page else came_from if came_from.startswith("/desk") else "/desk"
    address = "/desk/login" if path == "/desk" else f"/desk/login?next={path}"
    if is_fragment(request):
        return Response(status_code=401, headers={"HX-Redirect": address})
    return see(address)


def is_fragment(request: Request) -> bool:
    """Whether the page's own script asks, and takes a part of a page."""
    return request.headers.get("HX-Request") == "true"


@lru_cache(maxsize=1)
def templates() -> Environment:
    """The Jinja environment: escaping on, an unknown name is an error."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        moment=partial(formatting.say_moment, language="id"),
        day=partial(formatting.say_date, language="id"),
        short_day=partial(formatting.say_day, language="id"),
        clock=say_clock,
        near=say_near,
        near_or_later=say_near_or_later,
        ago=say_ago,
        number=say_number,
        minutes=say_minutes,
        duration=say_duration,
        group4=formatting.group4,
        whatsapp=mark_up,
        marked=mark_words,
    )
    environment.globals.update(
        static=static_address, role_names=ROLE_NAMES, Right=Right, WIB=clock.WIB
    )
    return environment


def say_clock(moment: datetime, zone: ZoneInfo = clock.WIB) -> str:
    """`10.12`."""
    return formatting.say_time(moment, zone).split(" ")[0]


def say_near(moment: datetime, zone: ZoneInfo = clock.WIB) -> str:
    """The shortest clear form for a list: `10.12` today, `kemarin`, `20/11` or `20/11/25`."""
    local, today = moment.astimezone(zone), clock.today(zone)
    days = (today - local.date()).days
    if days == 0:
        return local.strftime("%H.%M")
    if days == 1:
        return "kemarin"
    return local.strftime("%d/%m" if local.year == today.year else "%d/%m/%y")


def say_near_or_later(moment: datetime, zone: ZoneInfo = clock.WIB) -> str:
    """A moment to come in few words: `10.12` today, else `30/11 08.00`."""
    local = moment.astimezone(zone)
    is_today = local.date() == clock.today(zone)
    return local.strftime("%H.%M" if is_today else "%d/%m %H.%M")


_BOLD = re.compile(r"(?<![*\w])\*(?!\s)([^*\n]{1,200}?)(?<!\s)\*(?![*\w])")


def mark_up(text: str) -> Markup:
    """WhatsApp's `*bold*` as the citizen sees it; everything else stays text."""
    return Markup(_BOLD.sub(r"<strong>\1</strong>", str(escape(text))))  # noqa: S704 (escaped)


def mark_words(text: str, words: Sequence[str]) -> Markup:
    """A text with the words that were searched for marked, wherever a word begins with one."""
    if not words:
        return escape(text)
    wanted = re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})", re.IGNORECASE)
    parts, end = [], 0
    for found in wanted.finditer(text):
        parts += [escape(text[end : found.start()]), Markup("<mark>%s</mark>") % found[0]]
        end = found.end()
    return Markup("").join([*parts, escape(text[end:])])


def say_ago(moment: datetime) -> str:
    """How long ago, in one unit: `3 menit`, `2 jam`, `4 hari`."""
    minutes = max(int((clock.now() - moment).total_seconds() // 60), 0)
    if minutes < 1:
        return "baru saja"
    if minutes < 60:
        return f"{minutes} menit"
    return f"{minutes // 60} jam" if minutes < 48 * 60 else f"{minutes // 1440} hari"


def say_number(value: float | None, digits: int = 0) -> str:
    """`13.284`, `4,2`; a dash for what is not known."""
    if value is None:
        return "–"
    return f"{value:,.{digits}f}".translate(str.maketrans(",.", ".,"))


def say_minutes(minutes: float) -> str:
    """About how long: `kira-kira 4 menit`; never none at all."""
    return "kurang dari 1 menit" if minutes < 1 else f"kira-kira {say_number(minutes)} menit"


def say_duration(minutes: float | None) -> str:
    """`4,2 menit`; never none at all, and a dash for what is not known."""
    if minutes is None:
        return "–"
    return "< 1 menit" if minutes < 1 else f"{say_number(minutes, 1)} menit"


@lru_cache(maxsize=64)
def static_address(name: str) -> str:
    """The address of a static file, with its content's hash, so that browsers keep it for good."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
    return f"/desk/static/{name}?v={digest}"
