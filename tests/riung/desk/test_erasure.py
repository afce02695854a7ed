from sqlalchemy import update

from riung.clock import now
from riung.desk import event_intake
from riung.desk.retention import forget_old
from riung.server import tables
from tests.riung.backend.citizens import Api, Clock, phone
from tests.riung.desk import makers


def erase(api: Api, citizen: int) -> dict[str, int]:
    return dict(api.call("DELETE", "/people", params={"phone": phone(citizen)}).json())


def test_what_is_over_is_erased(any_api: Api) -> None:
    any_api.cancel(any_api.book(1).json()["code"])
    assert erase(any_api, 1)["bookings"] == 1
    with any_api.client.app.state.database.reading() as session:
        row = session.query(tables.Booking).one()
        tries = session.query(tables.Attempt).count()
    assert (row.sender, row.name, row.identity_hash, row.identity_last4) == (None,) * 4
    assert tries == 0


def test_what_still_has_to_be_done_stays_and_is_told(api: Api) -> None:
    code = api.book(1).json()["code"]
    api.call(
        "POST",
        "/tickets",
        json={"kind": "complaint", "office": "bandung", "phone": phone(1)},
    )
    told = erase(api, 1)
    assert (told["open_bookings"], told["open_tickets"]) == (1, 1)
    assert api.get(f"/bookings/{code}").json()["name"] == "Warga Contoh"


def test_a_request_for_a_person_goes_whole_though_only_its_conversation_names_the_sender(
    any_api: Api,
) -> None:
    ticket = {"kind": "handover", "office": "bandung", "conversation_id": f"{phone(1)}@1"}
    said = [{"text": "tolong dicek"}]
    for who in (phone(1), phone(12)):
        mine = {**ticket, "conversation_id": f"{who}@1", "last_messages": said}
        any_api.call("POST", "/tickets", json=mine, headers={"Idempotency-Key": f"wamid.{who}"})
    database = any_api.client.app.state.database
    with database.writing() as session:
        for row in session.query(tables.Ticket):
            row.status = "closed"
        session.execute(update(tables.desk.Conversation).values(state="bot"))

    assert erase(any_api, 1)["tickets"] == 1

    with database.reading() as session:
        gone, others = session.query(tables.Ticket).order_by(tables.Ticket.id)
        assert (gone.conversation_id, gone.last_messages, gone.idempotency_key) == (None, [], None)
        assert others.conversation_id == f"{phone(12)}@1"
        people = {talk.person for talk in session.query(tables.desk.Conversation)}
    assert people == {phone(12)}


def test_what_had_to_stay_goes_with_the_first_night_after_it_is_over(
    api: Api, clock: Clock
) -> None:
    code = api.book(1).json()["code"]
    kept = {"kind": "complaint", "office": "bandung", "phone": phone(1), "subject": "Antre lama"}
    api.call("POST", "/tickets", json=kept)
    api.call("PUT", "/people/ID.1", json={"ids": [phone(1)]})
    erase(api, 1)
    api.cancel(code)
    database = api.client.app.state.database
    with database.writing() as session:
        session.query(tables.Ticket).one().status = "closed"
        forget_old(session, now())

    with database.reading() as session:
        booking, ticket = session.query(tables.Booking).one(), session.query(tables.Ticket).one()
    assert (booking.sender, booking.name, booking.idempotency_key) == (None,) * 3
    assert (ticket.subject, ticket.sender_hash) == ("", None)


def test_a_score_tapped_after_the_erasure_counts_nowhere(api: Api) -> None:
    database, name = api.client.app.state.database, f"{phone(1)}@1"
    event_intake.consume(database, [makers.user("halo", sender=name), makers.bot(sender=name)])
    score = makers.user("/survei", "survei", name, entities=[{"entity": "nilai", "value": "5"}])
    event_intake.consume(database, [score, makers.slot("ulasan", "lama sekali", name)])
    erase(api, 1)
    later = {**score, "message_id": "wamid.later", "timestamp": score["timestamp"] + 60}

    event_intake.consume(database, [makers.started(name), later, makers.bot("Terima kasih", name)])

    with database.reading() as session:
        kept = [(one.score, one.comment) for one in session.query(tables.desk.Survey)]
    assert kept == [(5, "")]


def test_wishes_are_erased(api: Api) -> None:
    body = {"kind": "quota", "office": "pemalang", "subject": "mpp_batang", "phone": phone(1)}
    api.call("POST", "/subscriptions", json=body)
    erase(api, 1)
    assert api.get("/subscriptions", phone=phone(1)).json() == []


def test_others_lose_nothing(api: Api) -> None:
    api.book(1)
    erase(api, 2)
    assert len(api.get("/bookings", phone=phone(1)).json()) == 1
