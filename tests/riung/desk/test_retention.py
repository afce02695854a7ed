from sqlalchemy import func, select

from riung.backend.counter.nightly import end_past_days
from riung.clock import now
from riung.days_to_keep import days_to_keep
from riung.desk.retention import forget_old, queue_days
from riung.office.offices import offices
from riung.server import tables
from tests.riung.backend.citizens import Api, Clock, phone


def night(api: Api, clock: Clock, moment: str) -> None:
    clock.at(moment)
    with api.client.app.state.database.writing() as session:
        end_past_days(session, now())
        forget_old(session, now())


def count(api: Api, table: type) -> int:
    with api.client.app.state.database.reading() as session:
        return int(session.execute(select(func.count()).select_from(table)).scalar_one())


def test_the_queue_keeps_as_long_as_citizens_are_told() -> None:
    assert {office.id: queue_days(office) for office in offices().values()} == {
        office.id: int(office.value("fakta.batas.simpan_antrean")) for office in offices().values()
    }
    assert min(days_to_keep().values()) > 0


def test_who_was_booked_is_forgotten_after_the_offices_days(any_api: Api, clock: Clock) -> None:
    any_api.set_day(capacity=1)
    any_api.book(1)
    any_api.wait(2)
    night(any_api, clock, "2026-12-24T00:07:00+07:00")  # the 30th day after
    with any_api.client.app.state.database.reading() as session:
        assert session.query(tables.Booking).one().sender == phone(1)
    night(any_api, clock, "2026-12-25T00:07:00+07:00")
    with any_api.client.app.state.database.reading() as session:
        booking = session.query(tables.Booking).one()
        waiting = session.query(tables.WaitingEntry).one()
    for row in (booking, waiting):
        assert (row.sender, row.name, row.identity_hash, row.identity_last4) == (None,) * 4
    assert booking.status == "unrecorded"


def test_tries_and_unknown_numbers_are_forgotten(api: Api, clock: Clock) -> None:
    api.book(1)
    sender = {"X-Riung-Sender": phone(1)}
    api.call("GET", "/applications/9000000000000001", headers=sender)
    night(api, clock, "2026-11-21T10:01:00+07:00")
    assert (count(api, tables.Attempt), count(api, tables.UnknownLookup)) == (1, 0)
    night(api, clock, "2026-11-28T09:01:00+07:00")
    assert count(api, tables.Attempt) == 0


def test_finished_applications_go_with_their_history_and_wishes(api: Api, clock: Clock) -> None:
    for number, stage in (("1179000000000001", "collected"), ("1179000000000002", "printing")):
        api.move(number, stage)
        body = {"kind": "status", "office": "bandung", "subject": number, "phone": phone(1)}
        api.call("POST", "/subscriptions", json=body)
    night(api, clock, "2027-06-30T00:07:00+07:00")
    tables_left = (tables.Application, tables.StageChange, tables.Subscription)
    assert [count(api, table) for table in tables_left] == [1, 1, 1]


def test_a_closed_ticket_is_emptied_and_an_open_one_kept(api: Api, clock: Clock) -> None:
    body = {
        "kind": "complaint",
        "office": "bandung",
        "conversation_id": phone(1),
        "subject": "Antre lama",
        "last_messages": [{"text": "halo"}],
    }
    closed, running = (api.call("POST", "/tickets", json=body).json()["code"] for _ in range(2))
    with api.client.app.state.database.writing() as session:
        session.query(tables.Ticket).filter_by(code=closed).one().status = "closed"
    night(api, clock, "2027-06-30T00:07:00+07:00")
    with api.client.app.state.database.reading() as session:
        left = {one.code: one.subject for one in session.query(tables.Ticket)}
    assert left == {closed: "", running: "Antre lama"}
