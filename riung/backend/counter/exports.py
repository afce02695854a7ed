"""A day's list for other programs: CSV for spreadsheets, iCalendar for calendars."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from icalendar import Calendar, Event

from riung import spreadsheet
from riung.backend.bookings.tables import Booking
from riung.backend.quotas.rules import day_rule
from riung.clock import now
from riung.office.model import Office, Place

COLUMNS = ("nomor", "kode", "nama", "jenis", "kelas", "status", "nik_akhir", "asal")


Words = Callable[[str], str]
"""How a code is said to people: `walk_in` → "datang tanpa antrean"; other programs get codes."""


def as_csv(bookings: list[Booking], words: Words = str) -> bytes:
    """A line a booking, in the order given."""
    rows = (
        (
            one.queue_number,
            one.code,
            one.name,
            words(one.kind),
            words(one.service_class),
            words(one.status),
            one.identity_last4,
            words(one.source),
        )
        for one in bookings
    )
    return spreadsheet.as_csv(COLUMNS, rows)


def as_calendar(
    office: Office, place: Place, day: date, bookings: list[Booking], words: Words = str
) -> bytes:
    """One event for the day, with numbers and codes but no names: calendars are shared."""
    calendar, event = Calendar(), Event()
    calendar.add("prodid", "-//Riung//riung//ID")
    calendar.add("version", "2.0")
    rule = day_rule(office, place, day)
    event.add("uid", f"{office.id}-{place.id}-{day.isoformat()}@riung")
    event.add("summary", f"{place.nama}: {len(bookings)}")
    event.add("dtstamp", now())
    event.add("dtstart", rule.starts_at)
    event.add("duration", _length(place, len(bookings)))
    event.add("location", place.alamat)
    lines = (
        f"{one.queue_number}. {one.code} {words(one.kind)} ({words(one.status)})"
        for one in bookings
    )
    event.add("description", "\n".join(lines))
    calendar.add_component(event)
    calendar.add_missing_timezones()  # RFC 5545, 3.2.19: a TZID has its VTIMEZONE
    return bytes(calendar.to_ical())


def _length(place: Place, people: int) -> timedelta:
    return timedelta(minutes=max(people, 1) * place.aturan.menit_per_orang)
