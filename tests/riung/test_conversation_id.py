"""A conversation's name tells the person and the number apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riung.conversation_id import conversation_id, number_of, person_of


@pytest.mark.parametrize("person", ["6281200000001", "ID.900000000000777", "6281200000001-2"])
def test_both_parts_come_back(person: str) -> None:
    name = conversation_id(person, "111111111111111")

    assert (person_of(name), number_of(name)) == (person, "111111111111111")


@given(st.text().filter(lambda text: not text.rpartition("@")[2].isdecimal()))
def test_the_name_of_another_channel_is_the_persons_own(name: str) -> None:
    assert (person_of(name), number_of(name)) == (name, "")
