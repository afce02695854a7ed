"""A test over a table says which of its cases failed, and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cases import over


def test_a_failure_names_every_case_that_is_wrong() -> None:
    @over("number", [1, 20, 3, 40])
    def small(number: int) -> None:
        assert number < 10, "too big"

    with pytest.raises(AssertionError, match=r"20: AssertionError too big(.|\n)*40: ") as failure:
        small()
    assert "3: " not in str(failure.value)


def test_an_error_in_a_case_is_its_failure() -> None:
    @over("name", ["a", "b"])
    def known(name: str) -> None:
        assert {"a": 1}[name]

    with pytest.raises(AssertionError, match="b: KeyError"):
        known()


@over("name", ["a", "b"])
def test_fixtures_reach_every_case(name: str, tmp_path: Path) -> None:
    (tmp_path / name).mkdir()


def test_a_table_without_a_case_is_a_mistake() -> None:
    with pytest.raises(AssertionError, match="no case"):
        over("name", [])
