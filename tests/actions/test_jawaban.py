"""Whether a complaint stays without a name, in citizens' words."""

from __future__ import annotations

import pytest

from actions.jawaban import wants_no_name

NAMED = [
    "ya", "iya", "boleh", "ok", "oke silakan", "ya gapapa", "boleh banget kak", "tidak apa-apa",
    "gak masalah", "silahkan saja pak", "mangga", "nggih", "pakai nama saya", "balas saya",
    "hubungi saya saja", "gak usah dirahasiakan", "Boleh, balas saya", "yes please",
    "biar bisa dibalas ya", "tidak keberatan", "sebutkan saja", "jangan anonim",
    "don't keep me anonymous",
]  # fmt: skip
UNNAMED = [
    "tidak", "jangan", "nggak mau", "tdk usah", "ga boleh", "Tanpa nama", "rahasiakan nama saya",
    "anonim aja", "jangan sebut nama saya ya min", "no", "ogah ah takut", "enggak deh",
    "tolong identitas saya disembunyikan", "jangan sampai petugas tahu ini dari saya ya pak",
    "saya takut, jangan", "mohon dirahasiakan", "ngga usah dibales", "anonymous please", "ulah",
    "no please keep me anonymous", "gak usah, anonim aja", "nggak, tolong rahasiakan",
    "mboten", "don't tell them my name", "without my name",
]  # fmt: skip
UNSAID = [
    "terserah", "hmm", "maksudnya gimana?", "9", "tidak tahu", "tanpa nama bisa?",
    "mau diadukan resmi", "mau lapor aja pokoknya", "pengen ngadu beneran",
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "unnamed"),
    [*((t, False) for t in NAMED), *((t, True) for t in UNNAMED), *((t, None) for t in UNSAID)],
)
def test_whether_officers_may_know_who_complains(text: str, unnamed: bool | None) -> None:
    assert wants_no_name(text) is unnamed
