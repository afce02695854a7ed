"""A family in one line: as many of one number wait for a day as it may book for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.edits import allow_people
from tests.riung.backend.citizens import Api, code_of, nik, phone

MOTHER, CHILD, FATHER = 11, 12, 13


@pytest.fixture
def family(office_folder: Path, any_api: Api) -> Api:
    """An office where one number may book for two, on a day that is taken by somebody else."""
    allow_people(office_folder, 2)
    any_api.set_day(capacity=1)
    any_api.book(0)
    return any_api


def names(api: Api) -> list[str]:
    return [entry["name"] for entry in api.get("/waiting-list", phone=phone(1)).json()]


def test_two_people_of_one_number_wait_for_the_same_day_and_the_third_does_not(
    family: Api,
) -> None:
    positions = [family.wait(1, nik=nik(who)).json()["position"] for who in (MOTHER, CHILD)]
    assert positions == [1, 2]
    assert len(names(family)) == 2

    assert code_of(family.wait(1, nik=nik(FATHER))) == "already_waiting"


def test_a_person_stands_in_line_once_whoever_asks(family: Api) -> None:
    family.wait(1, nik=nik(MOTHER))
    assert code_of(family.wait(1, nik=nik(MOTHER))) == "already_waiting"
    assert code_of(family.wait(2, nik=nik(MOTHER))) == "already_waiting"


def test_who_has_a_place_counts_among_those_who_wait(family: Api) -> None:
    family.set_day(capacity=2)
    family.book(1, nik=nik(MOTHER))
    assert family.wait(1, nik=nik(CHILD)).status_code == 201
    assert code_of(family.wait(1, nik=nik(FATHER))) == "already_waiting"
