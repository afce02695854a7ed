"""The sentence of an answer that has the words of a claim: "beneran dibatalin?" after "… *sudah
dibatalkan*", "bap ya?" after "Ada pemeriksaan (BAP)".
"""

from __future__ import annotations

import re

from riung.dialogue.claims import claims, sentences
from riung.dialogue.passages import noise_words
from riung.nlu.affixes import possible_roots

TELLING = 3
"""Letters of a word that tells what is to be sure."""

_WORD = re.compile(r"[^\W\d_]+")


def sentence_with(claim: str, answer: str, least: int = 1) -> str | None:
    """The first sentence that has all words of the claim which tell something, whatever their
    affixes; None where the claim has none.

    Args:
        claim: normalised words, without those that only ask.
        answer: the text of an answer.
        least: how many words have to tell something.
    """
    signs = claims().signs
    empty = {*signs.bare, *signs.denial, *signs.yes_or_no, *noise_words()}
    words = (word for word in claim.split() if len(word) >= TELLING and word not in empty)
    meant = [_roots(word) for word in words]
    told = (one for one in sentences(answer) if one[-1] not in ":?")
    return next((one for one in told if len(meant) >= least and _has_all(one, meant)), None)


def _has_all(sentence: str, meant: list[frozenset[str]]) -> bool:
    there = [_roots(word) for word in _WORD.findall(sentence.casefold())]
    return all(any(one & other for other in there) for one in meant)


def _roots(word: str) -> frozenset[str]:
    return possible_roots(word) | {word}
