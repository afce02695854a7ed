"""Two questions in one message: "syaratnya apa sama biayanya berapa?".

Only when each part is sure by itself is there a second question; a wrong second answer is worse
than none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from riung.nlu.features import clauses, is_noise, line
from riung.nlu.lexicon import section
from riung.nlu.normalizer import Word

OWN_RECORD_OR_PERSON = frozenset(
    {"cek_status", "antrean_saya", "ubah_jadwal", "batal_antrean", "daftar_antrean"}
    | {"bicara_petugas"}
)
"""Questions that win over one that stands before them (spec/intents.md, rule 5)."""

NOT_A_QUESTION = frozenset(
    {"salam", "terima_kasih", "selamat_tinggal", "menu", "setuju", "tolak", "batal", "tanya_bot"}
    | {"survei", "pengaduan", "di_luar_topik", "kendala_mpaspor", "gangguan_sistem"}
)
"""Intents that a part of a longer message has as courtesy or as background."""

Guess = Callable[[Sequence[str]], list[tuple[str, float]]]
"""Lines → the likeliest intent of each, with its confidence."""


def two_questions(text: str, words: Sequence[Word], guess: Guess, sure: float) -> list[str]:
    """The two intents of a message that asks two things, the one to answer first in front.

    Returns:
        Two names, or an empty list when there is one question or a part is in doubt.
    """
    parts = [part for part in clauses(text, words) if _asks(part)]
    if len(parts) < 2:
        return []
    guesses = guess([line(part) for part in parts])
    if any(confidence < sure for _, confidence in guesses):
        return []
    intents = list(dict.fromkeys(intent for intent, _ in guesses if intent not in NOT_A_QUESTION))
    if len(intents) != 2:
        return []
    first, second = intents
    return [second, first] if second in OWN_RECORD_OR_PERSON else [first, second]


def _asks(clause: Sequence[Word]) -> bool:
    words = [part for word in clause for part in word.text.split()]
    return (
        bool({*section("tanya")["kata_tanya"]} & {*words})
        and sum(not is_noise(word) and word != "?" for word in words) > 1
    )
