"""The ticket as a picture with a QR code that the desk can read.

The channel fetches it by a signed address without a key, as Meta's servers would; the address can't
be guessed, and the picture holds no name.
"""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path
from typing import Any

import segno
from fastapi import APIRouter, Request, Response
from itsdangerous import BadSignature, URLSafeSerializer
from PIL import Image, ImageDraw, ImageFont
from pydantic import Field

from riung.backend.bookings.representation import ticket
from riung.backend.bookings.rescheduling import find_booking
from riung.backend.bookings.tables import Booking
from riung.backend.db import Reading
from riung.backend.problems import Problem
from riung.backend.quotas.rules import find_office
from riung.formatting import say_date, say_time
from riung.settings import ROOT, Settings
from riung.validation import Edited, read_as

WORDS_FILE = ROOT / "kalimat" / "gambar_antrean.yml"

WIDTH, HEIGHT = 720, 1080
"""Pixels; upright, so that it fills a phone's screen at the counter."""

QR_SCALE = 18
"""Pixels a module: a version 1 code becomes 486 pixels wide, read from an arm's length."""

INK, PAPER, SOFT = "#12263a", "#ffffff", "#5b6b7a"

router = APIRouter(tags=["bookings"])


@router.get("/antrean/{token}.png", response_class=Response, include_in_schema=False)
def get_picture(token: str, request: Request, session: Reading) -> Response:
    """The picture behind a signed address."""
    try:
        code = str(_signer(request.app.state.settings).loads(token))
    except BadSignature as error:
        raise Problem("booking_not_found", "Check the address.") from error
    content = draw(find_booking(session, code))
    return Response(content, media_type="image/png", headers={"Cache-Control": "private"})


def picture_link(settings: Settings, booking: Booking) -> str:
    """Where the picture of this booking is found."""
    return f"{settings.backend_url}/antrean/{_signer(settings).dumps(booking.code)}.png"


def draw(booking: Booking) -> bytes:
    """The picture as PNG: number, place, day, time, code and the code as QR."""
    words, told = _words(), ticket(booking)
    zone = find_office(booking.office).zone
    page = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(page)
    arrive = say_time(told["arrive_at"], zone)
    for top, size, ink, text in (
        (36, 34, SOFT, words["judul"]),
        (92, 30, SOFT, words["nomor"]),
        (130, 150, INK, str(booking.queue_number)),
        (312, 44, INK, told["place_name"]),
        (370, 38, INK, say_date(booking.date)),
        (422, 34, INK, f"{words['datang']} {arrive}"),
        (960, 46, INK, f"{words['kode']} {booking.code}"),
        (1024, 28, SOFT, words["kaki"]),
    ):
        pen.text((WIDTH / 2, top), text, fill=ink, font=_font(size), anchor="ma")
    code = _qr(booking.code)
    page.paste(code, ((WIDTH - code.width) // 2, 464))
    written = io.BytesIO()
    page.save(written, "PNG", optimize=True)
    return written.getvalue()


def _qr(code: str) -> Image.Image:
    drawn = io.BytesIO()
    segno.make(code, error="m", micro=False).save(drawn, kind="png", scale=QR_SCALE, border=3)
    return Image.open(drawn).convert("RGB")


@lru_cache(maxsize=16)
def _font(size: int) -> Any:
    """Pillow's own font, so that no system has to have one."""
    return ImageFont.load_default(size)


class PictureWords(Edited):
    """The words on the picture; none may be missing."""

    judul: str = Field(min_length=1, max_length=40)
    nomor: str = Field(min_length=1, max_length=40)
    kode: str = Field(min_length=1, max_length=40)
    datang: str = Field(min_length=1, max_length=40)
    kaki: str = Field(min_length=1, max_length=80)


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    return read_picture_words().dict()


def read_picture_words(path: Path = WORDS_FILE) -> PictureWords:
    """The file, typed.

    Raises:
        YamlError: with file, line and what to write instead.
    """
    return read_as(path, PictureWords)


def _signer(settings: Settings) -> URLSafeSerializer:
    return URLSafeSerializer(settings.hash_key, salt="riung.ticket-picture")
