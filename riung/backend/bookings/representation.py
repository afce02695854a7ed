"""Bookings as the API tells them, and what to offer somebody who got no place."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from riung.backend.bookings.tables import Booking
from riung.backend.quotas.days import DayView, day_views
from riung.backend.quotas.rules import day_rule, find_office, find_place
from riung.office.message_hours import local_moment
from riung.office.model import Office, Place

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
        "is_child": booking.is_child,
        "change_until": change_until(office, place, booking),
        "moves_left": max(place.aturan.pindah_maks - booking.moves, 0),
        "created_at": booking.created_at.astimezone(office.zone),
    }


def change_until(office: Office, place: Place, booking: Booking) -> datetime:
    """Until when the citizen may cancel or move the booking."""
    return cancelled_until(office, place, booking.date)


def cancelled_until(office: Office, place: Place, day: date) -> datetime:
    """Until when a place of that day may be given back or changed by whoever has it."""
    limit = place.aturan.batal_sampai
    return local_moment(day - timedelta(days=limit.hari_sebelum), limit.jam, office.zone)


def alternatives(
    session: Session, view: DayView, service_class: str, now: datetime
) -> dict[str, Any]:
    """`next_open` and `next_opening` at the same place, and open days at `other_places`.

    The first day of each kind; days after both have been found are not looked at, because a
    thousand people may ask this at once.
    """
    office, here = view.rule.office, view.rule.place
    bookable = [place for place in office.tempat if place.pendaftaran == "whatsapp"]
    start = now.astimezone(office.zone).date()
    end = start + timedelta(days=here.aturan.hari_ke_depan)
    found: dict[str, dict[str, Any]] = {}
    others: dict[str, dict[str, Any]] = {}
    for day in day_views(session, office, bookable, start, end):
        status = day.status(service_class, now)
        if day.rule.place.id == here.id:
            found.setdefault(status, _brief(day))
        elif status == "open":
            others.setdefault(day.rule.place.id, _brief(day))
        if {"open", "not_yet_open"} <= found.keys():
            break
    return {
        "next_open": found.get("open"),
        "next_opening": found.get("not_yet_open"),
        "other_places": list(others.values())[:MOST_OTHERS],
    }


def _brief(view: DayView) -> dict[str, Any]:
    return {
        "place": view.rule.place.id,
        "place_name": view.rule.place.nama,
        "date": view.rule.date,
        "opens_at": view.opens_at.astimezone(view.rule.office.zone),
    }
