"""What becomes better and worse, message by message."""

from __future__ import annotations

from pathlib import Path

from riung.workshop.comparison import compare, read, write

MEANT = {"a": "satu", "b": "dua", "c": "tiga"}


def test_each_change_is_better_worse_or_only_other(tmp_path: Path) -> None:
    before = {"a": "satu", "b": "satu", "c": "satu", "d": "satu"}
    now = {"a": "dua", "b": "dua", "c": "dua", "d": "dua"}

    made = compare(before, now, MEANT, beside=4)

    kinds = {kind: [one.message for one in made.of(kind)] for kind in ("memburuk", "membaik")}
    assert kinds == {"memburuk": ["a"], "membaik": ["b"]}
    assert [one.message for one in made.of("berubah")] == ["c", "d"]
    assert (made.right_before, made.right_now, made.reviewed) == (1, 1, 3)
    write(tmp_path, made)
    assert read(tmp_path) == made


def test_the_first_version_stands_beside_nothing() -> None:
    made = compare({}, {"a": "satu", "b": "tiga"}, MEANT, beside=0)

    assert made.changes == []
    assert made.right_now == 1
