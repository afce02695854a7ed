"""Registrations in the format of earlier gateways: `#NAMA#TGLLAHIR#TGLDATANG`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class TypedWish:
    """A registration in the format of earlier gateways."""

    name: str
    day: date


def old_format(text: str) -> TypedWish | None:
    """`#NAMA#TGLLAHIR#TGLDATANG` with dates as DDMMYYYY (fact nop_antrean_2017); None if it is not.

    The birth date is not needed any more and is forgotten.
    """
    found = _OLD_FORMAT.match(text.strip())
    if found is None:
        return None
    try:
        day = datetime.strptime(re.sub(r"\D", "", found["day"]), "%d%m%Y").date()
    except ValueError:
        return None
    return TypedWish(" ".join(found["name"].split()).title(), day)


_DATE = r"\s*\d[\d ./-]{6,10}\d\s*"
_OLD_FORMAT = re.compile(
    rf"^#?(?P<name>[^#\d]{{2,60}})#{_DATE}#(?P<day>{_DATE})(?:#[^#]{{0,30}})?$"
)
