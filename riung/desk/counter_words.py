"""What the counter's codes mean, in the words of its page and its files."""

from __future__ import annotations

from riung.phrases import phrase

STATUS_NAMES = {
    "booked": "terdaftar",
    "arrived": "sudah datang",
    "called": "dipanggil",
    "served": "selesai",
    "no_show": "tidak datang",
    "cancelled": "dibatalkan",
    "unrecorded": "tidak tercatat",
}
CLASS_NAMES = {"regular": "reguler", "priority": "prioritas", "same_day": "percepatan"}
_SOURCES = {"walk_in": "datang tanpa antrean", "whatsapp": "WhatsApp"}
_WORDS = {**STATUS_NAMES, **CLASS_NAMES, **_SOURCES}


def in_words(code: str) -> str:
    """A state, a class, a source or a kind of application in words."""
    return _WORDS.get(code) or kind_name(code)


def kind_name(kind: str) -> str:
    """A kind of application in words."""
    try:
        return phrase(f"jenis_{kind}", "id")
    except KeyError:
        return kind.replace("_", " ")
