"""Weekdays, clock times, opening hours and breaks, as an office's file writes them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any, Literal

from pydantic import Field, root_validator

from riung.validation import Edited, EditError

Day = Literal["senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu"]
WEEKDAYS: tuple[str, ...] = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
"""Indonesian weekday names in the order of `date.weekday()`."""

CLOCK_TIME = r"^([01]\d|2[0-3]):[0-5]\d$"


class Break(Edited):
    """A pause inside opening hours, on the given weekdays."""

    hari: tuple[Day, ...]
    mulai: str = Field(regex=CLOCK_TIME)
    selesai: str = Field(regex=CLOCK_TIME)

    @root_validator(skip_on_failure=True)
    def _ends_after_it_began(cls, values: dict[str, Any]) -> dict[str, Any]:
        return in_order(values, "mulai", "selesai")


class Hours(Edited):
    """Opening hours of one service; `teks` is what the citizen reads.

    `contoh` marks hours that no source states and that the office has to confirm.
    """

    hari: tuple[Day, ...] = ()
    buka: str | None = Field(None, regex=CLOCK_TIME)
    tutup: str | None = Field(None, regex=CLOCK_TIME)
    istirahat: tuple[Break, ...] = ()
    teks: str
    contoh: bool = False

    @root_validator(skip_on_failure=True)
    def _opens_before_it_closes(cls, values: dict[str, Any]) -> dict[str, Any]:
        if bool(values["buka"]) != bool(values["tutup"]):
            raise ValueError("'buka' dan 'tutup' ditulis keduanya, atau tidak sama sekali")
        if values["buka"]:
            _check_breaks(in_order(values, "buka", "tutup"))
        return values


def in_order(values: dict[str, Any], start: str, end: str) -> dict[str, Any]:
    """The values, when the one clock time comes before the other.

    Raises:
        EditError: it does not; says what to write.
    """
    if values[start] >= values[end]:
        told = f"{start} {values[start]}, {end} {values[end]}"
        words = f"'{start}' harus lebih awal daripada '{end}' ({told}); tukar jamnya"
        raise EditError(words, start)
    return values


def _check_breaks(hours: dict[str, Any]) -> None:
    """Each break lies inside the hours, and no two at once."""
    for pause in hours["istirahat"]:
        if pause.mulai < hours["buka"] or pause.selesai > hours["tutup"]:
            inside = f"{hours['buka']}–{hours['tutup']}"
            told = f"istirahat {pause.mulai}–{pause.selesai} di luar jam {inside}"
            raise ValueError(f"{told}; tulis jam di dalamnya")
        _know_days(pause.hari, hours["hari"])
    for day in WEEKDAYS:
        pauses = sorted((p.mulai, p.selesai) for p in hours["istirahat"] if day in p.hari)
        for (_, ends), (begins, _) in pairwise(pauses):
            if begins < ends:
                raise ValueError(f"dua istirahat hari {day} tumpang tindih; gabungkan jadi satu")


def _know_days(days: Iterable[str], open_days: Iterable[str]) -> None:
    closed = [day for day in days if day not in open_days]
    if closed:
        raise ValueError(f"istirahat hari {closed[0]}, padahal hari itu tidak buka; hapus harinya")
