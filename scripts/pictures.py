"""Take the README's picture anew: `make run`, then `.venv/bin/python scripts/pictures.py`."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import expect, sync_playwright

from riung.settings import ROOT, settings
from tests.browser import DESKTOP, launch
from tests.pages.simulator import SimulatorPage

PICTURE = ROOT / "docs" / "images" / "simulator.png"
APPLICATION = "1179 0000 0000 1208"
"""The demo application that is being printed."""


def take(base_url: str, path: Path = PICTURE) -> None:
    """Greet, ask for an application's stage, and keep what the page then shows."""
    with sync_playwright() as playwright:
        browser = launch(playwright.chromium)
        context = browser.new_context(
            viewport=DESKTOP,
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            device_scale_factor=1.5,
            reduced_motion="reduce",
        )
        phone = SimulatorPage(context.new_page(), base_url)
        phone.open()
        phone.page.get_by_role("button", name="Bersihkan layar chat").click()
        phone.write("Punten, bade naros paspor abdi tos jadi teu acan?")
        expect(phone.answers).to_have_count(1, timeout=20_000)
        phone.write(APPLICATION)
        expect(phone.answers).to_have_count(2, timeout=20_000)
        phone.expect_ticks(phone.answers.last, "read")
        phone.page.locator("h1").hover()
        phone.page.locator("#tulis").blur()
        shot = phone.page.screenshot()
        browser.close()
    path.parent.mkdir(parents=True, exist_ok=True)
    # 256 colours are enough for a page and keep the file under 300 kB
    colours = Image.open(BytesIO(shot)).convert("RGB")
    colours.quantize(256, Image.Quantize.MAXCOVERAGE, kmeans=2).save(path, optimize=True)


if __name__ == "__main__":
    take(settings().backend_url)
