from riung.backend.applications.tables import UnknownLookup
from riung.backend.db import Database
from tests.riung.backend.citizens import Api, Clock, code_of

KNOWN = "1179000000001234"
SENDER = {"X-Riung-Sender": "6289900000001"}


def look(api: Api, number: int | str, headers: dict[str, str] = SENDER) -> str:
    answer = api.call("GET", f"/applications/{number}", headers=headers)
    return "found" if answer.status_code == 200 else code_of(answer)


def try_numbers(api: Api, count: int) -> list[str]:
    return [look(api, 9_000_000_000_000_000 + index) for index in range(count)]


def test_ten_unknown_numbers_are_answered_and_the_eleventh_starts_a_pause(any_api: Api) -> None:
    assert try_numbers(any_api, 12) == ["application_not_found"] * 10 + ["too_many_unknown"] * 2


def test_in_the_pause_a_known_number_waits_as_well(api: Api) -> None:
    api.move(KNOWN, "paid")
    try_numbers(api, 11)
    assert look(api, KNOWN) == "too_many_unknown"


def test_the_answer_says_how_long_to_wait(api: Api, clock: Clock) -> None:
    try_numbers(api, 11)
    clock.later(minutes=20)
    answer = api.call("GET", f"/applications/{KNOWN}", headers=SENDER)
    assert answer.json()["retry_after"] == 40 * 60 + 1
    assert answer.headers["retry-after"] == str(40 * 60 + 1)


def test_after_an_hour_the_sender_may_ask_again(api: Api, clock: Clock) -> None:
    api.move(KNOWN, "paid")
    try_numbers(api, 11)
    clock.later(minutes=61)
    assert look(api, KNOWN) == "found"


def test_known_numbers_are_never_too_many(api: Api) -> None:
    api.move(KNOWN, "paid")
    assert [look(api, KNOWN) for _ in range(15)] == ["found"] * 15


def test_others_are_not_paused(api: Api) -> None:
    try_numbers(api, 11)
    assert look(api, 1, {"X-Riung-Sender": "6289900000002"}) == "number_malformed"
    other = {"X-Riung-Sender": "6289900000002"}
    assert look(api, 9_000_000_000_000_099, other) == "application_not_found"


def test_neither_number_nor_sender_is_stored(api: Api, database: Database) -> None:
    try_numbers(api, 1)
    with database.reading() as session:
        row = session.query(UnknownLookup).one()
    stored = f"{row.sender_hash} {row.at}"
    assert "6289900000001" not in stored
    assert "9000000000000000" not in stored
    assert len(row.sender_hash) == 64
