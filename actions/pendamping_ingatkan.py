"""Wishes to be reminded of one's own dates: the limit of a payment, the end of a passport."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta

from actions.jam_hari import said_day
from actions.turn import Events, RiungAction, Turn
from riung.backend_client import backend
from riung.office.facts import facts

REMINDED_BEFORE = timedelta(minutes=30)
"""As the backend plans it (`riung.backend.subscriptions.own_dates`)."""

_CLOCK = re.compile(r"(?<![\d.])([01]?\d|2[0-3])[.:]([0-5]\d)(?![\d.])")


class Remind(RiungAction):
    """Asks the backend for a reminder, and says when it comes."""

    action_name = "action_ingatkan"

    def answer(self, turn: Turn) -> Events | None:
        """Of a payment or of a passport."""
        if turn.intent == "kabari_bayar":
            _of_payment(turn)
        else:
            _of_passport(turn)
        return None


def _of_payment(turn: Turn) -> None:
    """From the time that the message names, else from now (fact byr_batas)."""
    minutes = int(facts()["byr_batas"].value["menit"])
    issued = _issued(turn)
    limit = issued + timedelta(minutes=minutes)
    words: dict[str, Any] = {"terbit": turn.time_text(issued), "batas": turn.time_text(limit)}
    if limit <= turn.written_at:
        turn.say("utter_ingat_bayar_lewat", **words)
        return
    backend().subscribe("payment", limit.isoformat(), turn.sender, turn.office.id)
    reminded = max(turn.written_at, limit - REMINDED_BEFORE)
    turn.say("utter_ingat_bayar", ingat=turn.time_text(reminded), **words)


def _issued(turn: Turn) -> datetime:
    """When the billing code was issued: today at the clock time named, not in the future."""
    local = turn.written_at.astimezone(turn.office.zone).replace(second=0, microsecond=0)
    named = _CLOCK.search(turn.text)
    if named is None:
        return local
    at = local.replace(hour=int(named[1]), minute=int(named[2]))
    return at if at <= local else local


def _of_passport(turn: Turn) -> None:
    """Half a year before its end (fact sisa_masa_berlaku)."""
    ends = said_day(turn, turn.office)
    if ends is None:
        turn.say("utter_ingat_paspor_kapan")
        return
    months = int(facts()["sisa_masa_berlaku"].value["bulan_sebelum_habis"])
    renewable = ends - relativedelta(months=months)
    words: dict[str, Any] = {"tanggal": turn.date_text(ends), "bulan": months}
    if renewable <= turn.written_on:
        turn.say("utter_ingat_paspor_sekarang", **words)
        return
    backend().subscribe("passport", ends.isoformat(), turn.sender, turn.office.id)
    turn.say("utter_ingat_paspor", kapan=turn.date_text(renewable), **words)
