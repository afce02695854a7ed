"""The ticket as a picture with a QR code that the desk can read.

The channel fetches it by a signed address without a key, as Meta's servers would; the address can't
be guessed, and the picture holds no name.
"""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Any

import segno
from fastapi import APIRouter, Request, Response
from itsdangerous import BadSignature, URLSafeSerializer
from PIL import Image, ImageDraw, ImageFont
from pydantic import validator

from riung import limits
from riung.backend.bookings.representation import ticket
from riung.backend.bookings.rescheduling import find_booking
from riung.backend.bookings.tables import Booking
from riung.backend.db import Reading
from riung.backend.problems import Problem
from riung.backend.quotas.rules import find_office
from riung.formatting import say_date, say_time
from riung.localized import Language, Localized
from riung.settings import Settings
from riung.validation import Edited, edited_file, read_as

WORDS_FILE = edited_file("kalimat/gambar_antrean.yml")

WIDTH, HEIGHT = 720, 1080
"""Pixels; upright, so that it fills a phone's screen at the counter."""

QR_SCALE = 18
"""Pixels a module: a version 1 code becomes 486 pixels wide, read from an arm's length."""

INK, PAPER, SOFT = "#12263a", "#ffffff", "#5b6b7a"

router = APIRouter(tags=["bookings"])


@router.get("/antrean/{token}.png", response_class=Response, include_in_schema=False)
def get_picture(
    token: str, request: Request, session: Reading, language: Language = "id"
) -> Response:
    """The picture behind a signed address."""
    try:
        code = str(_signer(request.app.state.settings).loads(token))
    except BadSignature as error:
        raise Problem("booking_not_found", "Check the address.") from error
    content = draw(find_booking(session, code), language)
    return Response(content, media_type="image/png", headers={"Cache-Control": "private"})


def picture_link(settings: Settings, booking: Booking) -> str:
    """Where the picture of this booking is found."""
    return f"{settings.backend_url}/antrean/{_signer(settings).dumps(booking.code)}.png"


def draw(booking: Booking, language: str) -> bytes:
    """The picture as PNG: number, place, day, time, code and the code as QR."""
    words, told = _words(), ticket(booking)
    zone = find_office(booking.office).zone
    page = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(page)
    arrive = say_time(told["arrive_at"], zone)
    for top, size, ink, text in (
        (36, 34, SOFT, words.judul.in_language(language)),
        (92, 30, SOFT, words.nomor.in_language(language)),
        (130, 150, INK, str(booking.queue_number)),
        (312, 44, INK, told["place_name"]),
        (370, 38, INK, say_date(booking.date, language)),
        (422, 34, INK, f"{words.datang.in_language(language)} {arrive}"),
        (960, 46, INK, f"{words.kode.in_language(language)} {booking.code}"),
        (1024, 28, SOFT, words.kaki.in_language(language)),
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


class Line(Localized):
    """What fits across the picture in large letters."""

    @validator("id", "en")
    def _fits(cls, text: str) -> str:
        return limits.fitting(text, 40)


class SmallLine(Localized):
    """What fits across it in small ones."""

    @validator("id", "en")
    def _fits(cls, text: str) -> str:
        return limits.fitting(text, 60)


class PictureWords(Edited):
    """The words on the picture; none may be missing."""

    judul: Line
    nomor: Line
    kode: Line
    datang: Line
    kaki: SmallLine


@lru_cache(maxsize=1)
def _words() -> PictureWords:
    return read_as(WORDS_FILE, PictureWords)


def _signer(settings: Settings) -> URLSafeSerializer:
    return URLSafeSerializer(settings.hash_key, salt="riung.ticket-picture")
