import pytest

from riung.clock import now
from riung.desk import conversations
from riung.desk.tables import Conversation
from riung.desk.tickets.tables import Ticket
from tests.riung.backend.citizens import Api, Clock, code_of, local, nik, phone


def ask(api: Api, kind: str = "handover", key: str = "", **more: object) -> dict[str, object]:
    body = {"kind": kind, "office": "bandung", "conversation_id": phone(1), **more}
    headers = {"Idempotency-Key": key} if key else {}
    answer = api.call("POST", "/tickets", json=body, headers=headers)
    return dict(answer.json()) if answer.is_success else {"code": code_of(answer)}


def stored(api: Api) -> Ticket:
    with api.client.app.state.database.reading() as session:
        return session.query(Ticket).one()


@pytest.mark.parametrize(
    ("moment", "in_hours", "answered_from"),
    [
        ("2026-11-23T10:00:00+07:00", True, "2026-11-23T10:00:00+07:00"),
        ("2026-11-23T12:30:00+07:00", False, "2026-11-23T13:00:00+07:00"),  # the break
        ("2026-11-20T20:00:00+07:00", False, "2026-11-23T08:00:00+07:00"),
    ],
)
def test_it_is_said_when_somebody_answers(
    any_api: Api, clock: Clock, moment: str, in_hours: bool, answered_from: str
) -> None:
    clock.at(moment)
    told = ask(any_api)
    assert (told["in_hours"], told["answered_from"]) == (in_hours, answered_from)


@pytest.mark.parametrize(
    ("kind", "due"),
    [
        ("handover", "2026-11-24T15:00:00+07:00"),
        ("home_service", "2026-11-26T15:00:00+07:00"),
        ("complaint", "2026-11-30T15:00:00+07:00"),
    ],
)
def test_each_kind_is_due_after_its_working_days(
    api: Api, clock: Clock, kind: str, due: str
) -> None:
    clock.at("2026-11-23T10:00:00+07:00")
    assert ask(api, kind)["due_at"] == due


@pytest.mark.parametrize("kind", ["handover", "home_service", "complaint"])
def test_what_was_delivered_late_counts_from_when_it_was_written(
    api: Api, clock: Clock, kind: str
) -> None:
    clock.at("2026-11-24T00:30:00+07:00")
    late = ask(api, kind, asked_at="2026-11-23T10:00:00+07:00")
    clock.at("2026-11-23T10:00:00+07:00")
    in_time = ask(api, kind, conversation_id=phone(2))

    told = ("created_at", "updated_at", "due_at")
    assert [late[name] for name in told] == [in_time[name] for name in told]


def test_a_moment_yet_to_come_is_not_believed(api: Api, clock: Clock) -> None:
    clock.at("2026-11-23T10:00:00+07:00")
    told = ask(api, "complaint", asked_at="2026-11-25T10:00:00+07:00")
    assert told["created_at"] == "2026-11-23T10:00:00+07:00"


def test_who_has_just_asked_may_be_answered_before_the_transcript_tells_of_it(
    api: Api, clock: Clock
) -> None:
    clock.at("2026-11-23T10:00:00+07:00")
    ask(api, asked_at="2026-11-23T09:58:00+07:00")
    with api.client.app.state.database.reading() as session:
        [talk] = session.query(Conversation).all()
        assert conversations.window_open(talk, now())
        assert talk.citizen_at == local("2026-11-23T09:58:00")


def test_the_last_messages_are_masked_and_not_too_many(api: Api) -> None:
    messages = [{"sender": "bot", "text": f"pesan {number}"} for number in range(30)]
    ask(api, last_messages=[*messages, {"text": f"nik saya {nik(1)}, hp 081234567890"}])
    texts = [message["text"] for message in stored(api).last_messages]
    assert len(texts) == 20
    assert nik(1) not in texts[-1]
    assert "081234567890" not in texts[-1]


def test_what_a_form_asked_is_masked_as_well(api: Api) -> None:
    ask(api, "home_service", subject=f"NIK {nik(1)}", details={"alamat": f"Jl. A, {nik(1)}"})
    assert nik(1) not in f"{stored(api).subject} {stored(api).details}"


def test_asking_again_while_one_waits_gives_the_same_ticket(any_api: Api) -> None:
    assert ask(any_api)["code"] == ask(any_api)["code"]


def test_the_same_message_opens_one_ticket(api: Api) -> None:
    assert ask(api, "complaint", key="w1")["code"] == ask(api, "complaint", key="w1")["code"]


def test_two_complaints_are_two_tickets(api: Api) -> None:
    assert ask(api, "complaint")["code"] != ask(api, "complaint")["code"]


def test_a_ticket_is_found_by_its_code_without_its_contents(api: Api) -> None:
    code = ask(api, "complaint", subject="Antre lama")["code"]
    told = api.get(f"/tickets/{str(code).lower()}").json()
    assert (told["code"], told["status"]) == (code, "open")
    assert "Antre" not in str(told)


def test_an_unknown_code_is_not_found(api: Api) -> None:
    assert code_of(api.get("/tickets/XXXXXX")) == "ticket_not_found"


@pytest.mark.parametrize(
    ("change", "code"),
    [({"office": "atlantis"}, "office_not_found"), ({"kind": "pesta"}, "invalid_request")],
)
def test_wrong_requests_are_refused(api: Api, change: dict[str, str], code: str) -> None:
    assert ask(api, **change)["code"] == code


def test_the_same_line_come_again_stands_there_once(api: Api) -> None:
    code = ask(api)["code"]
    for text in ("kapan dijawab?", "kapan dijawab?", "halo", "kapan dijawab?"):
        said = api.call("POST", f"/tickets/{code}/messages", json={"text": text})
        assert said.status_code == 201
    texts = [message["text"] for message in stored(api).last_messages]
    assert texts[-3:] == ["kapan dijawab?", "halo", "kapan dijawab?"]
