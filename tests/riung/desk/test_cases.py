"""Visits and seats at the desk."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from riung.backend.db import Database
from riung.backend.notices.tables import Notice
from riung.desk.access import Role
from riung.desk.cases.tables import Case
from riung.desk.tables import AuditEntry
from tests.edits import edit
from tests.riung.desk.conftest import API_KEY, Browser, LogIn

KEY = {"Authorization": f"Bearer {API_KEY}"}
CITIZEN = "6289900012345"


@pytest.fixture(autouse=True)
def _services_on(office_folder: Path) -> None:
    for name in ("kunjungan_rumah", "sambang_pemohon"):
        edit(office_folder / "bandung.yml", f"  {name}: false", f"  {name}: true")


@pytest.fixture
def rina(log_in_as: LogIn) -> Browser:
    return log_in_as("rina")


def ask(who: Browser, kind: str = "micin", **more: Any) -> str:
    body = {"kind": kind, "office": "bandung", "phone": CITIZEN, **more}
    answer = who.client.post("/api/v1/cases", json=body, headers=KEY)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["code"])


def step(who: Browser, code: str, name: str, status: int = 200, **more: str) -> str:
    return who.send(f"/desk/cases/{code}/step", status, step=name, **more)


def test_a_request_stands_in_the_list_with_what_is_needed(rina: Browser) -> None:
    details = {"group": "sakit", "letter": "belum_surat", "address": "RSUD kamar 3"}
    code = ask(rina, details=details)

    page = rina.see("/desk/visits")
    assert code in page
    assert "Permohonan diterima" in page
    assert "RSUD kamar 3" in page
    assert "tanpa surat dokter" in page
    assert "dari 3" in page


def test_the_next_step_is_one_press(rina: Browser) -> None:
    code = ask(rina)
    assert "Persyaratan diperiksa" in step(rina, code, "checked")
    page = step(rina, code, "entered")
    assert page.index("Permohonan diterima") < page.index("4. Data dimasukkan ke sistem")
    assert "Rina" in page


def test_a_return_needs_its_reason_and_tells_it(rina: Browser, database: Database) -> None:
    code = ask(rina)
    assert "Tulis alasannya" in step(rina, code, "returned", 400)
    page = step(rina, code, "returned", note="Rekomendasi dokter belum ada")
    assert "Rekomendasi dokter belum ada" in page
    with database.reading() as session:
        (notice,) = session.query(Notice)
        assert notice.variables["alasan"] == "Rekomendasi dokter belum ada"


@pytest.mark.parametrize("name", ["received", "entah", ""])
def test_a_step_that_does_not_follow_is_refused(rina: Browser, name: str) -> None:
    code = ask(rina)
    step(rina, code, "checked")
    assert "Tidak bisa dilakukan" in step(rina, code, name, 400)


def test_the_last_step_can_be_taken_back_once(rina: Browser, database: Database) -> None:
    code = ask(rina)
    step(rina, code, "checked")
    assert "Persyaratan diperiksa</b>" not in rina.send(f"/desk/cases/{code}/undo", step="checked")
    rina.send(f"/desk/cases/{code}/undo", 400, step="checked")
    with database.reading() as session:
        assert session.query(Case).one().step == "received"
        assert session.query(Notice).count() == 0


def test_the_team_and_its_equipment_are_kept(rina: Browser, database: Database) -> None:
    code = ask(rina)
    roles = ["Rina", "", "Rina", ""]
    page = rina.send(f"/desk/cases/{code}/team", role=roles, ready=["laptop", "kamera"])
    assert "Perlengkapan siap (2 dari 11)" in page
    with database.reading() as session:
        team = session.query(Case).one().team
    assert (team["penanggung_jawab"], team["biometrik_1"]) == ("Rina", "Rina")
    assert "Tidak diizinkan" in rina.send(f"/desk/cases/{code}/team", 403, role=["Orang luar"])


def test_a_finished_request_offers_nothing_more(rina: Browser) -> None:
    code = ask(rina)
    page = step(rina, code, "collected")
    assert "Langkah berikut" not in page
    assert code not in rina.see("/desk/visits")
    assert code in rina.see("/desk/visits?ended=true")


def test_letters_are_shown_and_who_opens_them_is_noted(rina: Browser, database: Database) -> None:
    code = ask(rina, files=[{"id": "f1"}, {"id": "f2", "kind": "document"}])
    page = rina.see(f"/desk/cases/{code}")
    assert f'src="/desk/cases/{code}/files/f1"' in page
    assert "Dokumen 2" in page
    rina.see(f"/desk/cases/{code}/files/other", 404)
    rina.see(f"/desk/cases/{code}/files/f1", 503)  # the channel is away here
    with database.reading() as session:
        seen = [one.action for one in session.query(AuditEntry).order_by(AuditEntry.id)]
    assert seen[-1] == "media_seen"
    assert "case_seen" in seen


def test_seats_are_listed_by_seat_and_who_is_yet_to_come_last(rina: Browser) -> None:
    codes: dict[str, str] = {}
    for seat in ("", "kursi 2", "kursi 1"):
        code = ask(rina, kind="sambang", date="2026-11-24", phone=f"62811{len(codes)}000000")
        codes[seat] = code
        if seat:
            body = {"phone": f"62811{len(codes) - 1}000000", "seat": seat}
            answer = rina.client.post(f"/api/v1/cases/{code}/arrival", json=body, headers=KEY)
            assert answer.status_code == 201

    page = rina.see("/desk/seats?day=2026-11-24")
    places = [page.index(codes[seat]) for seat in ("kursi 1", "kursi 2", "")]
    assert places == sorted(places)
    assert "belum duduk" in page
    assert codes["kursi 1"] not in rina.see("/desk/seats?day=2026-11-25")


def test_a_seat_is_served_from_the_list(rina: Browser) -> None:
    code = ask(rina, kind="sambang", date="2026-11-24", details={"group": "lansia"})
    for name in ("seated", "documents", "interview", "payment"):
        page = rina.send(f"/desk/cases/{code}/step", step=name, back="list")
        assert "Sambang Pemohon" in page
    rina.send(f"/desk/cases/{code}/step", step="served", back="list")
    assert "Sudah selesai: 1" in rina.see("/desk/seats?day=2026-11-24")


def test_the_pages_are_shown_where_an_office_offers_them(log_in_as: LogIn) -> None:
    sari = log_in_as("sari", Role.OFFICER, ("pemalang",))
    rina = log_in_as("rina")
    links = re.compile(r'href="/desk/(?:visits|seats)"')
    assert not links.search(sari.see("/desk"))
    assert len(links.findall(rina.see("/desk"))) == 2


def test_a_trainer_sees_no_requests(log_in_as: LogIn) -> None:
    trainer = log_in_as("tono", Role.TRAINER)
    for address in ("/desk/visits", "/desk/seats", "/desk/cases/ABC123"):
        assert "wewenang" in trainer.see(address, 403)
