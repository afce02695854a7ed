"""Which part of a file a player asks for."""

from __future__ import annotations

import pytest

from riung.desk.byte_ranges import part


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", None),
        ("bytes=0-1", range(2)),
        ("bytes=0-", range(100)),
        ("bytes=40-999", range(40, 100)),
        ("bytes=-10", range(90, 100)),
        ("bytes=-500", range(100)),
        ("bytes=5-2", None),
        ("bytes=-", None),
        ("bytes=0-1,5-6", None),
        ("items=0-1", None),
    ],
)
def test_the_part_of_a_hundred_bytes(asked: str, expected: range | None) -> None:
    assert part(asked, 100) == expected


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=200-300"])
def test_a_part_behind_the_end_is_empty(asked: str) -> None:
    found = part(asked, 100)
    assert found is not None
    assert not found
