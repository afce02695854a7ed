import pytest

from riung.backend.bookings.tables import Booking
from riung.backend.db import Database
from tests.riung.backend.citizens import NEXT_TUESDAY, TUESDAY, Api, Clock, code_of, nik, phone


def fill(api: Api, count: int = 10, day: str = TUESDAY) -> list[str]:
    return [api.book(citizen, day).json()["code"] for citizen in range(count)]


def test_a_ticket_says_all_that_is_needed_to_come(any_api: Api) -> None:
    told = any_api.book(1, kind="penggantian_habis")
    assert told.status_code == 201
    assert told.json().items() >= {
        "queue_number": 1, "office": "pemalang", "place": "mpp_batang", "date": TUESDAY,
        "arrive_at": "2026-11-24T07:30:00+07:00", "starts_at": "2026-11-24T08:00:00+07:00",
        "kind": "penggantian_habis", "status": "booked", "moves_left": 1,
        "change_until": "2026-11-23T15:00:00+07:00",
    }.items()  # fmt: skip


def test_numbers_are_given_in_order(any_api: Api) -> None:
    numbers = [any_api.book(citizen).json()["queue_number"] for citizen in range(3)]
    assert numbers == [1, 2, 3]


def test_the_eleventh_is_refused_and_hears_what_else_there_is(any_api: Api) -> None:
    any_api.set_day(NEXT_TUESDAY, opens_at="2026-11-20T08:00:00+07:00")
    fill(any_api)
    refused = any_api.book(99)
    assert (refused.status_code, code_of(refused)) == (409, "quota_full")
    told = refused.json()
    assert told["next_open"]["date"] == NEXT_TUESDAY
    assert told["next_opening"]["date"] == "2026-12-08"
    assert told["waiting_list"] is True


def test_other_places_are_offered_as_well(api: Api, office_folder) -> None:
    path = office_folder / "pemalang.yml"
    start = path.read_text().index("  - id: mpp_batang")
    end = path.read_text().index("  - id: mpp_tegal")
    twin = path.read_text()[start:end].replace("batang", "kajen").replace("Batang", "Kajen")
    path.write_text(path.read_text()[:end] + twin + path.read_text()[end:])
    fill(api)
    others = api.book(99).json()["other_places"]
    assert [(other["place"], other["date"]) for other in others] == [("mpp_kajen", TUESDAY)]


def test_the_same_message_books_once(any_api: Api) -> None:
    first, again = any_api.book(1, key="wamid.a"), any_api.book(1, key="wamid.a")
    assert first.json() == again.json()
    assert any_api.day()["booked"] == 1


def test_a_key_belongs_to_one_wish(api: Api) -> None:
    api.book(1, key="wamid.a")
    assert code_of(api.book(2, key="wamid.a")) == "idempotency_mismatch"


def test_a_sender_has_one_open_booking_and_is_told_which(any_api: Api) -> None:
    code = any_api.book(1).json()["code"]
    refused = any_api.book(1, key="wamid.b", nik=nik(2))
    assert code_of(refused) == "already_booked"
    assert refused.json()["booking"]["code"] == code


def test_a_nik_has_one_open_booking_and_nobody_else_learns_which(any_api: Api) -> None:
    code = any_api.book(1).json()["code"]
    refused = any_api.book(2, nik=nik(1))
    assert code_of(refused) == "already_booked"
    assert "booking" not in refused.json()
    assert code not in refused.text


@pytest.mark.parametrize("written", ["+62 899-0000-0001", "089900000001", "62899 0000 0001"])
def test_a_number_is_the_same_however_it_is_written(api: Api, written: str) -> None:
    api.book(1)
    assert code_of(api.book(2, key="b", phone=written)) == "already_booked"
    assert len(api.get("/bookings", phone=written).json()) == 1


def test_somebody_without_a_number_books_by_user_id(api: Api) -> None:
    told = api.book(1, phone="ID.a1B2c3D4")
    assert told.status_code == 201
    assert len(api.get("/bookings", phone="ID.a1B2c3D4").json()) == 1


def test_after_cancelling_one_may_book_again(api: Api) -> None:
    api.cancel(api.book(1).json()["code"])
    assert api.book(1, key="wamid.b").json()["queue_number"] == 2


def test_a_token_stands_for_the_nik(api: Api) -> None:
    token = api.call("POST", "/identities", json={"nik": nik(1)}).json()["identity"]
    assert api.book(1, nik=None, identity=token).json()["identity_last4"] == nik(1)[-4:]
    assert code_of(api.book(2, nik=nik(1))) == "already_booked"


def test_the_nik_is_stored_nowhere(api: Api, database: Database) -> None:
    api.book(1)
    with database.reading() as session:
        row = session.query(Booking).one().__dict__
    assert nik(1) not in str(row)
    assert (len(row["identity_hash"]), row["identity_last4"]) == (64, nik(1)[-4:])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"nik": "3325010106900"}, "nik_length"),
        ({"nik": "3325013501900001"}, "nik_birth_date"),
        ({"name": "Budi 2"}, "name_invalid"),
        ({"nik": None}, "invalid_request"),
        ({"identity": "x"}, "invalid_request"),
        ({"nik": None, "identity": "x"}, "identity_invalid"),
        ({"office": "atlantis"}, "office_not_found"),
        ({"place": "mpp_bulan"}, "place_not_found"),
        ({"place": "kanim_pemalang"}, "booking_not_offered"),
        ({"office": "bandung", "place": "kanim_bandung"}, "booking_not_offered"),
        ({"kind": "penggantian_hilang"}, "kind_not_served"),
        ({"service_class": "priority"}, "quota_full"),
    ],
)
def test_what_cannot_be_booked_says_why(api: Api, change: dict[str, object], code: str) -> None:
    assert code_of(api.book(1, **change)) == code


def test_a_day_of_no_service_is_closed(api: Api) -> None:
    assert code_of(api.book(1, "2026-11-25")) == "quota_closed"


def test_a_past_day_is_closed(api: Api) -> None:
    assert code_of(api.book(1, "2026-11-17")) == "quota_closed"


@pytest.mark.parametrize(
    ("received", "sent", "code"),
    [
        ("2026-11-20T07:59:59+07:00", None, "not_yet_open"),
        ("2026-11-20T08:00:00+07:00", None, "booked"),
        # Written before the opening, worked on after it: not served ahead of who waited.
        ("2026-11-20T08:00:05+07:00", "2026-11-20T07:59:58+07:00", "not_yet_open"),
        ("2026-11-20T08:00:05+07:00", "2026-11-20T08:00:01+07:00", "booked"),
        # A time that cannot be right is not believed.
        ("2026-11-20T09:00:00+07:00", "2020-01-01T00:00:00+07:00", "booked"),
        ("2026-11-20T07:00:00+07:00", "2026-11-20T08:00:01+07:00", "not_yet_open"),
    ],
)
def test_the_opening_is_judged_by_the_time_of_the_message(
    api: Api, clock: Clock, received: str, sent: str | None, code: str
) -> None:
    clock.at(received)
    answer = api.book(1, sent_at=sent)
    assert (answer.json().get("status") if answer.is_success else code_of(answer)) == code


def test_mine_are_the_open_ones(api: Api) -> None:
    api.cancel(api.book(1).json()["code"])
    code = api.book(1, key="wamid.b").json()["code"]
    assert [mine["code"] for mine in api.get("/bookings", phone=phone(1)).json()] == [code]
    assert api.get("/bookings", phone=phone(2)).json() == []


def test_a_booking_is_found_by_its_code_as_people_type_it(api: Api) -> None:
    code = api.book(1).json()["code"]
    assert api.get(f"/bookings/{code.lower()}").json()["code"] == code


def test_a_booking_is_shown_to_its_sender_only(api: Api) -> None:
    code = api.book(1).json()["code"]
    assert code_of(api.get(f"/bookings/{code}", phone=phone(2))) == "booking_not_found"
