"""Officers working together, in a real browser: on an office PC and on a narrow phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.pages.conftest import RunningDesk
from tests.pages.desk import DeskPage
from tests.pages.test_conversation import Citizen, user_id
from tests.riung.desk import stage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk pages")]

OFFICE_PC: ViewportSize = {"width": 1366, "height": 768}
NARROW: ViewportSize = {"width": 360, "height": 740}

AtTheDesk = Callable[..., DeskPage]
sizes = pytest.mark.parametrize("size", [OFFICE_PC, NARROW], ids=["pc", "phone"])


def held(running: RunningDesk, login: str, text: str) -> Citizen:
    """A conversation that somebody holds."""
    made = Citizen(running)
    made.writes(text)
    made.asks_for_a_person()
    stage.take(running.database, made.sender, user_id(running, login), login)
    return made


@sizes
def test_a_conversation_is_put_aside_and_the_citizen_brings_it_back(
    at_the_desk: AtTheDesk, running: RunningDesk, size: ViewportSize
) -> None:
    citizen = held(running, "budi", "berkas ayah saya bagaimana")
    budi = at_the_desk("budi", viewport=size)
    budi.open(citizen.chat)
    budi.unfold("Tunda")
    assert budi.violations("details[open]") == []
    budi.press("3 jam")
    expect(budi.head).to_contain_text("ditunda sampai")
    assert budi.violations() == []
    citizen.writes("halo pak?")
    expect(budi.head).not_to_contain_text("ditunda sampai")


def test_a_colleague_named_in_a_note_sees_it_in_the_bar_at_once(
    at_the_desk: AtTheDesk, running: RunningDesk
) -> None:
    citizen = held(running, "budi", "paspor saya hilang")
    rina, budi = at_the_desk("rina"), at_the_desk("budi")
    bar = rina.page.locator(".failed-bar a[href='/desk/mentions']")
    budi.open(citizen.chat)
    budi.unfold("Tambah catatan untuk rekan")
    budi.page.get_by_label("Catatan internal").fill("@rina bisa bantu cek arsip?")
    budi.press("Simpan catatan")
    expect(bar).to_have_text("1 menyebut Anda")
    bar.click()
    expect(rina.page.locator("main")).to_contain_text("bisa bantu cek arsip?")
    assert rina.violations() == []
    rina.page.locator(".named a").first.click()
    expect(rina.lines).to_contain_text("bisa bantu cek arsip?")
    expect(bar).to_have_count(0)


@sizes
def test_several_are_closed_after_a_second_look(
    at_the_desk: AtTheDesk, running: RunningDesk, size: ViewportSize
) -> None:
    citizen = held(running, "budi", "sudah terjawab, terima kasih")
    budi = at_the_desk("budi", viewport=size)
    budi.page.get_by_role("link", name="Tutup beberapa").click()
    assert budi.violations() == []
    budi.page.locator(f"input[value='{citizen.chat}']").check()
    budi.press("Lanjut")
    expect(budi.page.get_by_role("main")).to_contain_text("1 percakapan akan ditutup")
    assert budi.violations() == []
    budi.press("Tutup 1 percakapan")
    expect(budi.page.get_by_role("status").first).to_contain_text("1 percakapan sudah ditutup")


def test_without_scripts_the_same_forms_work(at_the_desk: AtTheDesk, running: RunningDesk) -> None:
    citizen = held(running, "budi", "tanpa skrip")
    budi = at_the_desk("budi", java_script_enabled=False)
    budi.see("/desk/close")
    budi.page.locator(f"input[value='{citizen.chat}']").check()
    budi.press("Lanjut")
    budi.press("Tutup 1 percakapan")
    expect(budi.page.get_by_role("main")).to_contain_text("1 percakapan sudah ditutup")
    budi.page.locator(".me summary").click()
    budi.press("Saya istirahat dulu")
    expect(budi.page.locator(".me")).to_contain_text("istirahat")
    budi.page.locator(".me summary").click()
    budi.press("Saya kembali bertugas")
    expect(budi.page.locator(".me .chip")).to_have_count(0)
