"""Reading a wish to be told later: "ingatkan sebelum paspor habis 12 Mei 2028", "kabari kalau ada
kuota".
"""

from __future__ import annotations

from riung.nlu.date_spans import has_any
from riung.nlu.normalizer import normalizer
from riung.nlu.vocabulary import Reminders, vocabulary

ACTION = "action_ingatkan"
PAYMENT, PASSPORT, QUOTA = "kabari_bayar", "kabari_paspor", "kabari_kuota"
"""Intents of the wishes."""

LONGEST = 20
"""Words; a longer message is a story."""


def reminder_wish(text: str) -> str | None:
    """The intent of a wish to be reminded; None when the message is no such wish."""
    line = normalizer().line(text).casefold()
    words = vocabulary(Reminders)
    if text.startswith("/") or len(line.split()) > LONGEST:
        return None
    if not has_any(line, words.minta):
        return None
    if has_any(line, words.kuota) and not has_any(line, words.bukan_kuota):
        return QUOTA
    if has_any(line, words.bukan):
        return None
    if has_any(line, words.bayar):
        return PAYMENT
    return PASSPORT if has_any(line, words.habis) else None
