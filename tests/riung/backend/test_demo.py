from concurrent.futures import ThreadPoolExecutor

from riung.backend.bookings.tables import Booking
from riung.backend.db import Database
from riung.backend.demo import demo_applications, fill
from riung.office.stages import stage_order
from riung.privacy import looks_like_nik
from tests.riung.backend.citizens import Api, local, nik, phone

NOW = local("2026-11-21T09:00:00")


def filled(api: Api) -> Api:
    assert fill(api.client.app.state.database, NOW)
    return api


def test_there_is_an_application_at_every_stage(any_api: Api) -> None:
    filled(any_api)
    shown = [
        any_api.get(f"/applications/{one.number}").json()["stage"] for one in demo_applications()
    ]
    assert shown == [one.stage for one in demo_applications()]
    assert set(shown) == stage_order().stages


def test_two_backends_that_start_at_once_put_it_in_once(any_database: Database) -> None:
    with ThreadPoolExecutor(2) as both:
        filling = [both.submit(fill, any_database, NOW) for _ in range(2)]

    assert sorted(one.result() for one in filling) == [False, True]


def test_the_numbers_cannot_be_taken_for_a_nik() -> None:
    assert not [one for one in demo_applications() if looks_like_nik(one.number)]


def test_one_tuesday_is_full_and_the_next_can_be_booked(api: Api) -> None:
    filled(api)
    assert [api.day(day)["remaining"] for day in ("2026-11-24", "2026-12-01")] == [0, 7]
    assert api.book(1, "2026-12-01", phone=phone(1), nik=nik(1)).status_code == 201


def test_both_offices_have_quotas(api: Api) -> None:
    filled(api)
    for office in ("bandung", "pemalang"):
        statuses = {day["status"] for day in api.get("/quotas", office=office).json()}
        assert {"open", "full", "not_yet_open"} <= statuses


def test_nobody_is_written_to(api: Api) -> None:
    filled(api)
    with api.client.app.state.database.reading() as session:
        assert {one.sender for one in session.query(Booking)} == {None}


def test_a_database_with_applications_is_left_alone(api: Api) -> None:
    api.move("1179000000000001", "paid")
    assert fill(api.client.app.state.database, NOW) is False
