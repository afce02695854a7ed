from pathlib import Path

import pytest

from tests.riung.backend.citizens import NEXT_TUESDAY, Api, Clock, code_of


def days(api: Api, **params: str) -> list[str]:
    return [day["date"] for day in api.get("/quotas", office="pemalang", **params).json()]


def test_a_place_without_figures_is_not_listed(api: Api) -> None:
    listed = api.get("/quotas", office="pemalang").json()
    assert {day["place"] for day in listed} == {"mpp_batang"}


def test_days_are_listed_from_today_as_far_as_the_office_offers_them(api: Api) -> None:
    assert days(api) == ["2026-11-24", "2026-12-01", "2026-12-08", "2026-12-15", "2026-12-22"]


def test_days_can_be_chosen(api: Api) -> None:
    assert days(api, **{"from": "2026-12-01", "to": "2026-12-08"}) == ["2026-12-01", "2026-12-08"]


def test_a_day_says_all_that_an_answer_needs(any_api: Api) -> None:
    any_api.book(1)
    told = any_api.day()
    assert told.items() >= {
        "office": "pemalang", "place": "mpp_batang", "place_name": "MPP Batang",
        "date": "2026-11-24", "capacity": 10, "booked": 1, "remaining": 9, "status": "open",
        "opens_at": "2026-11-20T08:00:00+07:00", "bookable": True,
    }.items()  # fmt: skip


@pytest.mark.parametrize(
    ("moment", "status"),
    [
        ("2026-11-20T07:59:59+07:00", "not_yet_open"),
        ("2026-11-20T08:00:00+07:00", "open"),
        ("2026-11-24T07:59:59+07:00", "open"),
        ("2026-11-24T08:00:00+07:00", "closed"),
        ("2026-11-25T08:00:00+07:00", "closed"),
    ],
)
def test_a_day_opens_and_closes_at_the_right_moment(
    api: Api, clock: Clock, moment: str, status: str
) -> None:
    clock.at(moment)
    assert api.day()["status"] == status


def test_a_day_without_places_left_is_full(api: Api) -> None:
    api.set_day(capacity=1)
    api.book(1)
    assert api.day()["status"] == "full"


def test_a_holiday_is_listed_as_closed_with_its_name(api: Api, office_folder: Path) -> None:
    path = office_folder / "pemalang.yml"
    closed = 'libur:\n  - {tanggal: 2026-11-24, alasan: "Pindah gedung"}\n'
    path.write_text(path.read_text().replace("libur: []\n", closed))
    told = api.day()
    assert (told["status"], told["closed_reason"]) == ("closed", "Pindah gedung")


def test_an_officer_may_open_a_holiday_by_hand(api: Api, office_folder: Path) -> None:
    path = office_folder / "pemalang.yml"
    closed = 'libur:\n  - {tanggal: 2026-11-24, alasan: "Pindah gedung"}\n'
    path.write_text(path.read_text().replace("libur: []\n", closed))
    assert api.set_day(capacity=4).json()["status"] == "open"


def test_an_officer_may_give_a_weekday_places_that_has_none(api: Api) -> None:
    api.set_day("2026-11-25", capacity=4, opens_at="2026-11-20T08:00:00+07:00")
    assert api.day("2026-11-25")["remaining"] == 4


def test_places_given_away_in_m_paspor_count(api: Api) -> None:
    assert api.set_day(booked_elsewhere=7).json()["remaining"] == 3


def test_classes_have_places_of_their_own(api: Api) -> None:
    api.set_day(priority=2)
    api.book(1, service_class="priority")
    assert api.day(service_class="priority")["remaining"] == 1
    assert api.day()["remaining"] == 10
    assert api.day()["classes"]["priority"] == {"capacity": 2, "booked": 1, "remaining": 1}


def test_what_is_left_out_of_a_change_stays(api: Api) -> None:
    api.set_day(capacity=4)
    api.set_day(opens_at="2026-11-22T08:00:00+07:00")
    told = api.day()
    assert (told["capacity"], told["opens_at"]) == (4, "2026-11-22T08:00:00+07:00")


def test_null_takes_a_change_back(api: Api) -> None:
    api.set_day(capacity=4)
    assert api.set_day(capacity=None).json()["capacity"] == 10


def test_a_day_may_close_early(api: Api, clock: Clock) -> None:
    api.set_day(closes_at="2026-11-23T12:00:00+07:00")
    clock.at("2026-11-23T12:00:00+07:00")
    assert code_of(api.book(1)) == "quota_closed"


def test_fewer_places_than_booked_take_nobodys_place(api: Api) -> None:
    codes = [api.book(citizen).json()["code"] for citizen in (1, 2)]
    told = api.set_day(capacity=1).json()
    assert (told["booked"], told["remaining"], told["status"]) == (2, 0, "full")
    assert {api.get(f"/bookings/{code}").json()["status"] for code in codes} == {"booked"}


def test_a_closed_day_opens_again(api: Api) -> None:
    assert api.set_day(closed=True, reason="Listrik padam").json()["status"] == "closed"
    assert api.set_day(closed=False).json()["status"] == "open"


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"office": "atlantis"}, "office_not_found"),
        ({"office": "pemalang", "place": "mpp_bulan"}, "place_not_found"),
        ({"office": "pemalang", "from": "2026-12-02", "to": "2026-12-01"}, "range_too_long"),
        ({"office": "pemalang", "from": "2026-01-01", "to": "2026-12-01"}, "range_too_long"),
        ({"office": "pemalang", "from": "selasa"}, "invalid_request"),
        ({"office": "pemalang", "service_class": "vip"}, "invalid_request"),
        ({}, "invalid_request"),
    ],
)
def test_wrong_questions_are_answered_plainly(api: Api, params: dict[str, str], code: str) -> None:
    assert code_of(api.get("/quotas", **params)) == code


@pytest.mark.parametrize(
    "change",
    [
        *({"capacity": -1}, {"booked_elsewhere": None}, {"x": 1}),
        {"opens_at": "2026-11-20T08:00:00"},
        {"opens_at": "0001-01-01T00:00:00+07:00"},
        {"closes_at": "9999-12-31T23:59:59-07:00"},
    ],
)
def test_wrong_changes_are_refused(api: Api, change: dict[str, object]) -> None:
    assert code_of(api.set_day(**change)) == "invalid_request"


def test_the_week_after_opens_a_week_later(api: Api) -> None:
    assert api.day(NEXT_TUESDAY)["status"] == "not_yet_open"
    assert code_of(api.book(1, NEXT_TUESDAY)) == "not_yet_open"
