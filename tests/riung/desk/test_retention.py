import os
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from riung.backend.counter.nightly import end_past_days
from riung.clock import now
from riung.days_to_keep import days_to_keep
from riung.desk import event_intake
from riung.desk.retention import FOLDERS, JOBS, forget_files, forget_old, queue_days
from riung.office.offices import offices
from riung.server import tables
from tests.riung.backend.citizens import Api, Clock, phone
from tests.riung.desk import makers


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


def of(api: Api, table: type) -> list[Any]:
    with api.client.app.state.database.reading() as session:
        return list(session.scalars(select(table)))


def add(api: Api, *rows: Any) -> None:
    with api.client.app.state.database.writing() as session:
        session.add_all(rows)


def add_officer(api: Api) -> None:
    who = {"login": "rina", "name": "Rina", "role": "officer", "offices": ["bandung"]}
    add(api, tables.desk.User(**who, password_hash="x", created_at=now()))


def test_every_kind_of_data_has_its_job_and_its_days() -> None:
    assert {*JOBS, *FOLDERS} == set(days_to_keep())


def test_a_silent_conversation_loses_number_notes_and_words_of_the_survey(
    api: Api, clock: Clock
) -> None:
    add_officer(api)
    database = api.client.app.state.database
    event_intake.consume(database, [makers.bot("Halo", "628991@1"), makers.bot("Halo", "628992@1")])
    for talk, at in zip(of(api, tables.desk.Conversation), ("silent", "held"), strict=True):
        note = tables.desk.Note(conversation_id=talk.id, user_id=1, at=now(), text=f"catatan {at}")
        score = tables.desk.Survey(
            conversation_id=talk.id, office="bandung", at=now(), score=4, comment="ramah"
        )
        add(api, note, score)
    with database.writing() as session:
        session.query(tables.desk.Conversation).filter_by(person="628992").one().state = "officer"

    night(api, clock, "2027-05-19T00:07:00+07:00")  # the 179th day after
    assert {talk.person for talk in of(api, tables.desk.Conversation)} == {"628991", "628992"}
    assert [note.text for note in of(api, tables.desk.Note)] == ["catatan silent", "catatan held"]
    night(api, clock, "2027-05-21T00:07:00+07:00")

    silent, held = of(api, tables.desk.Conversation)
    assert (silent.sender_id, silent.person, held.person) == ("lama:1", "lama:1", "628992")
    assert [note.text for note in of(api, tables.desk.Note)] == ["catatan held"]
    assert [(one.score, one.comment) for one in of(api, tables.desk.Survey)] == [(4, ""), (4, "")]
    event_intake.consume(database, [makers.bot("Halo lagi", "628991@1")])
    assert len(of(api, tables.desk.Conversation)) == 3


def test_what_an_import_replaced_is_forgotten_when_it_is_not_undone_any_more(
    api: Api, clock: Clock
) -> None:
    add_officer(api)
    before: list[Any] = [{"number": "1179000000000001", "old": None, "new": {}}]
    kept = {"office": "bandung", "user_id": 1, "filename": "a.csv", "taken": 1, "refused": 0}
    add(api, tables.desk.StatusImport(at=now(), before=before, **kept))
    night(api, clock, "2026-12-20T00:07:00+07:00")
    assert of(api, tables.desk.StatusImport)[0].before == before
    night(api, clock, "2026-12-22T00:07:00+07:00")
    assert of(api, tables.desk.StatusImport)[0].before == []


def test_ids_of_people_who_came_no_more_go_and_those_of_others_stay(api: Api, clock: Clock) -> None:
    for citizen in (1, 2):
        api.call("PUT", f"/people/ID.{citizen}", json={"ids": [phone(citizen)]})
    body = {"kind": "quota", "office": "pemalang", "subject": "mpp_batang", "phone": phone(2)}
    api.call("POST", "/subscriptions", json=body)
    night(api, clock, "2027-11-20T00:07:00+07:00")
    assert count(api, tables.PersonId) == 2
    night(api, clock, "2027-11-22T00:07:00+07:00")
    assert [one.person for one in of(api, tables.PersonId)] == ["ID.2"]


def test_officers_files_and_uploads_that_nobody_took_are_deleted_after_their_days(
    tmp_path: Path,
) -> None:
    for folder, age in (("desk_files", 29), ("desk_files", 31), ("desk_imports", 0.9), ("log", 99)):
        (tmp_path / folder).mkdir(exist_ok=True)
        path = tmp_path / folder / f"{age}"
        path.touch()
        then = now().timestamp() - age * 24 * 3600
        os.utime(path, (then, then))
    old_upload = tmp_path / "desk_imports" / "old.csv"
    old_upload.touch()
    os.utime(old_upload, (0, 0))

    forget_files(tmp_path, now())

    left = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {"desk_files/29", "desk_imports/0.9", "log/99"}


def test_a_closed_ticket_is_emptied_and_an_open_one_kept(api: Api, clock: Clock) -> None:
    body = {
        "kind": "complaint",
        "office": "bandung",
        "conversation_id": phone(1),
        "subject": "Antre lama",
        "last_messages": [{"text": "halo"}],
    }
    add_officer(api)
    closed, running = (api.call("POST", "/tickets", json=body).json()["code"] for _ in range(2))
    with api.client.app.state.database.writing() as session:
        session.query(tables.Ticket).filter_by(code=closed).one().status = "closed"
        for code in (closed, running):
            user = {"user_id": 1, "at": now(), "kind": "note"}
            session.add(tables.desk.ComplaintEvent(code=code, text="sudah ditelepon", **user))
    night(api, clock, "2027-06-30T00:07:00+07:00")
    with api.client.app.state.database.reading() as session:
        left = {one.code: one.subject for one in session.query(tables.Ticket)}
    assert left == {closed: "", running: "Antre lama"}
    assert [event.code for event in of(api, tables.desk.ComplaintEvent)] == [running]


def test_of_an_unnamed_complaint_the_story_goes_too(api: Api, clock: Clock) -> None:
    body = {"kind": "complaint", "office": "bandung", "subject": "Diminta uang di loket"}
    api.call("POST", "/tickets", json=body)
    with api.client.app.state.database.writing() as session:
        session.query(tables.Ticket).one().status = "answered"
    night(api, clock, "2027-02-18T00:07:00+07:00")  # the 89th day after
    assert of(api, tables.Ticket)[0].subject == "Diminta uang di loket"
    night(api, clock, "2027-02-20T00:07:00+07:00")
    assert of(api, tables.Ticket)[0].subject == ""
