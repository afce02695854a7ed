"""Every page of the desk and the ticket's picture, seen in a real browser on a PC and a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize, expect

from riung.backend.db import Database
from riung.desk import accounts
from riung.desk.access import ALL_OFFICES, Role
from tests.browser import PHONE, browser  # noqa: F401
from tests.e2e.citizen import Citizen
from tests.e2e.test_booking import fill
from tests.stack import Stack

PASSWORD = "hujan di sore hari"
OFFICE_PC: ViewportSize = {"width": 1366, "height": 768}

PAGES = {
    "/desk": "Selamat bekerja",
    "/desk?view=all": "Selamat bekerja",
    "/desk/failed": "gagal terkirim",
    "/desk/complaints": "Pengaduan",
    "/desk/counter?office=pemalang&place=mpp_batang": "MPP Batang",
    "/desk/counter/screen?office=pemalang&place=mpp_batang": "nomor yang dipanggil",
    "/desk/announcements": "Pengumuman lewat bot",
    "/desk/imports": "Impor status permohonan",
    "/desk/review": "Ulas pesan warga",
    "/desk/questions/new": "Pertanyaan baru",
    "/desk/workshop": "Draf dan versi",
    "/desk/reports": "Pelayanan informasi",
    "/desk/audit": "Jejak audit",
    "/desk/users": "Akun petugas",
    "/desk/account": "kata sandi",
}
"""Address → words that stand on the page."""


@pytest.fixture(scope="module")
def admin(stack: Stack) -> str:
    database = Database(stack.settings.database_url, stack.settings.hash_key)
    with database.writing() as session:
        accounts.create(
            session, "kepala", "Kepala", Role.ADMIN, [ALL_OFFICES], PASSWORD, must_change=False
        )
    database.dispose()
    return "kepala"


@pytest.fixture(params=[OFFICE_PC, PHONE], ids=["pc", "phone"])
def page(
    request: pytest.FixtureRequest,
    stack: Stack,
    admin: str,
    browser: Browser,  # noqa: F811
) -> Iterator[Page]:
    """Logged in; the test fails when the scripts or the page's own policy complained."""
    context = browser.new_context(viewport=request.param, locale="id-ID")
    found = context.new_page()
    problems: list[str] = []

    def console(line: ConsoleMessage) -> None:
        if line.type == "error":
            problems.append(line.text)

    found.on("pageerror", lambda error: problems.append(str(error)))
    found.on("console", console)
    found.goto(f"{stack.settings.backend_url}/desk/login")
    found.get_by_label("Nama masuk").fill(admin)
    found.get_by_label("Kata sandi").fill(PASSWORD)
    found.get_by_role("button", name="Masuk").click()
    yield found
    context.close()
    assert problems == []


def test_every_page_fits_its_screen_and_says_what_it_is(page: Page, stack: Stack) -> None:
    is_phone = (page.viewport_size or OFFICE_PC)["width"] < 760
    for address, words in PAGES.items():
        page.goto(stack.settings.backend_url + address)
        if not (is_phone and words == "Selamat bekerja"):  # there the list fills the screen
            expect(page.locator("main")).to_contain_text(words)
        wider = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not wider, address


def test_on_a_phone_the_citizens_side_opens_beside_the_chat(
    page: Page, stack: Stack, citizen: Citizen
) -> None:
    citizen.say("mau bicara dengan petugas")
    page.goto(f"{stack.settings.backend_url}/desk?view=waiting")
    page.locator(".row-link", has_text=f"…{citizen.number[-3:]}").first.click()
    toggle = page.get_by_role("button", name="Info")
    if toggle.is_visible():
        expect(page.locator(".side")).to_be_hidden()
        toggle.click()
    expect(page.locator(".side")).to_contain_text("Bicara dengan petugas")


def test_the_tickets_picture_is_shown_by_a_browser(page: Page, citizen: Citizen) -> None:
    fill(citizen)
    citizen.say("ya")
    page.set_content("<img id='ticket'>")
    size = page.evaluate(
        """async (bytes) => {
            const image = new Image();
            image.src = URL.createObjectURL(new Blob([new Uint8Array(bytes)]));
            await image.decode();
            return [image.naturalWidth, image.naturalHeight];
        }""",
        list(citizen.graph.uploads[-1]),
    )
    assert min(size) >= 600
