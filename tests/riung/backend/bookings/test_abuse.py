from tests.riung.backend.citizens import NEXT_TUESDAY, Api, Clock, nik, phone


def flags(api: Api) -> list[tuple[str, int]]:
    told = api.get("/flags", office="pemalang").json()
    return sorted((flag["reason"], flag["count"]) for flag in told)


def try_with_niks(api: Api, count: int) -> None:
    for number in range(count):
        api.book(1, key=f"try.{number}", nik=nik(100 + number))


def test_a_family_is_not_flagged(any_api: Api) -> None:
    try_with_niks(any_api, 3)
    assert flags(any_api) == []


def test_many_niks_from_one_sender_are_flagged_once_and_counted(any_api: Api) -> None:
    try_with_niks(any_api, 6)
    assert flags(any_api) == [("many_identities", 6)]


def test_the_same_message_again_is_no_new_try(api: Api) -> None:
    for _ in range(30):
        api.book(1, key="wamid.same")
    assert flags(api) == []


def test_many_tries_are_flagged_also_before_the_opening(api: Api) -> None:
    for number in range(22):
        api.book(1, NEXT_TUESDAY, key=f"try.{number}")
    assert flags(api) == [("many_tries", 22)]


def test_tries_are_forgotten_with_time(api: Api, clock: Clock) -> None:
    for number in range(15):
        api.book(1, NEXT_TUESDAY, key=f"first.{number}")
    clock.later(minutes=61)
    for number in range(15):
        api.book(1, NEXT_TUESDAY, key=f"second.{number}")
    assert flags(api) == []


def test_nobody_is_refused_because_of_a_flag(api: Api) -> None:
    try_with_niks(api, 6)
    api.cancel(api.get("/bookings", phone=phone(1)).json()[0]["code"])
    assert api.book(1, key="wamid.last", nik=nik(200)).status_code == 201


def test_a_flag_shows_no_whole_number(api: Api) -> None:
    try_with_niks(api, 4)
    assert phone(1) not in api.get("/flags", office="pemalang").text
