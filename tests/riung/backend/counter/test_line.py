import pytest

from tests.riung.backend.citizens import PLACE, Api, Clock, code_of, phone

TODAY = "2026-11-24T08:05:00+07:00"


@pytest.fixture
def counter(any_api: Api, clock: Clock) -> Api:
    """The morning of a Tuesday with four people booked, the third of them priority."""
    any_api.set_day(priority=2)
    for citizen in (1, 2, 3, 4):
        any_api.book(citizen, service_class="priority" if citizen == 3 else "regular")
    clock.at(TODAY)
    return any_api


def code(api: Api, citizen: int) -> str:
    return str(api.get("/bookings", phone=phone(citizen)).json()[0]["code"])


def note(api: Api, booking: str, event: str) -> str:
    answer = api.call("POST", f"/counter/{booking}/{event}")
    return str(answer.json()["status"]) if answer.is_success else code_of(answer)


def call_next(api: Api) -> int | str:
    answer = api.call("POST", "/counter/call-next", json=PLACE)
    return int(answer.json()["queue_number"]) if answer.is_success else code_of(answer)


def day(api: Api) -> list[int]:
    answer = api.call("GET", "/counter/day", key="admin-key-of-the-tests", params=PLACE)
    return [line["queue_number"] for line in answer.json()]


def test_priority_stands_first_where_the_rule_says_so(counter: Api) -> None:
    assert day(counter) == [3, 1, 2, 4]


def test_elsewhere_it_waits_like_all(counter: Api, office_folder) -> None:
    path = office_folder / "pemalang.yml"
    path.write_text(path.read_text().replace("prioritas_dulu: true", "prioritas_dulu: false"))
    assert day(counter) == [1, 2, 3, 4]


def test_all_are_called_in_this_order_and_then_nobody(counter: Api) -> None:
    assert [call_next(counter) for _ in range(5)] == [3, 1, 2, 4, "nobody_waits"]


def test_who_has_arrived_is_called_before_who_has_not(counter: Api) -> None:
    note(counter, code(counter, 4), "arrived")
    assert [call_next(counter) for _ in range(2)] == [4, 3]


def test_a_typed_code_marks_an_arrival_once(counter: Api) -> None:
    typed = code(counter, 1).lower()
    assert [note(counter, typed, "arrived") for _ in range(2)] == ["arrived", "arrived"]


def test_a_code_of_another_day_is_told(counter: Api, clock: Clock) -> None:
    booking = code(counter, 1)
    clock.at("2026-11-23T08:05:00+07:00")
    assert note(counter, booking, "arrived") == "wrong_day"


def test_an_unknown_code_is_told(counter: Api) -> None:
    assert note(counter, "XXXXXX", "arrived") == "booking_not_found"


def test_who_was_called_in_vain_and_comes_late_gets_in_again(counter: Api) -> None:
    booking = code(counter, 3)
    call_next(counter)
    assert note(counter, booking, "no_show") == "no_show"
    assert note(counter, booking, "arrived") == "arrived"
    assert call_next(counter) == 3


def test_a_slip_can_be_corrected(counter: Api) -> None:
    booking = code(counter, 1)
    assert [note(counter, booking, event) for event in ("no_show", "served")] == [
        "no_show",
        "served",
    ]


def test_who_cancelled_is_neither_listed_nor_served(counter: Api) -> None:
    booking = code(counter, 1)
    counter.set_day(closed=True)
    counter.reschedule(booking, "2026-12-01")
    assert day(counter) == [3, 2, 4]


def test_walk_ins_get_the_places_that_are_left(counter: Api) -> None:
    counter.set_day(capacity=4)
    body = {**PLACE, "name": "Warga Langsung"}
    first, second = (counter.call("POST", "/counter/walk-ins", json=body) for _ in range(2))
    assert (first.json()["queue_number"], first.json()["status"]) == (5, "arrived")
    assert code_of(second) == "quota_full"


def test_before_the_first_call_no_number_is_served(counter: Api) -> None:
    told = counter.get("/counter/now", **PLACE).json()
    assert (told["now_serving"], told["waiting"], told["wait_minutes"]) == (None, 4, None)


def test_the_wait_follows_the_offices_guess_first_and_then_the_real_pace(
    counter: Api, clock: Clock
) -> None:
    def mine() -> tuple[int | None, int | None]:
        told = counter.get("/counter/now", **PLACE, phone=phone(4)).json()
        return told["now_serving"], told["wait_minutes"]

    assert mine() == (None, 60)  # three before, 20 minutes each
    call_next(counter)
    clock.later(minutes=5)
    call_next(counter)
    assert mine() == (1, 20)
    clock.later(minutes=5)
    call_next(counter)
    assert mine() == (2, 0)
    clock.later(minutes=30)
    call_next(counter)
    assert mine() == (4, None)


def test_the_pace_of_the_day_replaces_the_guess(counter: Api, clock: Clock) -> None:
    for citizen in (11, 12, 13):
        counter.set_day(closes_at="2026-11-24T12:00:00+07:00")
        counter.book(citizen)
    for _ in range(3):
        call_next(counter)
        clock.later(minutes=10)
    told = counter.get("/counter/now", **PLACE, phone=phone(13)).json()
    assert (told["before"], told["wait_minutes"]) == (3, 30)
