"""A line of a talk in a few words, for the list: its own, or what kind of message it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from riung.desk import intent_names
from riung.desk.tables import Message
from riung.desk.transcript import Line

LENGTH = 157
"""Characters of a line that the list keeps: the row holds some fifty, the page of closing more."""

_FILES = {
    "image": "📷 gambar",
    "sticker": "🖼 stiker",
    "audio": "🎤 pesan suara",
    "video": "🎬 video",
    "document": "📄 dokumen",
}


def snippet(line: Line | Message) -> str:
    """What the list shows of a line; empty when there is nothing to tell."""
    return " ".join((line.text or _without_words(line.details)).split())[:LENGTH]


def _without_words(details: Mapping[str, Any]) -> str:
    """What a message without words is: a picture, a place, a card, a choice."""
    file = details.get("media") or details.get("lampiran")
    if file:
        return _FILES.get(str(file.get("kind")), "📎 berkas")
    if details.get("location"):
        return "📍 lokasi"
    if cards := details.get("contacts"):
        return f"👤 kartu kontak {cards[0].get('name') or ''}"
    if details.get("tapped") and details.get("type") != "unsupported":
        return f"👆 {intent_names.name(details['tapped'])}"
    return _of_kind(str(details.get("type")), (details.get("aside") or {}).get("words") or "")


def _of_kind(kind: str, words: str) -> str:
    if kind == "reaction":
        return f"menanggapi dengan {words}" if words else "menarik tanggapannya"
    kinds = {
        "edit": f"✎ {words}",
        "revoke": "🗑 menarik kembali pesannya",
        "order": "🛒 pesanan dari katalog",
        "unsupported": "(pesan yang tidak bisa ditampilkan)",
    }
    return kinds.get(kind, "")
