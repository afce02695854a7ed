"""Remaining places: of a day or of the coming weeks, and where to look when a day is full."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from actions.kantor_lain import says_of_other
from actions.turn import Events, RiungAction, Turn
from riung.backend_client import BackendDown, Json, backend
from riung.clock import today
from riung.nlu.dates import DateError, DateRange, Resolved, resolve_date
from riung.office.hours import holiday_name
from riung.office.menu import command
from riung.office.model import Office, Place
from riung.office.offices import offices

WEEKS_AHEAD = 5
"""How far ahead the quota is looked up: a month, as far as offices open it."""

OTHERWISE = {"id": "kuota_aplikasi", "en": "en_kuota_aplikasi"}
"""An office's own sentence on where the places not counted here are shown."""

WORKDAYS = 5
"""Monday to Friday: the days on which offices work."""

FARTHEST = timedelta(days=92)
"""The longest stretch of days the backend tells at once (API: `range_too_long`)."""

BAD_DATES = {
    "past": "utter_tanggal_lampau",
    "impossible": "utter_tanggal_tidak_ada",
    "contradiction": "utter_tanggal_beda_hari",
}

BOOK = "daftar_antrean"

MOST_LINES = 6
"""Lines of a list that fit a phone's screen (spec: voice, rule 2)."""


@dataclass(frozen=True)
class QuotaDay:
    """One day of one place, as the backend tells it."""

    place: str
    date: date
    status: str
    capacity: int
    remaining: int
    opens_at: datetime | None
    closes_at: datetime | None = None
    closed_reason: str | None = None
    bookable: bool = False

    @classmethod
    def of(cls, told: Json) -> QuotaDay:
        """Read an element of `GET /quotas`."""
        opens, closes = told.get("opens_at"), told.get("closes_at")
        return cls(
            place=told["place"],
            date=date.fromisoformat(told["date"]),
            status=told["status"],
            capacity=told["capacity"],
            remaining=told["remaining"],
            opens_at=datetime.fromisoformat(opens) if opens else None,
            closes_at=datetime.fromisoformat(closes) if closes else None,
            closed_reason=told.get("closed_reason"),
            bookable=bool(told.get("bookable")),
        )

    @property
    def is_over(self) -> bool:
        """Whether booking has ended on a day that does serve."""
        return self.status == "closed" and self.closed_reason is None


def quota_days(
    office: str, start: date | None = None, end: date | None = None, place: str | None = None
) -> list[QuotaDay]:
    """The days of an office or place, from the backend."""
    return [QuotaDay.of(told) for told in backend().quotas(office, start, end, place=place)]


def say_bad_date(turn: Turn, known: Mapping[str, str]) -> bool:
    """Whether the message's date is none that can be answered, which is then said.

    Args:
        turn: the message and its conversation.
        known: kind of a `DateError` → the response that says so.
    """
    named = turn.entity("tanggal")
    when = resolve_date(named, turn.written_on) if named else None
    if not isinstance(when, DateError) or when.kind not in known:
        return False
    now = today(turn.office.zone)
    at = turn.date_text(when.date or now)
    turn.say(known[when.kind], tanggal=named, hari_ini=turn.date_text(now), kalender=at)
    return True


def closed_on(turn: Turn, office: Office, place: Place | None, day: date) -> str:
    """Which service points the office has closed on a day that is no holiday, as sentences."""
    if holiday_name(office, day, turn.language):
        return ""
    names = {known.id: known.nama for known in office.tempat}
    try:
        days = quota_days(office.id, day, day, place.id if place else None)
    except BackendDown:
        return ""  # the hours are told all the same
    return "\n".join(
        turn.phrase(
            "tutup_libur",
            hari=f"{names.get(one.place, office.nama_singkat)}, {turn.day_text(day)}",
            alasan=one.closed_reason,
            lagi="",
        )
        for one in days
        if one.closed_reason
    )


@dataclass(frozen=True)
class Asked:
    """What a quota question is about."""

    office: Office
    place: Place | None
    days: DateRange | None

    @property
    def name(self) -> str:
        """The place, else the office, as citizens call it."""
        return self.place.nama if self.place else self.office.nama_singkat

    def covers(self, day: date) -> bool:
        """Whether the question is about that day."""
        return self.days is not None and self.days.start <= day <= self.days.end


class CheckQuota(RiungAction):
    """Answers from the backend: places left, the next opening, another day or place when full."""

    action_name = "action_cek_kuota"

    def answer(self, turn: Turn) -> Events | None:
        """Answer for the day and place asked, or give the coming days in short."""
        now = today(turn.office.zone)
        named = turn.entity("tanggal")
        when = resolve_date(named, turn.written_on) if named else None
        if says_of_other(turn) or say_bad_date(turn, BAD_DATES):
            return None
        asked = Asked(*office_and_place(turn), _as_range(when))
        if asked.place and asked.place.kuota is None and asked.place.teks_kuota:
            if asked.days is None or not _names_office(turn, asked):
                turn.say("utter_kuota_tempat", teks=asked.place.teks_kuota)
                return None
            asked = Asked(asked.office, None, asked.days)
        if asked.place is None and _names_walk_ins(turn, asked.office):
            turn.say("utter_kuota_aplikasi", tempat=asked.name)
            return None
        days = _look_up(asked, now)
        wanted = [day for day in days if asked.covers(day.date)]
        if not days:
            turn.say("utter_kuota_aplikasi", tempat=asked.name)
        elif asked.days is None or asked.days.start != asked.days.end:
            _say_summary(turn, asked, wanted or days)
        elif wanted:
            _say_day(turn, asked, wanted[0], days)
        elif asked.days.start > now + FARTHEST:
            near = _alternative(turn, asked, None, days)
            turn.say("utter_kuota_terlalu_jauh", tempat=asked.name, alternatif=near)
        else:
            _say_no_service(turn, asked, days)
        return None


def office_and_place(turn: Turn) -> tuple[Office, Place | None]:
    """The place named in the message; else the office of the conversation."""
    for name in map(str.casefold, turn.entities("kantor")):
        for office in sorted(offices().values(), key=lambda one: one.id != turn.office.id):
            for place in office.tempat:
                if name == place.nama.casefold() or name in place.sebutan:
                    return office, place
            if name in office.sebutan:
                return office, None
    return turn.office, None


def _names_office(turn: Turn, asked: Asked) -> bool:
    """Whether the place's name is the whole office's, whose other places may have a quota here."""
    named = {name.casefold() for name in turn.entities("kantor")}
    quotas = any(place.kuota for place in asked.office.tempat)
    return quotas and bool(named & {*asked.office.sebutan})


def _names_walk_ins(turn: Turn, office: Office) -> bool:
    """Whether a name stands for several places at once that have no quota here: "yang di MPP"."""
    begun = [f"{name} ".casefold() for name in turn.entities("kantor")]
    meant = [
        place
        for place in office.tempat
        if any(one.startswith(name) for one in place.sebutan for name in begun)
    ]
    return bool(meant) and all(place.kuota is None for place in meant)


def _as_range(when: Resolved | None) -> DateRange | None:
    if isinstance(when, DateRange):
        return when
    return DateRange(when, when) if isinstance(when, date) else None


def _look_up(asked: Asked, now: date) -> list[QuotaDay]:
    """Quota days from today to a few weeks on, also beyond the days asked (for alternatives)."""
    end = max(now + timedelta(weeks=WEEKS_AHEAD), asked.days.end if asked.days else now)
    end = min(end, now + FARTHEST)
    place = asked.place.id if asked.place else None
    return quota_days(asked.office.id, now, end, place)


def _say_summary(turn: Turn, asked: Asked, days: Sequence[QuotaDay]) -> None:
    """The nearest days, and behind them the next opening when it is further away."""
    shown = list(days[:MOST_LINES])
    opening = next((day for day in days if day.status == "not_yet_open"), None)
    if opening and opening not in shown:
        shown = [*shown[: MOST_LINES - 1], opening]
    several = len({day.place for day in days}) > 1
    lines = [_line(turn, asked.office, day, with_place=several) for day in shown]
    turn.say("utter_kuota_ringkas", tempat=asked.name, daftar="\n".join(lines))


def _say_day(turn: Turn, asked: Asked, day: QuotaDay, days: Iterable[QuotaDay]) -> None:
    response = {
        "open": "utter_kuota_hari",
        "full": "utter_kuota_penuh",
        "not_yet_open": "utter_kuota_belum_dibuka",
    }.get(day.status, "utter_kuota_lewat" if day.is_over else "utter_kuota_tutup")
    turn.say(
        response,
        [_booking_button(turn, asked.office, day)] if day.status == "open" and day.bookable else [],
        alasan=_reason(turn, asked.office, day.date, day.closed_reason),
        ditutup=turn.moment_text(day.closes_at, asked.office.zone) if day.closes_at else "",
        tempat=_place_name(asked.office, day),
        tanggal=turn.day_text(day.date),
        sisa=day.remaining,
        kapasitas=day.capacity,
        dibuka=_opening(turn, asked.office, day),
        alternatif=_alternative(turn, asked, day, days),
    )


def _say_no_service(turn: Turn, asked: Asked, days: Sequence[QuotaDay]) -> None:
    """A day on which the place takes nobody, such as a Sunday or a holiday.

    An office of which only a service point is counted here is not closed when that one rests.
    """
    day = asked.days.start if asked.days else None
    holiday = holiday_name(asked.office, day, turn.language) if day else None
    point = None if holiday else _sole_point(asked, day)
    turn.say(
        "utter_kuota_tutup_gerai" if point else "utter_kuota_tutup",
        alasan=_in_brackets(turn, holiday),
        tempat=point.nama if point else asked.name,
        teks=asked.office.teks[OTHERWISE[turn.language]],
        tanggal=turn.day_text(day) if day else "",
        alternatif=_alternative(turn, asked, None, days),
    )


def _sole_point(asked: Asked, day: date | None) -> Place | None:
    """The only place counted here, where the office asked about has others that serve that day."""
    counted = [place for place in asked.office.tempat if place.kuota]
    elsewhere = any(
        place.kuota is None and place.pendaftaran == "aplikasi" for place in asked.office.tempat
    )
    may_serve = elsewhere and day is not None and day.isoweekday() <= WORKDAYS
    return counted[0] if len(counted) == 1 and not asked.place and may_serve else None


def _reason(turn: Turn, office: Office, day: date, told: str | None) -> str:
    """Why a day is closed; a holiday by its name in the conversation's language."""
    if told == holiday_name(office, day, "id"):
        told = holiday_name(office, day, turn.language)
    return _in_brackets(turn, told)


def _in_brackets(turn: Turn, reason: str | None) -> str:
    """The reason as the answer has it; empty when there is nothing to tell."""
    return turn.phrase("alasan_tutup", alasan=reason) if reason else ""


def _booking_button(turn: Turn, office: Office, day: QuotaDay) -> dict[str, str]:
    wish = {"kantor": _place_name(office, day), "tanggal": day.date.isoformat()}
    return {"title": turn.labels["daftar_antrean"], "payload": command(BOOK, wish)}


def _alternative(
    turn: Turn, asked: Asked, refused: QuotaDay | None, days: Iterable[QuotaDay]
) -> str:
    """The next days with places, the same place first; else when the next quota opens."""
    others = [day for day in days if day is not refused]
    near = [day for day in others if refused is None or day.place == refused.place]
    free = [day for day in near if day.status == "open"] or [
        d for d in others if d.status == "open"
    ]
    waiting = [day for day in near if day.status == "not_yet_open"]
    shown = free[:2] or waiting[:1]
    lines = [_line(turn, asked.office, day) for day in shown]
    return "\n".join(lines or [f"• {turn.phrase('belum_ada')}"])


def _line(turn: Turn, office: Office, day: QuotaDay, with_place: bool = True) -> str:
    place = f"{_place_name(office, day)}, " if with_place else ""
    named = f"• {place}{turn.day_text(day.date)}: "
    words = {
        "open": turn.phrase("sisa", sisa=day.remaining, kapasitas=day.capacity),
        "full": turn.phrase("penuh", kapasitas=day.capacity),
        "not_yet_open": turn.phrase("dibuka", waktu=_opening(turn, office, day)),
    }
    return named + words.get(day.status, turn.phrase("tutup"))


def _opening(turn: Turn, office: Office, day: QuotaDay) -> str:
    return turn.moment_text(day.opens_at, office.zone) if day.opens_at else ""


def _place_name(office: Office, day: QuotaDay) -> str:
    place = office.place(day.place)
    return place.nama if place else day.place
