"""Reading a wish to be told later: "ingatkan sebelum paspor habis 12 Mei 2028", "kabari kalau ada
kuota".
"""

from __future__ import annotations

from riung.nlu.date_spans import has_any
from riung.nlu.lexicon import lexicon
from riung.nlu.normalizer import normalizer
from riung.nlu.vocabulary import Reminders, vocabulary

ACTION = "action_ingatkan"
PAYMENT, PASSPORT, QUOTA = "kabari_bayar", "kabari_paspor", "kabari_kuota"
STATUS, STOP = "kabari_status", "stop_kabar"
"""Intents of the wishes, and of the wish to be told no more."""

SHORT = 6
"""Words of a wish that does not say of what."""

LONGEST = 20
"""Words; a longer message is a story."""


def reminder_wish(text: str, aspect: str | None = None) -> str | None:
    """The intent of a wish to be reminded; None when the message is no such wish.

    Args:
        text: the citizen's text.
        aspect: what was asked last (`aturan/lanjutan.yml`): "ingetin dong" is about that.
    """
    line = normalizer().line(text).casefold()
    words = vocabulary(Reminders)
    if text.startswith("/") or len(line.split()) > LONGEST:
        return None
    if not has_any(line, words.minta):
        return None
    if len(line.split()) <= SHORT and has_any(line, words.urung):
        return STOP
    expires = PASSPORT if has_any(line, words.habis_saja) else None
    return _named(line) or _of_aspect(line, aspect) or expires


def _of_aspect(line: str, aspect: str | None) -> str | None:
    """The wish that names nothing, for what was asked last."""
    meant = vocabulary(Reminders).sesudah.get(aspect or "")
    plain = lexicon().filler | lexicon().address | lexicon().greeting
    telling = [word for word in line.split() if word not in plain]
    return _OF_GROUP[meant] if meant and len(telling) <= SHORT else None


def _named(line: str) -> str | None:
    """The wish that says of what."""
    words = vocabulary(Reminders)
    if has_any(line, words.kuota) and not has_any(line, words.bukan_kuota):
        return QUOTA
    if has_any(line, words.jadi) and len(line.split()) <= SHORT:
        return STATUS
    if has_any(line, words.bukan):
        return None
    if has_any(line, words.bayar):
        return PAYMENT
    return PASSPORT if has_any(line, words.habis) else None


_OF_GROUP = {"bayar": PAYMENT, "kuota": QUOTA, "jadi": STATUS}
"""Group of `kamus/ingatkan.yml` → the wish that it makes."""
