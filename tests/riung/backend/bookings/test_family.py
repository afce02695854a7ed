"""How many people one number may book for: the office says it, a person still has one place."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from riung.backend.bookings.tables import Booking
from riung.backend.counter.line import reopened
from riung.backend.db import Database
from riung.backend.problems import Problem
from riung.clock import now
from tests.edits import allow_people
from tests.riung.backend.citizens import NEXT_TUESDAY, TUESDAY, Api, Clock, code_of, nik, phone

CHILDS_NIK = "3325010501220001"
"""Of somebody born on 5 January 2022."""


def book_for(api: Api, sender: int, person: int, day: str = TUESDAY) -> httpx.Response:
    """A place for `person`, asked for from the number of `sender`."""
    return api.book(sender, day, key=f"wamid.{sender}.{person}", nik=nik(person))


@pytest.fixture
def two_each(office_folder: Path) -> None:
    allow_people(office_folder, 2)


@pytest.mark.usefixtures("two_each")
def test_two_people_of_one_number_are_booked_and_the_third_is_refused(any_api: Api) -> None:
    first, second = (book_for(any_api, 1, person).json() for person in (1, 2))
    assert (first["queue_number"], second["queue_number"]) == (1, 2)

    refused = book_for(any_api, 1, 3)
    assert (code_of(refused), refused.json()["by"]) == ("already_booked", "sender")
    assert refused.json()["booking"]["code"] == first["code"]
    mine = any_api.get("/bookings", phone=phone(1)).json()
    assert [one["code"] for one in mine] == [first["code"], second["code"]]


@pytest.mark.usefixtures("two_each")
def test_a_person_has_one_place_however_many_the_number_may_book(any_api: Api) -> None:
    code = book_for(any_api, 1, 1).json()["code"]
    again = any_api.book(1, key="wamid.again", nik=nik(1))
    assert (code_of(again), again.json()["booking"]["code"]) == ("already_booked", code)

    elsewhere = book_for(any_api, 2, 1)
    assert (code_of(elsewhere), elsewhere.json()["by"]) == ("already_booked", "identity")
    assert any_api.day()["booked"] == 1


@pytest.mark.usefixtures("two_each")
def test_a_cancelled_place_makes_room_for_another_of_the_family(any_api: Api) -> None:
    codes = [book_for(any_api, 1, person).json()["code"] for person in (1, 2)]
    any_api.cancel(codes[0])
    assert book_for(any_api, 1, 3).status_code == 201
    assert code_of(book_for(any_api, 1, 4)) == "already_booked"


@pytest.mark.usefixtures("two_each")
def test_the_database_itself_gives_no_number_twice_to_one_sender(
    api: Api, database: Database
) -> None:
    for person in (1, 2):
        book_for(api, 1, person)
    with pytest.raises(IntegrityError), database.writing() as session:
        session.execute(update(Booking).values(nth_of_sender=0))


@pytest.mark.usefixtures("two_each")
def test_who_has_one_of_two_places_may_wait_for_another_and_take_it(api: Api) -> None:
    api.set_day(capacity=1)
    taken = book_for(api, 8, 8).json()["code"]
    api.set_day(NEXT_TUESDAY, opens_at="2026-11-20T08:00:00+07:00")
    book_for(api, 1, 1, NEXT_TUESDAY)
    entry = api.wait(1, nik=CHILDS_NIK).json()["code"]
    api.cancel(taken)
    booked = api.accept(entry).json()
    assert (booked["status"], booked["is_child"]) == ("booked", True)


@pytest.mark.usefixtures("two_each")
def test_a_wrong_end_is_taken_back_while_the_number_has_room(
    api: Api, clock: Clock, database: Database
) -> None:
    codes = [book_for(api, 1, person).json()["code"] for person in (1, 2)]
    clock.at("2026-11-24T08:30:00+07:00")
    api.call("POST", f"/counter/{codes[0]}/no_show")
    with database.writing() as session:
        assert reopened(session, codes[0], now()).status == "booked"

    api.call("POST", f"/counter/{codes[0]}/no_show")
    api.set_day(NEXT_TUESDAY, opens_at="2026-11-20T08:00:00+07:00")
    assert book_for(api, 1, 3, NEXT_TUESDAY).status_code == 201
    with database.writing() as session, pytest.raises(Problem) as refused:
        reopened(session, codes[0], now())
    assert refused.value.code == "already_booked"


@pytest.mark.usefixtures("two_each")
def test_each_of_a_family_hears_how_long_their_own_turn_takes(api: Api, clock: Clock) -> None:
    codes = [book_for(api, 1, person).json()["code"] for person in (1, 2)]
    clock.at("2026-11-24T08:30:00+07:00")
    here = {"office": "pemalang", "place": "mpp_batang", "phone": phone(1)}
    waits = [api.get("/counter/now", **here, code=code).json()["before"] for code in codes]
    assert waits == [0, 1]


def test_where_one_is_allowed_a_second_person_is_refused(any_api: Api) -> None:
    book_for(any_api, 1, 1)
    assert code_of(book_for(any_api, 1, 2)) == "already_booked"


@pytest.mark.parametrize(("number", "is_child"), [(CHILDS_NIK, True), (nik(1), False)])
def test_a_booking_knows_whether_it_is_a_childs(api: Api, number: str, is_child: bool) -> None:
    token = api.call("POST", "/identities", json={"nik": number}).json()["identity"]
    assert api.book(1, nik=None, identity=token).json()["is_child"] is is_child
    assert api.get("/bookings", phone=phone(1)).json()[0]["is_child"] is is_child
