"""Bookings as the API tells them, and what to offer somebody who got no place."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from riung.backend.bookings.tables import Booking
from riung.backend.calendar import local_moment
from riung.backend.quotas.days import DayView, day_views
from riung.backend.quotas.rules import day_rule, find_office, find_place, queue_rules
from riung.offices import Office, Place

MOST_OTHERS = 3
"""Other places named in a refusal; more than three choices are not read on a phone."""


def ticket(booking: Booking) -> dict[str, Any]:
    """What the citizen needs to come: number, code, place, time."""
    office = find_office(booking.office)
    place = find_place(office, booking.place)
    rule = day_rule(office, place, booking.date)
    return {
        "code": booking.code,
        "queue_number": booking.queue_number,
        "status": booking.status,
        "office": booking.office,
        "office_name": office.nama_singkat,
        "place": booking.place,
        "place_name": place.nama,
        "address": place.alamat,
        "coordinates": place.koordinat.dict() if place.koordinat else None,
        "date": booking.date,
        "arrive_at": rule.arrive_at,
        "starts_at": rule.starts_at,
        "kind": booking.kind,
        "service_class": booking.service_class,
        "name": booking.name,
        "identity_last4": booking.identity_last4,
        "change_until": change_until(office, place, booking),
        "moves_left": max(queue_rules(place).pindah_maks - booking.moves, 0),
        "created_at": booking.created_at.astimezone(office.zone),
    }


def change_until(office: Office, place: Place, booking: Booking) -> datetime:
    """Until when the citizen may cancel or move the booking."""
    limit = queue_rules(place).batal_sampai
    return local_moment(booking.date - timedelta(days=limit.hari_sebelum), limit.jam, office.zone)


def alternatives(
    session: Session, view: DayView, service_class: str, now: datetime
) -> dict[str, Any]:
    """`next_open` and `next_opening` at the same place, and open days at `other_places`."""
    office, place = view.rule.office, view.rule.place
    bookable = [other for other in office.tempat if other.pendaftaran == "whatsapp"]
    ahead = timedelta(days=queue_rules(place).hari_ke_depan)
    start = now.astimezone(office.zone).date()
    views = day_views(session, office, bookable, start, start + ahead)
    here = [day for day in views if day.rule.place.id == place.id]
    others = {
        day.rule.place.id: _brief(day)
        for day in reversed(views)
        if day.rule.place.id != place.id and day.status(service_class, now) == "open"
    }
    return {
        "next_open": _first(here, "open", service_class, now),
        "next_opening": _first(here, "not_yet_open", service_class, now),
        "other_places": list(others.values())[:MOST_OTHERS],
    }


def _first(
    views: list[DayView], status: str, service_class: str, now: datetime
) -> dict[str, Any] | None:
    return next((_brief(day) for day in views if day.status(service_class, now) == status), None)


def _brief(view: DayView) -> dict[str, Any]:
    return {
        "place": view.rule.place.id,
        "place_name": view.rule.place.nama,
        "date": view.rule.date,
        "opens_at": view.opens_at.astimezone(view.rule.office.zone),
    }
