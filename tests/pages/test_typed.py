"""What officers typed is there again after a login that had ended, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.pages.conftest import RunningDesk
from tests.pages.desk import DeskPage
from tests.pages.test_conversation import Citizen
from tests.riung.desk import stage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk pages")]

AtTheDesk = Callable[..., DeskPage]
WORDS = "Kalimat panjang yang ditulis sejak pagi"


@pytest.fixture
def rina(at_the_desk: AtTheDesk, running: RunningDesk) -> DeskPage:
    """Rina holds a talk and has it open."""
    citizen = Citizen(running)
    citizen.writes("halo, saya perlu bantuan")
    citizen.asks_for_a_person()
    officer = at_the_desk("rina")
    officer.open(citizen.chat)
    officer.press("Ambil alih")
    expect(officer.box).to_be_visible()
    return officer


def log_in_again(officer: DeskPage, login: str = "rina") -> None:
    officer.page.get_by_label("Nama masuk").fill(login)
    officer.page.get_by_label("Kata sandi").fill(stage.PASSWORD)
    officer.press("Masuk")


def note_box(officer: DeskPage) -> Locator:
    return officer.page.get_by_label("Catatan internal")


def test_a_note_is_not_lost(rina: DeskPage) -> None:
    rina.unfold("Tambah catatan untuk rekan")
    note_box(rina).fill(WORDS)
    rina.page.context.clear_cookies()
    rina.press("Simpan catatan")
    log_in_again(rina)
    expect(note_box(rina)).to_have_value(WORDS)
    rina.press("Simpan catatan")
    expect(rina.lines).to_contain_text(WORDS)
    expect(note_box(rina)).to_have_value("")
    rina.page.reload()
    expect(note_box(rina)).to_have_value("")


def test_the_words_at_the_end_of_a_talk_are_not_lost(rina: DeskPage) -> None:
    rina.unfold("Selesai")
    summary = rina.page.get_by_label("Ringkasan untuk warga")
    summary.fill(WORDS)
    rina.page.context.clear_cookies()
    rina.press("Tutup percakapan")
    log_in_again(rina)
    rina.unfold("Selesai")
    expect(summary).to_have_value(WORDS)
    rina.press("Tutup percakapan")
    expect(rina.lines).to_contain_text(WORDS)


def test_what_was_refused_stands_there_still(rina: DeskPage, running: RunningDesk) -> None:
    rina.see("/desk/complaints/PGD1XZ")
    rina.page.get_by_label("Catatan untuk rekan").fill(WORDS)
    code = rina.page.locator("form[action$='/note'] input[name=csrf]")
    code.evaluate("(field) => { field.value = 'salah'; }")
    rina.press("Simpan catatan")
    expect(rina.page.get_by_role("link", name="Kembali ke meja")).to_be_visible()
    rina.see("/desk/complaints/PGD1XZ")
    expect(rina.page.get_by_label("Catatan untuk rekan")).to_have_value(WORDS)


def test_whoever_logs_out_leaves_nothing_typed_behind(rina: DeskPage) -> None:
    rina.unfold("Tambah catatan untuk rekan")
    note_box(rina).fill(WORDS)
    rina.box.fill(WORDS)
    rina.page.locator("details.me summary").click()
    rina.press("Keluar")
    assert rina.page.evaluate("Object.values(sessionStorage).join()").find(WORDS) < 0


def test_somebody_else_in_the_same_window_reads_none_of_it(rina: DeskPage) -> None:
    rina.unfold("Tambah catatan untuk rekan")
    note_box(rina).fill(WORDS)
    rina.page.context.clear_cookies()
    rina.press("Simpan catatan")
    log_in_again(rina, "budi")
    expect(note_box(rina)).to_have_value("")
