"""The simulator's page as a person uses it.

phone = SimulatorPage(browser_page, "http://127.0.0.1:8000")
phone.open("rahma")
phone.write("halo")
phone.choose("Lihat menu", "Cek status permohonan")
phone.expect_answer("nomor permohonan")
"""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

DEMO_NUMBER = "000000000000000"


class SimulatorPage:
    """One browser window with the simulator in it.

    Args:
        page: a Playwright page.
        base_url: of the backend, without a slash at the end.
    """

    def __init__(self, page: Page, base_url: str) -> None:
        self.page, self.base_url = page, base_url

    def open(self, citizen: str = "rahma", phone_number_id: str = DEMO_NUMBER) -> None:
        """Open the chat of a citizen with an office's number."""
        self.page.goto(f"{self.base_url}/simulator#{phone_number_id}/{citizen}")
        expect(self.citizen(citizen)).to_have_attribute("aria-current", "true")

    def citizen(self, citizen: str) -> Locator:
        """A citizen's entry in the list."""
        return self.page.locator(f"[data-citizen={citizen}]")

    def write(self, text: str) -> None:
        """Type a message and send it."""
        box = self.page.get_by_role("textbox", name="Ketik pesan")
        box.fill(text)
        box.press("Enter")

    def choose(self, button: str, row: str) -> None:
        """Open the list of the last bubble that has that button, choose a row and send it."""
        self.button(button).click()
        sheet = self.page.get_by_role("dialog", name=button)
        sheet.get_by_role("radio", name=re.compile(re.escape(row))).check()
        sheet.get_by_role("button", name="Kirim").click()

    def tap(self, title: str) -> None:
        """Tap a reply button of the last bubble that has it."""
        self.button(title).click()

    def button(self, title: str) -> Locator:
        """A button under a bubble; the last one of that name."""
        return self.page.locator(".actions").get_by_role("button", name=title, exact=True).last

    def send_picture(self, path: Path, caption: str = "") -> None:
        """Pick a picture and send it."""
        self.page.get_by_role("button", name="Lampirkan gambar, dokumen, atau lokasi").click()
        with self.page.expect_file_chooser() as chooser:
            self.page.get_by_role("dialog").get_by_role("button", name="Gambar").click()
        chooser.value.set_files(path)
        sheet = self.page.get_by_role("dialog")
        sheet.get_by_role("textbox").fill(caption)
        sheet.get_by_role("button", name="Kirim").click()

    def send_place(self, name: str) -> None:
        """Send one of the places on offer as a location."""
        self.page.get_by_role("button", name="Lampirkan gambar, dokumen, atau lokasi").click()
        self.page.get_by_role("dialog").get_by_role("button", name="Lokasi").click()
        self.page.get_by_role("dialog").get_by_role("button", name=re.compile(name)).click()

    def reply_to(self, bubble: Locator, text: str) -> None:
        """Quote a bubble in an answer."""
        bubble.hover()
        bubble.get_by_role("button", name="Balas", exact=True).click()
        self.write(text)

    def provoke(self, fault: str) -> None:
        """Choose what goes wrong, by the fault's title."""
        self.page.get_by_role("tab", name="Gangguan").click()
        self.page.get_by_role("radio", name=re.compile(f"^{re.escape(fault)}")).check()

    @property
    def own(self) -> Locator:
        """The citizen's bubbles."""
        return self.page.locator("#bubbles .by-citizen")

    @property
    def answers(self) -> Locator:
        """The office's bubbles."""
        return self.page.locator("#bubbles .by-office:not(.typing)")

    def expect_answer(self, text: str) -> None:
        """Wait until the last bubble of the office holds these words."""
        expect(self.answers.last).to_contain_text(text)

    def expect_ticks(self, bubble: Locator, status: str) -> None:
        """Wait until a bubble is `sent`, `delivered`, `read` or `failed`."""
        expect(bubble).to_have_attribute("data-status", status)
