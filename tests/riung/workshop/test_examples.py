"""The nearest examples to a message, groups of like messages, and an estimate of what moves."""

from __future__ import annotations

from riung.settings import ROOT
from riung.workshop.examples import examples, groups, nearest, would_move

KNOWN = {
    "paspor saya hilang": "syarat_paspor_hilang",
    "paspor saya rusak": "syarat_paspor_rusak",
    "kantornya di mana": "lokasi_kantor",
}


def test_the_projects_own_examples_are_read_without_their_marks() -> None:
    found = examples(ROOT)

    assert found["biaya paspor berapa"] == "biaya_paspor"
    assert not any("](" in text for text in found)


def test_the_nearest_example_comes_first() -> None:
    near = nearest("paspor saya ilang", KNOWN, 2)

    assert [one.intent for one in near] == ["syarat_paspor_hilang", "syarat_paspor_rusak"]


def test_alike_messages_are_one_group() -> None:
    made = groups(["ada parkir mobil?", "parkir mobil ada", "bisa qris"])

    assert made == [["ada parkir mobil?", "parkir mobil ada"], ["bisa qris"]]


def test_only_messages_nearer_to_the_new_example_than_to_their_own_would_move() -> None:
    others = {
        "paspor saya sobek kena air hujan": "syarat_paspor_hilang",
        "paspor saya hilang": "syarat_paspor_hilang",
        "kantornya di mana": "lokasi_kantor",
    }

    moving = would_move("paspor saya sobek kena air", "syarat_paspor_rusak", others, KNOWN)

    assert moving == ["paspor saya sobek kena air hujan"]
