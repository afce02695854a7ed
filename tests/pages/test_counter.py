"""A Tuesday morning at the counter of MPP Batang, in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.pages.conftest import RunningDesk
from tests.pages.desk import DeskPage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk pages")]

COUNTER = "office=pemalang&place=mpp_batang"
NARROW: ViewportSize = {"width": 360, "height": 740}

HEAR = """
window.said = [];
Object.defineProperty(window, "speechSynthesis", {value: {speak: (words) => window.said.push(
    [words.lang, words.text])}});
"""


@pytest.fixture(scope="module", autouse=True)
def _tuesday() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RIUNG_NOW", "2026-11-24T08:30:00+07:00")
        yield


@pytest.fixture
def clerk(at_the_desk: Callable[..., DeskPage]) -> DeskPage:
    somebody = at_the_desk("kepala")
    somebody.see(f"/desk/counter?{COUNTER}")
    return somebody


@pytest.fixture
def display(browser: Browser, clerk: DeskPage) -> Iterator[Page]:
    """The waiting room's screen: nobody is logged in there."""
    clerk.see(f"/desk/counter/screen?{COUNTER}")
    context = browser.new_context(locale="id-ID")
    page = context.new_page()
    page.add_init_script(HEAR)
    page.goto(clerk.page.url)
    clerk.see(f"/desk/counter?{COUNTER}")
    yield page
    context.close()


def come(clerk: DeskPage, name: str) -> None:
    clerk.unfold("Datang tanpa antrean")
    clerk.page.get_by_label("Nama seperti di KTP").fill(name)
    clerk.press("Tambahkan")
    expect(clerk.page.locator("#counter-list")).to_contain_text(name)


def test_a_call_is_on_the_screen_and_spoken_and_a_slip_is_taken_back(
    clerk: DeskPage, display: Page
) -> None:
    come(clerk, "Siti Aminah")
    display.get_by_role("button", name="Nyalakan suara panggilan").click()
    clerk.page.get_by_label("Loket", exact=True).fill("3")
    clerk.press("Panggil berikutnya")
    row = clerk.page.locator("tr", has_text="Siti Aminah")
    expect(row).to_contain_text("dipanggil ke loket 3")
    assert clerk.violations() == []
    expect(display.locator(".screen-now")).to_contain_text("silakan ke loket 3")
    display.wait_for_function("window.said.length === 1")
    assert display.evaluate("window.said")[0][0] == "id-ID"
    assert "silakan ke loket 3" in display.evaluate("window.said")[0][1]

    row.get_by_role("button", name="Selesai").click()
    expect(row).to_contain_text("selesai")
    row.get_by_role("button", name="Urungkan").click()
    expect(row).to_contain_text("dipanggil ke loket 3")
    row.get_by_role("button", name="Tidak datang").click()
    expect(display.locator(".screen-now")).to_contain_text("Belum ada nomor yang dipanggil")


def test_an_error_stands_beside_the_field(clerk: DeskPage) -> None:
    field = clerk.page.get_by_label("Kode antrean, diketik atau dipindai")
    field.fill("ZZZZZZ")
    clerk.press("Sudah datang")
    expect(field).to_have_value("ZZZZZZ")
    expect(field).to_have_accessible_description(
        "Kode itu tidak ada. Periksa lagi huruf dan angkanya."
    )


def test_whoever_calls_from_a_phone_calls_again_and_ends(
    at_the_desk: Callable[..., DeskPage], clerk: DeskPage, running: RunningDesk
) -> None:
    come(clerk, "Joko Susilo")
    phone = at_the_desk("kepala", viewport=NARROW)
    phone.see(f"/desk/counter/call?{COUNTER}")
    phone.page.get_by_label("Nomor loket Anda").fill("5")
    phone.page.get_by_label("Nomor loket Anda").blur()
    phone.press("Panggil berikutnya")
    expect(phone.page.locator(".caller")).to_contain_text("loket 5")
    phone.page.get_by_role("button", name="Panggil lagi").click()
    expect(phone.page.locator(".caller")).to_contain_text("loket 5")
    assert phone.violations() == []
    phone.page.get_by_role("button", name="Selesai").click()
    expect(phone.page.locator(".caller")).to_contain_text("Belum ada yang dipanggil")
