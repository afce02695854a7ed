"""Take the pictures of the README and of the guides anew.

In a copy of the project, as a question is written into the draft and trained for them: `make run`,
then `.venv/bin/python -m scripts.pictures` and take `docs/images` from there.
"""

from __future__ import annotations

import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from riung.backend.db import Database
from riung.desk.accounts import ensure_demo_accounts
from riung.settings import ROOT, settings
from riung.training import dialogue_picture
from tests.browser import launch
from tests.pages.desk import DeskPage
from tests.pages.simulator import SimulatorPage

PICTURES = ROOT / "docs" / "images"
APPLICATION = "1179 0000 0000 1208"
"""The demo application that is being printed."""

DOUBTFUL = (
    "ada tempat ngecas hp?",
    "colokan buat ngecas hp di sebelah mana",
    "hp habis baterai ini",
)
"""What citizens write that nobody has taught the bot yet."""

QUESTION = {
    "Nama pendek (tombol": "Isi daya HP",
    "Nama pendek bahasa Inggris": "Charging a phone",
    "Jawaban. ": "Tempat isi daya HP di {kantor.nama_singkat} *belum kami pastikan*. "
    "Isi penuh dari rumah, atau tanyakan petugas di lokasi.",
    "Jawaban bahasa Inggris": "Whether phones can be charged at {kantor.nama_singkat} is "
    "*not confirmed*. Please charge yours at home, or ask an officer there.",
    "Contoh pertanyaan": "\n".join(
        (
            *DOUBTFUL,
            "numpang isi baterai bisa ga kak",
            "stopkontak di ruang tunggu ada?",
            "charger pinjam di lobi boleh?",
            "baterai saya tinggal 5 persen, nunggunya lama, ada listrik?",
            "can i charge my phone there",
            "powerbank sewa di kantor ada",
            "isi daya laptop sambil nunggu bisa min",
        )
    ),
}


def keep(page: Page, name: str) -> None:
    """Save what the window shows; 256 colours are enough and keep the file under 200 kB."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    colours = Image.open(BytesIO(page.screenshot())).convert("RGB")
    few = colours.quantize(256, Image.Quantize.MAXCOVERAGE, kmeans=2)
    few.save(PICTURES / f"{name}.png", optimize=True)


def window(browser: Browser, height: int = 768) -> Page:
    """A window of a PC."""
    context = browser.new_context(
        viewport={"width": 1366, "height": height},
        locale="id-ID",
        timezone_id="Asia/Jakarta",
        device_scale_factor=1.5,
        reduced_motion="reduce",
    )
    return context.new_page()


def chat(browser: Browser, url: str) -> None:
    """Greet and ask for an application's stage; afterwards write what is not understood."""
    phone = SimulatorPage(window(browser), url)
    phone.open()
    phone.page.get_by_role("button", name="Bersihkan layar chat").click()
    phone.write("Punten, bade naros paspor abdi tos jadi teu acan?")
    expect(phone.answers).to_have_count(1, timeout=20_000)
    phone.write(APPLICATION)
    expect(phone.answers).to_have_count(2, timeout=20_000)
    phone.expect_ticks(phone.answers.last, "read")
    phone.page.locator("h1").hover()
    phone.page.locator("#tulis").blur()
    keep(phone.page, "simulator")
    for place, text in enumerate(DOUBTFUL, start=3):
        phone.write(text)
        expect(phone.answers).to_have_count(place, timeout=20_000)


def train(desk: DeskPage) -> None:
    """From the message that was not understood to the version that can be published."""
    desk.see("/desk/review")
    keep(desk.page, "ulas-pesan")
    desk.page.get_by_role("link", name="Kenapa?").first.click()
    keep(desk.page, "kenapa")
    desk.see("/desk/questions/new")
    desk.page.get_by_label("Topik").select_option("kantor")
    for label, text in QUESTION.items():
        desk.page.get_by_label(label).fill(text)
    keep(desk.page, "pertanyaan-baru")
    desk.page.get_by_role("button", name="Tulis ke draf").click()
    expect(desk.page.get_by_text("Semua berkas baik.")).to_be_visible(timeout=60_000)
    desk.see("/desk/workshop")
    desk.page.get_by_label("Apa yang diubah").fill("Warga bertanya soal isi daya HP")
    desk.page.get_by_role("button", name="Latih draf").click()
    publish = desk.page.get_by_role("button", name="Terbitkan versi 2")
    expect(publish).to_be_visible(timeout=300_000)
    keep(desk.page, "draf-dan-versi")


def draw(browser: Browser) -> None:
    """The picture of the dialogue (`make gambar`), with the menu that all offices share."""
    page = window(browser)
    with tempfile.TemporaryDirectory() as folder:
        drawn = Path(folder) / "dialog.html"
        dialogue_picture.write(ROOT, drawn)
        page.goto(drawn.as_uri())
        page.get_by_text("Menu nasional", exact=True).first.click()
        keep(page, "gambar-dialog")


def main() -> None:
    """Everything, in the order in which a trainer would see it."""
    url = settings().backend_url
    database = Database(settings().database_url, settings().hash_key)
    passwords = {login: password for login, password, _ in ensure_demo_accounts(database)}
    with sync_playwright() as playwright:
        browser = launch(playwright.chromium)
        draw(browser)
        chat(browser, url)
        trainer = DeskPage(window(browser, 900), url)
        trainer.log_in("tami", passwords["tami"])
        train(trainer)
        supervisor = DeskPage(window(browser), url)
        supervisor.log_in("rina", passwords["rina"])
        supervisor.see("/desk/announcements")
        supervisor.page.get_by_label("Isi, ").fill("Sistem pusat terganggu sejak pukul 09.00.")
        keep(supervisor.page, "pengumuman")
        supervisor.see("/desk/reports")
        keep(supervisor.page, "laporan")
        browser.close()


if __name__ == "__main__":
    main()
