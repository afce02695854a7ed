"""What only the passport assistant does: prices and sums, days to wait, what an overstay costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from typing import Any

from actions.jam_hari import said_day
from actions.jawaban import says
from actions.turn import Events, RiungAction, Turn
from riung.formatting import say_money
from riung.nlu.dates import DateError, resolve_date
from riung.nlu.durations import days_in
from riung.nlu.extractor import placed_entities
from riung.nlu.party import Counted, names_ten_years, read_party
from riung.office.hours import holiday_name

FEES = {
    "hilang": "utter_biaya_hilang",
    "rusak": "utter_biaya_rusak",
    "percepatan": "utter_biaya_percepatan",
    "biasa": "utter_biaya_biasa",
    "elektronik": "utter_biaya_epaspor",
    "polikarbonat": "utter_biaya_epaspor",
}
"""Kind of application or of book → the price that answers it; everything else gets the table."""

OVER_TIME = frozenset({"overstay", "izin_terlambat", "wna_izin_habis"})
TOLD_BEFORE = 8
"""Messages back in which the days of an overstay still count as told."""

AFTER_PHOTO = "sesudah_foto"
"""Names in `kamus/keadaan.yml` and `kamus/pertanyaan.yml`."""

FIVE, TEN, EXPRESS = "epaspor_5", "epaspor_10", "percepatan"
LOST, DAMAGED = "denda_hilang", "denda_rusak"
"""Names of fees (`fakta.tarif`)."""

SATURDAY = 5


class PassportFee(RiungAction):
    """The price of what was named, else the table of prices."""

    action_name = "action_biaya_paspor"

    def answer(self, turn: Turn) -> Events | None:
        """Say it; people who are counted get their sum, a special case beats the general one."""
        kinds = [*turn.entities("jenis_permohonan"), *turn.entities("jenis_paspor")]
        counted = _counted(turn)
        if counted and counted.total > 1:
            _say_sum(turn, counted, kinds)
            return None
        response = next((FEES[kind] for kind in kinds if kind in FEES), None)
        turn.say(response or "utter_biaya_paspor")
        return None


def _counted(turn: Turn) -> Counted | None:
    """Who is counted together with what was said before, else in the message alone."""
    together = read_party(turn.entity("rombongan") or "")
    if together is None:
        return read_party(turn.text)
    if together.longer:
        return together
    return replace(together, ten_years=together.ten_years or names_ten_years(turn.text))


def _say_sum(turn: Turn, counted: Counted, kinds: list[str]) -> None:
    """Every line of the sum, and the sum."""
    fees = turn.office.facts.tarif
    lines = [*_lines(counted, kinds)]
    total = sum(count * fees[fee] for count, _, fee in lines)
    grown_up = counted.total - counted.children
    dearer = total + grown_up * (fees[TEN] - fees[FIVE])
    more = {"harga": say_money(fees[TEN]), "total": say_money(dearer)}
    asked_for_five = counted.ten_years or counted.longer or not grown_up
    turn.say(
        "utter_keadaan_biaya_jumlah",
        daftar="\n".join(_line(turn, *one) for one in lines),
        total=say_money(total),
        lagi="" if asked_for_five else turn.phrase("biaya_10_tahun", **more),
    )


def _lines(counted: Counted, kinds: list[str]) -> Iterator[tuple[int, str, str]]:
    """Count, phrase and fee of each line; a fine counts once where nobody said how often."""
    adults = TEN if counted.ten_years else FIVE
    together = counted.total if not (counted.adults or counted.children) else 1
    lost = counted.lost or (together if "hilang" in kinds else 0)
    damaged = counted.damaged or (together if "rusak" in kinds else 0)
    longer = min(counted.longer, counted.adults)
    others = min(counted.longer - longer, counted.people)
    lines = [
        (longer, "dewasa", TEN),
        (counted.adults - longer, "dewasa", adults),
        (others, "orang", TEN),
        (counted.people - others, "orang", adults),
        (counted.children, "anak", FIVE),
        (counted.total if EXPRESS in kinds else 0, EXPRESS, EXPRESS),
        (lost, LOST, LOST),
        (damaged, DAMAGED, DAMAGED),
    ]
    yield from (one for one in lines if one[0])


def _line(turn: Turn, count: int, phrase: str, fee: str) -> str:
    each = turn.office.facts.tarif[fee]
    words = turn.phrase(f"biaya_{phrase}")
    amounts = {"harga": say_money(each), "hasil": say_money(count * each)}
    return turn.phrase("biaya_baris", jumlah=count, untuk=words, **amounts)


class ProcessingTime(RiungAction):
    """How long a passport takes; from a day that was named, day by day."""

    action_name = "action_lama_proses"

    def answer(self, turn: Turn) -> Events | None:
        """Count the working days after the day of the photo; without one say the rule."""
        day = said_day(turn, turn.office)
        if day and turn.entity("keadaan") == AFTER_PHOTO and day > turn.written_at.date():
            day -= timedelta(weeks=1)  # "sudah foto senin": the Monday that is over
        needed = days_in(str(turn.office.value("fakta.batas.lama_reguler")))
        if day is None or needed is None:
            turn.say("utter_lama_proses")
            return None
        if says(turn.text, "berangkat"):
            _say_before_leaving(turn, day, needed)
            return None
        counted: list[date] = []
        skipped: list[str] = []
        at = day
        while len(counted) < needed:
            at += timedelta(days=1)
            holiday = holiday_name(turn.office, at, turn.language)
            if holiday:
                skipped.append(f"{turn.day_text(at)} ({holiday})")
            elif at.weekday() < SATURDAY:
                counted.append(at)
        lines = [f"{place}. {turn.day_text(one)}" for place, one in enumerate(counted, start=1)]
        turn.say(
            "utter_keadaan_lama_hitung",
            tanggal=turn.date_text(day),
            hari=needed,
            daftar="\n".join(lines),
            selesai=turn.date_text(counted[-1]),
            lagi=turn.phrase("libur_dilewati", daftar=", ".join(skipped)) + " " if skipped else "",
        )
        return None


def _say_before_leaving(turn: Turn, leaving: date, needed: int) -> None:
    """Say the last day for the photo of whoever leaves on a day, or that none is left."""
    photo, left = leaving, needed + 1
    while left:  # the working days before it, then that of the photo
        photo -= timedelta(days=1)
        left -= _is_working_day(turn, photo)
    enough = photo > turn.written_at.date()
    turn.say(
        "utter_keadaan_berangkat" if enough else "utter_keadaan_berangkat_mepet",
        tanggal=turn.date_text(leaving),
        hari=needed,
        foto=turn.date_text(photo),
    )


def _is_working_day(turn: Turn, day: date) -> bool:
    return day.weekday() < SATURDAY and not holiday_name(turn.office, day, turn.language)


def _days_over(turn: Turn) -> int | None:
    """The days over that are told now, else those of the overstay told before: "how much is it"."""
    if (days := _days_told(turn, turn.text)) is not None:
        return days
    before = (
        str(one.get("text") or "")
        for one in islice(turn.user_messages(), TOLD_BEFORE)
        if not OVER_TIME.isdisjoint(_situations_of(one))
    )
    told = (_days_told(turn, text) for text in before)
    return next((days for days in told if days is not None), None)


def _situations_of(message: Mapping[str, Any]) -> set[str]:
    """The situations that a message of the citizen showed."""
    entities = (message.get("parse_data") or {}).get("entities") or ()
    return {str(one["value"]) for one in entities if one["entity"] == "keadaan"}


def _days_told(turn: Turn, text: str) -> int | None:
    """The days that a text tells, else those since the day on which the permit ended."""
    if (told := days_in(text)) is not None:
        return told
    written = (one["value"] for one in placed_entities(text) if one["entity"] == "tanggal")
    day_written = next(written, None)
    ended = resolve_date(str(day_written), turn.written_on) if day_written else None
    day = ended.date if isinstance(ended, DateError) and ended.kind == "past" else ended
    over = (turn.written_on - day).days if isinstance(day, date) else 0
    return over if over > 0 else None


class ForeignerServices(RiungAction):
    """The services; the sum for an overstay whose days were told."""

    action_name = "action_layanan_wna"

    def answer(self, turn: Turn) -> Events | None:
        """Say them; for an overstay the price of a day times the days (fact over_denda)."""
        days = _days_over(turn) if turn.entity("keadaan") in OVER_TIME else None
        if days is None:
            turn.say("utter_layanan_wna")
            return None
        limit = days_in(str(turn.office.value("fakta.batas.overstay"))) or 0
        name = "jumlah" if days < limit else "lama"
        total = say_money(days * turn.office.facts.tarif["overstay_per_hari"])
        turn.say(f"utter_keadaan_overstay_{name}", hari=days, total=total)
        return None
