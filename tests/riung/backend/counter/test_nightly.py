from riung.backend.counter.nightly import end_past_days
from riung.clock import now
from tests.riung.backend.citizens import Api, Clock, phone


def night(api: Api, clock: Clock) -> int:
    clock.at("2026-11-25T00:07:00+07:00")
    with api.client.app.state.database.writing() as session:
        return end_past_days(session, now())


def status(api: Api, code: str) -> str:
    return str(api.get(f"/bookings/{code}").json()["status"])


def test_after_the_day_everybody_has_a_last_state(any_api: Api, clock: Clock) -> None:
    came, called, absent = (any_api.book(citizen).json()["code"] for citizen in (1, 2, 3))
    clock.at("2026-11-24T08:30:00+07:00")
    any_api.call("POST", f"/counter/{called}/arrived")
    any_api.call("POST", "/counter/call-next", json={"office": "pemalang", "place": "mpp_batang"})
    any_api.call("POST", f"/counter/{came}/arrived")
    assert night(any_api, clock) == 3
    assert [status(any_api, code) for code in (came, called, absent)] == [
        "served",
        "served",
        "no_show",
    ]


def test_where_the_counter_kept_no_list_nobody_is_called_absent(api: Api, clock: Clock) -> None:
    code = api.book(1).json()["code"]
    night(api, clock)
    assert status(api, code) == "unrecorded"


def test_on_a_closed_day_bookings_are_cancelled(api: Api, clock: Clock) -> None:
    code = api.book(1).json()["code"]
    api.set_day(closed=True, reason="Listrik padam")
    night(api, clock)
    assert status(api, code) == "cancelled"


def test_afterwards_one_may_book_again(api: Api, clock: Clock) -> None:
    api.book(1)
    night(api, clock)
    api.set_day("2026-12-01", opens_at="2026-11-20T08:00:00+07:00")
    assert api.book(1, "2026-12-01").status_code == 201


def test_the_day_itself_and_later_ones_are_left_alone(api: Api, clock: Clock) -> None:
    code = api.book(1).json()["code"]
    clock.at("2026-11-24T23:07:00+07:00")
    with api.client.app.state.database.writing() as session:
        assert end_past_days(session, now()) == 0
    assert status(api, code) == "booked"


def test_the_line_of_a_past_day_is_closed(api: Api, clock: Clock) -> None:
    api.set_day(capacity=1)
    api.book(1)
    api.wait(2)
    night(api, clock)
    assert api.get("/waiting-list", phone=phone(2)).json() == []
