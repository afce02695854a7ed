from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from riung import clock
from riung.backend.db import Database
from riung.desk import event_intake
from riung.desk.access import Role
from riung.desk.tables import AuditEntry, Change
from riung.desk.tickets.tables import Ticket
from tests.riung.desk import makers
from tests.riung.desk.conftest import API_KEY, Browser, LogIn
from tests.riung.desk.fake_rasa import FakeRasa

KEY = {"Authorization": f"Bearer {API_KEY}"}


class Office:
    """The application; calling it logs a new officer in, `client` is the bot."""

    def __init__(self, app: FastAPI, person: Callable[..., int]) -> None:
        self._app, self._person = app, person
        self.client = TestClient(self._app)

    def __call__(self, login: str = "budi", offices: tuple[str, ...] = ("bandung",)) -> Browser:
        self._person(login, Role.OFFICER, offices)
        return Browser(TestClient(self._app)).log_in(login)


@pytest.fixture
def office(app: FastAPI, person: Callable[..., int]) -> Office:
    return Office(app, person)


def complain(office: Office, anonymous: bool = False, **more: Any) -> Any:
    body = {
        "kind": "complaint",
        "office": "bandung",
        "subject": more.pop("text", "Ada yang minta uang di parkiran"),
        "details": {"category": "pungli", "anonymous": str(anonymous).lower()},
        **more,
    }
    if not anonymous:
        body |= {"conversation_id": makers.CITIZEN, "phone": makers.CITIZEN}
    answer = office.client.post("/api/v1/tickets", json=body, headers=KEY)
    assert answer.status_code == 201, answer.text
    return answer.json()["code"]


def test_a_complaint_stands_in_the_list_with_category_and_due_day(office: Office) -> None:
    code = complain(office)
    page = office().see("/desk/complaints")
    assert code in page
    assert "Calo atau pungli" in page
    assert "Diterima" in page


def test_an_overdue_or_escalated_complaint_comes_first(office: Office, database: Database) -> None:
    first, second = complain(office), complain(office, text="Antre terlalu lama sekali")
    budi = office()
    budi.send(f"/desk/complaints/{second}", status="open", category="antrean", escalated="true")
    assert budi.see("/desk/complaints").index(second) < budi.see("/desk/complaints").index(first)
    with database.writing() as session:
        session.query(Ticket).filter_by(code=first).one().due_at = clock.now() - timedelta(days=1)
    assert 'class="chip late"' in budi.see("/desk/complaints")


def test_status_severity_and_handler_are_kept(office: Office) -> None:
    code, budi = complain(office), office()
    page = budi.send(
        f"/desk/complaints/{code}", status="in_progress", severity="heavy", category="pungli"
    )
    assert "Sedang diproses" in page
    assert "ditangani Budi" in page
    state = office.client.get(f"/api/v1/tickets/{code}", headers=KEY).json()
    assert state["status"] == "in_progress"


def test_the_answer_reaches_the_citizen_in_the_chat(
    office: Office, database: Database, rasa: FakeRasa
) -> None:
    event_intake.consume(database, [makers.started(), makers.user("mau mengadu", "pengaduan")])
    code = complain(office)
    office().send(f"/desk/complaints/{code}/answer", text="Petugas itu sudah kami tegur.")
    answer = f"Jawaban pengaduan nomor *{code}*:\nPetugas itu sudah kami tegur."
    assert rasa.said == [(makers.CITIZEN, answer)]


def test_notes_answers_and_changes_are_its_history(office: Office) -> None:
    code, budi = complain(office), office()
    address = f"/desk/complaints/{code}"
    budi.send(f"{address}/note", text="sudah menelepon pengelola parkir")
    budi.send(address, status="in_progress", severity="heavy", category="pungli", owner="Budi")
    budi.send(f"{address}/answer", text="Sudah kami tindak.")
    page = budi.see(address)
    parts = ("sudah menelepon", "Sedang diproses, berat: berat", "Sudah kami tindak.")
    places = [page.rindex(part) for part in parts]
    assert places == sorted(places)
    assert "penanggung jawab Budi" in page
    assert '<span class="soft small">Budi</span>' in budi.see("/desk/complaints")
    assert "masih kosong" in budi.send(f"{address}/note", code=400, text=" ")


def test_an_escalation_rings_and_is_counted_for_superiors(
    office: Office, database: Database, log_in_as: LogIn
) -> None:
    code, budi = complain(office), office()
    for _ in range(2):  # it rings once
        budi.send(f"/desk/complaints/{code}", status="open", category="pungli", escalated="true")
    with database.reading() as session:
        assert session.query(Change).filter_by(kind="escalated").count() == 1
    sari = log_in_as("sari", Role.SUPERVISOR)
    assert '<b class="count">1</b> <span>eskalasi' in sari.see("/desk/complaints/escalated")
    assert "eskalasi" not in log_in_as("wati", Role.SUPERVISOR, ("pemalang",)).see(
        "/desk/complaints/escalated"
    )


def test_an_expired_login_leads_back_to_the_page_that_was_open(office: Office) -> None:
    code = complain(office)
    address = f"/desk/complaints/{code}"
    answer = office.client.post(
        f"{address}/answer",
        data={"text": "panjang"},
        headers={"Referer": f"http://testserver{address}"},
        follow_redirects=False,
    )
    assert answer.headers["location"] == f"/desk/login?next={address}"


def test_that_it_was_answered_stands_in_its_own_offices_trail(
    office: Office, database: Database
) -> None:
    office().send(
        f"/desk/complaints/{complain(office, anonymous=True)}/answer", text="Terima kasih."
    )
    with database.reading() as session:
        assert [line.office for line in session.query(AuditEntry).filter_by(detail="dijawab")] == [
            "bandung"
        ]


def test_an_anonymous_complaint_names_nobody_and_is_answered_on_the_ticket(
    office: Office, rasa: FakeRasa
) -> None:
    code, budi = complain(office, anonymous=True), office()
    assert "memilih tanpa nama" in budi.see(f"/desk/complaints/{code}")
    page = budi.send(f"/desk/complaints/{code}/answer", text="Terima kasih, kami periksa.")
    assert "Terima kasih, kami periksa." in page
    assert rasa.said == []


def test_whoever_asks_with_the_number_reads_the_answer(office: Office) -> None:
    code = complain(office, anonymous=True)
    office().send(f"/desk/complaints/{code}/answer", text="Terima kasih, kami periksa.")
    asked = office.client.get(f"/api/v1/tickets/{code}", headers=KEY).json()
    assert (asked["status"], asked["answer"]) == ("answered", "Terima kasih, kami periksa.")
    assert "parkiran" not in str(asked)


def test_of_an_anonymous_complaint_only_the_day_is_told(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The minute would name whoever wrote to the office in it."""
    monkeypatch.setenv("RIUNG_NOW", "2026-11-20T10:07:00+07:00")
    code, budi = complain(office, anonymous=True), office()
    for address in ("/desk/complaints", f"/desk/complaints/{code}"):
        page = budi.see(address)
        assert code in page
        assert "20 November" in page
        assert "10.07" not in page


def test_an_anonymous_complaint_keeps_its_evidence_without_the_conversation(
    office: Office, database: Database
) -> None:
    code, budi = complain(office, anonymous=True, files=["f1e2d3"]), office()
    page = budi.see(f"/desk/complaints/{code}")
    assert f'src="/desk/complaints/{code}/files/f1e2d3"' in page
    assert "/desk/conversations/" not in page
    budi.see(f"/desk/complaints/{code}/files/abcdef", code=404)
    office("sari", ("pemalang",)).see(f"/desk/complaints/{code}/files/f1e2d3", code=404)


def test_the_transcript_does_not_betray_who_complained_without_a_name(
    office: Office, database: Database
) -> None:
    said = [
        makers.user("biaya paspor berapa", "biaya_paspor"),
        makers.user("mau mengadu", "pengaduan"),
        makers.user("Ada yang minta uang di parkiran", "nlu_fallback"),
        makers.slot("aduan_anonim", "ya"),
    ]
    event_intake.consume(database, [makers.started(), *said])
    budi = office()
    page = budi.see("/desk/conversations/1?view=all")
    assert "biaya paspor berapa" in page
    assert "minta uang" not in page + budi.see("/desk?view=all")
    event_intake.consume(database, said[:3])
    assert "minta uang" not in budi.see("/desk/conversations/1?view=all")


def test_pictures_sent_with_it_are_its_evidence(office: Office, database: Database) -> None:
    media = {"id": "abc123", "kind": "image", "mime_type": "image/jpeg", "filename": ""}
    picture = makers.user("", "kirim_media", metadata={"type": "image", "media": media})
    event_intake.consume(database, [makers.started(), picture])
    page = office().see(f"/desk/complaints/{complain(office)}")
    assert "<h2>Bukti</h2>" in page
    assert 'alt="Bukti dari warga"' in page


def test_another_office_neither_sees_nor_changes_it(office: Office) -> None:
    code, sari = complain(office), office("sari", ("pemalang",))
    assert code not in sari.see("/desk/complaints")
    sari.see(f"/desk/complaints/{code}", code=404)
    sari.send(f"/desk/complaints/{code}", code=404)
    sari.send(f"/desk/complaints/{code}/answer", code=404, text="x")
