"""A word that affixes make from a known root is spelt right."""

from __future__ import annotations

import pytest

from riung.nlu.affixes import possible_roots


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("dipersusah", "susah"),
        ("mempersusah", "susah"),
        ("penolakan", "tolak"),
        ("melarang", "larang"),
        ("memastikan", "pasti"),
        ("mengatasi", "atas"),
        ("menyerahkan", "serah"),
        ("pertemuannya", "temu"),
        ("keterlambatanku", "lambat"),
    ],
)
def test_the_root_is_among_the_possible_ones(word: str, root: str) -> None:
    assert root in possible_roots(word)


@pytest.mark.parametrize("word", ["tidah", "sudh", "syart", "di", ""])
def test_short_words_and_typing_errors_have_none(word: str) -> None:
    assert not {root for root in possible_roots(word) if len(root) < 4}
    assert word not in possible_roots(word)
