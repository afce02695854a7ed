from riung.backend.waiting_list.waiting import expire_offers
from riung.clock import now
from tests.riung.backend.citizens import NEXT_TUESDAY, Api, Clock, code_of, nik, phone


def full_day(api: Api) -> str:
    """A day with one place, taken; the code of its booking."""
    api.set_day(capacity=1)
    return str(api.book(0).json()["code"])


def status(api: Api, citizen: int) -> str | None:
    entries = api.get("/waiting-list", phone=phone(citizen)).json()
    return entries[0]["status"] if entries else None


def test_one_waits_for_a_full_day_and_knows_the_place_in_line(any_api: Api) -> None:
    full_day(any_api)
    positions = [any_api.wait(citizen).json()["position"] for citizen in (1, 2, 3)]
    assert positions == [1, 2, 3]


def test_a_day_with_free_places_has_no_waiting_list(api: Api) -> None:
    assert code_of(api.wait(1)) == "places_free"


def test_a_day_that_is_not_open_has_none_either(api: Api) -> None:
    assert code_of(api.wait(1, NEXT_TUESDAY)) == "not_yet_open"


def test_one_waits_once_for_a_day(api: Api) -> None:
    full_day(api)
    api.wait(1)
    assert code_of(api.wait(1, nik=nik(9))) == "already_waiting"
    assert code_of(api.wait(2, nik=nik(1))) == "already_waiting"


def test_the_same_message_waits_once(api: Api) -> None:
    full_day(api)
    body, headers = api.wish(1), {"Idempotency-Key": "wamid.w"}
    first, again = (
        api.call("POST", "/waiting-list", json=body, headers=headers).json() for _ in range(2)
    )
    assert first == again


def test_who_has_a_booking_does_not_wait(api: Api) -> None:
    full_day(api)
    assert code_of(api.wait(0)) == "already_booked"


def test_a_freed_place_is_offered_to_the_first_in_line(any_api: Api) -> None:
    code = full_day(any_api)
    any_api.wait(1)
    any_api.wait(2)
    any_api.cancel(code)
    assert (status(any_api, 1), status(any_api, 2)) == ("offered", "waiting")


def test_the_line_is_ordered_by_the_time_of_the_messages(any_api: Api) -> None:
    code = full_day(any_api)
    any_api.wait(1, sent_at="2026-11-21T08:59:58+07:00")
    any_api.wait(2, sent_at="2026-11-21T08:59:57+07:00")
    any_api.cancel(code)
    assert (status(any_api, 1), status(any_api, 2)) == ("waiting", "offered")


def test_an_offered_place_is_kept_for_that_person(api: Api) -> None:
    code = full_day(api)
    api.wait(1)
    api.cancel(code)
    assert code_of(api.book(5)) == "quota_full"
    assert api.day()["remaining"] == 0


def test_accepting_books_it(any_api: Api) -> None:
    code = full_day(any_api)
    entry = any_api.wait(1).json()["code"]
    any_api.cancel(code)
    booked = any_api.accept(entry)
    assert (booked.status_code, booked.json()["queue_number"]) == (201, 2)
    assert any_api.accept(entry).json()["code"] == booked.json()["code"]
    assert status(any_api, 1) is None


def test_nothing_can_be_accepted_before_it_is_offered(api: Api) -> None:
    full_day(api)
    assert code_of(api.accept(api.wait(1).json()["code"])) == "not_offered"


def test_the_deadline_runs_from_the_next_hours_of_the_office(api: Api) -> None:
    code = full_day(api)
    api.wait(1)
    api.cancel(code)  # on a Saturday; messages go out from Monday 06:30 on
    offer = api.get("/waiting-list", phone=phone(1)).json()[0]
    assert offer["accept_by"] == "2026-11-23T08:30:00+07:00"


def test_after_the_deadline_it_goes_to_the_next(any_api: Api, clock: Clock) -> None:
    clock.at("2026-11-23T09:00:00+07:00")
    code = full_day(any_api)
    first, _second = any_api.wait(1).json()["code"], any_api.wait(2)
    any_api.cancel(code)
    clock.later(minutes=121)
    assert code_of(any_api.accept(first)) == "offer_expired"
    expire(any_api)
    assert (status(any_api, 1), status(any_api, 2)) == (None, "offered")


def expire(api: Api) -> int:
    return expire_offers(api.client.app.state.database, now())


def test_an_offer_that_still_runs_is_not_expired(api: Api, clock: Clock) -> None:
    clock.at("2026-11-23T09:00:00+07:00")
    code = full_day(api)
    api.wait(1)
    api.cancel(code)
    clock.later(minutes=119)
    assert expire(api) == 0


def test_a_declined_offer_goes_to_the_next(api: Api) -> None:
    code = full_day(api)
    first = api.wait(1).json()["code"]
    api.wait(2)
    api.cancel(code)
    assert api.call("DELETE", f"/waiting-list/{first}").json()["status"] == "declined"
    assert status(api, 2) == "offered"


def test_one_may_leave_the_line(api: Api) -> None:
    full_day(api)
    first = api.wait(1).json()["code"]
    api.wait(2)
    assert api.call("DELETE", f"/waiting-list/{first}").json()["status"] == "left"
    assert api.get("/waiting-list", phone=phone(2)).json()[0]["position"] == 1


def test_nobody_answers_for_somebody_else(api: Api) -> None:
    full_day(api)
    entry = api.wait(1).json()["code"]
    answer = api.call("DELETE", f"/waiting-list/{entry}", params={"phone": phone(2)})
    assert code_of(answer) == "waiting_not_found"


def test_more_places_go_to_the_line_first(any_api: Api) -> None:
    full_day(any_api)
    for citizen in (1, 2, 3):
        any_api.wait(citizen)
    told = any_api.set_day(capacity=3).json()
    assert [status(any_api, citizen) for citizen in (1, 2, 3)] == ["offered", "offered", "waiting"]
    assert told["remaining"] == 0


def test_who_moves_away_frees_a_place_too(api: Api) -> None:
    code = full_day(api)
    api.wait(1)
    api.set_day(NEXT_TUESDAY, opens_at="2026-11-20T08:00:00+07:00")
    api.reschedule(code, NEXT_TUESDAY)
    assert status(api, 1) == "offered"


def test_who_found_another_place_meanwhile_is_passed_over(api: Api) -> None:
    code = full_day(api)
    api.wait(1)
    api.wait(2)
    api.set_day(NEXT_TUESDAY, opens_at="2026-11-20T08:00:00+07:00")
    api.book(1, NEXT_TUESDAY)
    api.cancel(code)
    assert (status(api, 1), status(api, 2)) == (None, "offered")


def test_shortly_before_the_service_nothing_is_offered(api: Api, clock: Clock) -> None:
    code = full_day(api)
    api.wait(1)
    clock.at("2026-11-24T07:01:00+07:00")
    api.call("POST", f"/counter/{code}/no_show")
    assert status(api, 1) == "waiting"


def test_a_closed_day_closes_its_line(api: Api) -> None:
    full_day(api)
    api.wait(1)
    api.set_day(closed=True, reason="Listrik padam")
    assert status(api, 1) is None
