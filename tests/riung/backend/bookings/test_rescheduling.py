import pytest

from tests.riung.backend.citizens import NEXT_TUESDAY, TUESDAY, Api, Clock, code_of, phone

OPEN_EARLY = {"opens_at": "2026-11-20T08:00:00+07:00"}


def booked(api: Api, citizen: int = 1, day: str = TUESDAY) -> str:
    return str(api.book(citizen, day).json()["code"])


def test_a_cancelled_place_is_free_again(any_api: Api) -> None:
    any_api.set_day(capacity=1)
    assert any_api.cancel(booked(any_api)).json()["status"] == "cancelled"
    assert any_api.day()["remaining"] == 1


def test_a_number_is_not_given_twice(api: Api) -> None:
    api.cancel(booked(api))
    assert api.book(2).json()["queue_number"] == 2


def test_cancelling_twice_is_the_same_as_once(api: Api) -> None:
    code = booked(api)
    assert api.cancel(code).json() == api.cancel(code).json()


def test_nobody_cancels_for_somebody_else(api: Api) -> None:
    code = booked(api)
    assert code_of(api.cancel(code, phone=phone(2))) == "booking_not_found"
    assert api.cancel(code, phone=phone(1)).status_code == 200


@pytest.mark.parametrize(
    ("moment", "allowed"),
    [("2026-11-23T15:00:00+07:00", True), ("2026-11-23T15:00:01+07:00", False)],
)
def test_one_may_change_up_to_the_offices_limit(
    api: Api, clock: Clock, moment: str, allowed: bool
) -> None:
    api.set_day(NEXT_TUESDAY, **OPEN_EARLY)
    code = booked(api)
    clock.at(moment)
    for answer in (api.reschedule(code, NEXT_TUESDAY), api.cancel(code)):
        told = "changed" if answer.is_success else code_of(answer)
        assert told == ("changed" if allowed else "too_late")


def test_moving_keeps_the_code_and_takes_the_next_number_of_the_new_day(any_api: Api) -> None:
    any_api.set_day(NEXT_TUESDAY, **OPEN_EARLY)
    booked(any_api, 2, NEXT_TUESDAY)
    code = booked(any_api)
    moved = any_api.reschedule(code, NEXT_TUESDAY, phone=phone(1)).json()
    assert (moved["code"], moved["date"], moved["queue_number"]) == (code, NEXT_TUESDAY, 2)
    assert (any_api.day()["booked"], any_api.day(NEXT_TUESDAY)["booked"]) == (0, 2)


def test_moving_to_the_same_day_changes_nothing(api: Api) -> None:
    code = booked(api)
    assert api.reschedule(code, TUESDAY).json()["moves_left"] == 1


def test_one_may_move_as_often_as_the_office_allows(api: Api) -> None:
    for day in (NEXT_TUESDAY, "2026-12-08"):
        api.set_day(day, **OPEN_EARLY)
    code = booked(api)
    assert api.reschedule(code, NEXT_TUESDAY).json()["moves_left"] == 0
    assert code_of(api.reschedule(code, "2026-12-08")) == "moves_used"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, "not_yet_open"),
        ({**OPEN_EARLY, "booked_elsewhere": 10}, "quota_full"),
        ({"closed": True}, "quota_closed"),
    ],
)
def test_a_day_without_a_place_cannot_be_moved_to(
    api: Api, change: dict[str, object], code: str
) -> None:
    api.set_day(NEXT_TUESDAY, **change)
    mine = booked(api)
    assert code_of(api.reschedule(mine, NEXT_TUESDAY)) == code
    assert api.get(f"/bookings/{mine}").json()["date"] == TUESDAY


def test_whose_day_was_closed_may_move_late_again_and_before_the_others(
    any_api: Api, clock: Clock
) -> None:
    code = booked(any_api)
    clock.at("2026-11-23T20:00:00+07:00")
    any_api.set_day(closed=True, reason="Listrik padam")
    moved = any_api.reschedule(code, NEXT_TUESDAY).json()
    assert (moved["date"], moved["moves_left"]) == (NEXT_TUESDAY, 1)


def test_also_then_a_full_day_stays_full(api: Api) -> None:
    api.set_day(NEXT_TUESDAY, booked_elsewhere=10, **OPEN_EARLY)
    code = booked(api)
    api.set_day(closed=True)
    assert code_of(api.reschedule(code, NEXT_TUESDAY)) == "quota_full"


def test_what_is_over_cannot_be_changed(api: Api) -> None:
    code = booked(api)
    api.call("POST", f"/counter/{code}/served")
    assert code_of(api.cancel(code)) == "booking_over"
    assert code_of(api.reschedule(code, NEXT_TUESDAY)) == "booking_over"


def test_an_unknown_code_is_not_found(api: Api) -> None:
    assert code_of(api.cancel("XXXXXX")) == "booking_not_found"


@pytest.mark.parametrize(
    ("written", "is_too_late"),
    [("2026-11-23T14:59:40+07:00", False), ("2026-11-23T15:00:20+07:00", True)],
)
def test_the_limit_is_judged_by_when_it_was_written(
    api: Api, clock: Clock, written: str, is_too_late: bool
) -> None:
    api.set_day(NEXT_TUESDAY, **OPEN_EARLY)
    code = booked(api)
    clock.at("2026-11-23T15:01:00+07:00")
    for answer in (
        api.reschedule(code, NEXT_TUESDAY, sent_at=written),
        api.cancel(code, sent_at=written),
    ):
        assert answer.is_success or code_of(answer) == "too_late"
        assert answer.is_success != is_too_late
