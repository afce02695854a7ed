"""Cases over the API: what the citizen's side may do."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from riung.backend.notices.tables import Notice
from riung.clock import now
from riung.desk.cases import work
from riung.desk.cases.tables import Case
from tests.project_copy import edit
from tests.riung.backend.citizens import Api, Clock, code_of, local, nik, phone

MORNING = "2026-11-23T10:00:00+07:00"


@pytest.fixture(autouse=True)
def _services_on(office_folder: Path) -> None:
    """Pemalang offers both services here."""
    path = office_folder / "pemalang.yml"
    for module in ("kunjungan_rumah", "sambang_pemohon"):
        edit(path, f"  {module}: false", f"  {module}: true")


def ask(api: Api, citizen: int = 1, key: str = "", **more: Any) -> Any:
    body = {"kind": "micin", "office": "pemalang", "phone": phone(citizen), **more}
    headers = {"Idempotency-Key": key} if key else {}
    return api.call("POST", "/cases", json=body, headers=headers)


def move(api: Api, code: str, step: str, **more: Any) -> None:
    with api.client.app.state.database.writing() as session:
        work.move(session, work.find(session, code), step, now(), **more)


def of(api: Api, citizen: int = 1) -> list[dict[str, Any]]:
    return list(api.get("/cases", phone=phone(citizen)).json())


def notices(api: Api) -> list[Notice]:
    with api.client.app.state.database.reading() as session:
        return list(session.query(Notice).order_by(Notice.id))


def test_a_request_is_received_and_can_be_asked_for(any_api: Api, clock: Clock) -> None:
    clock.at(MORNING)
    made = ask(any_api, details={"address": "RSUD, kamar 3"}, files=[{"id": "abc"}]).json()

    (told,) = of(any_api)
    assert made["code"] == told["code"]
    assert (told["step"], told["step_label"], told["files"]) == (
        "received",
        "Permohonan diterima",
        1,
    )
    assert "RSUD" not in str(told)
    english = {"Accept-Language": "en"}
    asked = any_api.call("GET", "/cases", params={"phone": phone(1)}, headers=english).json()
    assert asked[0]["step_label"] == "Request received"


def test_a_request_delivered_late_was_received_when_it_was_written(api: Api, clock: Clock) -> None:
    clock.at(MORNING)
    code = ask(api, asked_at="2026-11-23T07:15:00+07:00").json()["code"]
    with api.client.app.state.database.reading() as session:
        case = work.find(session, code)
        began = {case.created_at, *(step.at for step in work.history(session, case))}
    assert began == {local("2026-11-23T07:15:00")}


def test_out_of_hours_it_is_said_when_officers_read_it(api: Api, clock: Clock) -> None:
    clock.at("2026-11-20T20:00:00+07:00")
    assert ask(api).json()["answered_from"] == "2026-11-23T08:00:00+07:00"


def test_the_same_key_files_it_once(any_api: Api) -> None:
    assert ask(any_api, key="k1").json()["code"] == ask(any_api, key="k1").json()["code"]
    assert len(of(any_api)) == 1


def test_an_office_without_the_service_takes_none(api: Api) -> None:
    assert code_of(ask(api, office="bandung")) == "service_off"


def test_more_than_a_family_needs_is_refused(api: Api) -> None:
    for _ in range(3):
        assert ask(api).status_code == 201
    assert code_of(ask(api)) == "too_many_cases"
    assert ask(api, citizen=2).status_code == 201


def test_an_unknown_kind_and_field_are_refused(api: Api) -> None:
    assert code_of(ask(api, kind="pijat")) == "invalid_request"
    assert code_of(ask(api, warna="biru")) == "invalid_request"


def test_a_nik_is_not_kept_and_a_contact_number_is(api: Api) -> None:
    code = ask(api, details={"contact": f"Siti 0812-3456-7890, NIK {nik(1)}"}).json()["code"]

    with api.client.app.state.database.reading() as session:
        contact = work.find(session, code).details["contact"]
    assert nik(1) not in contact
    assert "0812-3456-7890" in contact


def test_a_returned_request_takes_what_was_missing(any_api: Api, clock: Clock) -> None:
    clock.at(MORNING)
    code = ask(any_api).json()["code"]
    move(any_api, code, "returned", note="Surat dokter belum ada")
    assert of(any_api)[0]["awaits_citizen"]

    body = {"phone": phone(1), "files": [{"id": "s1"}, {"id": "s2", "kind": "document"}]}
    told = any_api.call("POST", f"/cases/{code}/files", json=body).json()
    again = any_api.call("POST", f"/cases/{code}/files", json=body).json()

    assert (told["step"], told["files"]) == ("received", 2)
    assert again["files"] == 2


def test_the_reason_reaches_the_citizen_at_once(api: Api, clock: Clock) -> None:
    clock.at("2026-11-22T20:00:00+07:00")  # a Sunday night: an officer works on it
    code = ask(api).json()["code"]
    move(api, code, "checked")
    move(api, code, "returned", note="Foto surat dokter buram")

    (notice,) = notices(api)
    assert (notice.kind, notice.to, notice.due_at) == ("langkah_dikembalikan", phone(1), now())
    assert notice.variables["alasan"] == "Foto surat dokter buram"


def test_steps_that_matter_are_told_and_the_newest_only(api: Api, clock: Clock) -> None:
    clock.at(MORNING)
    code = ask(api).json()["code"]
    for step in ("checked", "entered", "equipment", "on_the_way"):
        move(api, code, step)

    (notice,) = notices(api)
    assert notice.variables["tahap"] == {
        "id": "Petugas dalam perjalanan",
        "en": "Officers on the way",
    }
    assert notice.expires_at == now() + timedelta(days=3)


def test_a_citizen_gives_it_up_until_officers_have_left(any_api: Api) -> None:
    first, second = (ask(any_api).json()["code"] for _ in range(2))
    mine = {"phone": phone(1)}
    for _ in range(2):  # the call come again is the same as once
        assert any_api.call("DELETE", f"/cases/{first}", params=mine).json()["step"] == "cancelled"
    move(any_api, second, "on_the_way")
    refused = any_api.call("DELETE", f"/cases/{second}", params=mine)
    assert code_of(refused) == "too_late_to_cancel"


def test_another_persons_case_is_not_there(api: Api) -> None:
    code = ask(api).json()["code"]
    other = {"phone": phone(2)}
    assert code_of(api.call("DELETE", f"/cases/{code}", params=other)) == "case_not_found"
    files = other | {"files": [{"id": "abc"}]}
    assert code_of(api.call("POST", f"/cases/{code}/files", json=files)) == "case_not_found"
    assert of(api, 2) == []


def test_a_seat_begins_the_waiting(any_api: Api) -> None:
    code = ask(any_api, kind="sambang", date="2026-11-24").json()["code"]
    here = {"phone": phone(1), "seat": "kursi prioritas nomor 2"}
    assert any_api.call("POST", f"/cases/{code}/arrival", json=here).json()["step"] == "seated"
    move(any_api, code, "documents")
    moved = any_api.call("POST", f"/cases/{code}/arrival", json=here | {"seat": "pojok"}).json()
    assert moved["step"] == "documents"  # another seat, the same step
    with any_api.client.app.state.database.reading() as session:
        assert session.query(Case).one().details["seat"] == "pojok"
