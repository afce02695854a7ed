"""A person takes over: the citizen on WhatsApp, two officers in real browsers, the real Rasa."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from riung import clock
from riung.backend.db import Database
from riung.desk import accounts, conversations
from riung.desk.access import ALL_OFFICES, Role
from riung.desk.ownership import State
from tests import webhook
from tests.browser import browser  # noqa: F401
from tests.e2e.citizen import Citizen
from tests.graph_standin import GraphStandIn
from tests.riung.simulator.waiting import eventually
from tests.stack import Stack

PASSWORD = "hujan di sore hari"
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c"
    "6360f8cf500f0003860180c5b6a0fa0000000049454e44ae426082"
)


COUNT_TONES = """
window.tones = 0;
window.AudioContext = class extends AudioContext {
  createOscillator() { window.tones += 1; return super.createOscillator(); }
};
"""


@pytest.fixture(scope="module")
def database(stack: Stack) -> Iterator[Database]:
    found = Database(stack.settings.database_url, stack.settings.hash_key)
    with found.writing() as session:
        for login, name, role in (
            ("rina", "Rina", Role.OFFICER),
            ("budi", "Budi", Role.OFFICER),
            ("sari", "Sari", Role.SUPERVISOR),
        ):
            accounts.create(session, login, name, role, [ALL_OFFICES], PASSWORD, must_change=False)
    yield found
    found.dispose()


@pytest.fixture
def officer(
    stack: Stack,
    database: Database,
    browser: Browser,  # noqa: F811
) -> Iterator[Callable[[str], Page]]:
    """Open the desk as somebody, in a browser of their own."""
    opened = []

    def log_in(login: str) -> Page:
        page = browser.new_context(locale="id-ID", timezone_id="Asia/Jakarta").new_page()
        page.add_init_script(COUNT_TONES)
        opened.append(page)
        page.goto(f"{stack.settings.backend_url}/desk/login")
        page.get_by_label("Nama masuk").fill(login)
        page.get_by_label("Kata sandi").fill(PASSWORD)
        page.get_by_role("button", name="Masuk").click()
        return page

    yield log_in
    for page in opened:
        page.context.close()


def masked(citizen: Citizen) -> str:
    return f"Warga {citizen.number[:4]}…{citizen.number[-3:]}"


def last_text(database: Database, citizen: Citizen) -> str:
    """The newest line the desk has of this citizen's conversation."""
    with database.reading() as session:
        found = conversations.of_sender(session, citizen.conversation)
        return conversations.lines(session, found.id)[-1].text if found else ""


def open_tab(page: Page, name: str) -> None:
    """Choose a group of the list; a preview may hold the same word ("Maaf, saya …")."""
    page.get_by_role("navigation", name="Kelompok").get_by_role("link", name=name).click()


def test_the_whole_handover(
    citizen: Citizen, officer: Callable[[str], Page], graph: GraphStandIn, tmp_path: Path
) -> None:
    rina = officer("rina")
    assert "tiket" in citizen.say("mau bicara dengan petugas").text.lower()

    eventually(lambda: rina.evaluate("window.tones") > 0, seconds=30)
    expect(rina).to_have_title(re.compile(r"^\(\d+\) "))
    rina.locator(".row-link", has_text=masked(citizen)).first.click()  # it came by itself
    rina.get_by_role("button", name="Ambil alih").click()
    assert "terhubung dengan *Rina*" in citizen.read().text

    rina.get_by_label("Balasan").fill("Selamat pagi, ada yang bisa dibantu?")
    rina.get_by_label("Balasan").press("Control+Enter")
    assert citizen.read().text == "Selamat pagi, ada yang bisa dibantu?"

    heard = len(citizen.received())
    citizen.send(webhook.message("berapa biaya paspor", phone=citizen.number))
    expect(rina.locator("#lines")).to_contain_text("berapa biaya paspor")
    graph.add_media("900100200300", PICTURE, "image/png")
    image = {"id": "900100200300", "mime_type": "image/png", "sha256": "x"}
    citizen.send(webhook.message(phone=citizen.number, type="image", image=image))
    expect(rina.locator("#lines img.picture")).to_be_attached()
    assert len(citizen.received()) == heard, "the bot has to be silent"

    picture = tmp_path / "denah.png"
    picture.write_bytes(PICTURE)
    rina.locator("[data-file]").set_input_files(picture)
    rina.get_by_label("Balasan").fill("Ini denahnya")
    rina.get_by_role("button", name="Kirim", exact=True).click()
    assert citizen.read().text == "Ini denahnya"
    last = [sent for sent in graph.messages if citizen.number in sent.to][-1]
    assert last.body["type"] == "image"

    rina.get_by_text("Tambah catatan untuk rekan").click()
    rina.get_by_label("Catatan internal").fill("sudah lapor polisi")
    rina.get_by_role("button", name="Simpan catatan").click()
    expect(rina.locator(".line.note")).to_contain_text("sudah lapor polisi")

    rina.locator("summary", has_text="Oper").click()
    rina.get_by_label("Kepada").select_option(label="Budi")
    rina.get_by_role("button", name="Oper percakapan").click()
    assert "*Budi*" in citizen.read().text

    budi = officer("budi")
    open_tab(budi, "Saya")
    budi.locator(".row-link", has_text=masked(citizen)).first.click()
    expect(budi.locator(".line.note")).to_contain_text("sudah lapor polisi")
    budi.locator("summary", has_text="Selesai").click()
    budi.get_by_label("Ringkasan untuk warga").fill("Datang Selasa membawa surat polisi.")
    budi.get_by_role("button", name="Tutup percakapan").click()
    goodbye = citizen.read()
    assert "Datang Selasa membawa surat polisi." in goodbye.text

    citizen.tap(goodbye, "Sangat puas")
    expect(budi.locator("#head")).to_contain_text("bot yang menjawab")
    assert "1. Informasi paspor" in citizen.say("menu").text


def test_two_officers_see_each_other(citizen: Citizen, officer: Callable[[str], Page]) -> None:
    citizen.say("mau bicara dengan petugas")
    rina, budi = officer("rina"), officer("budi")
    for page in (rina, budi):
        page.locator(".row-link", has_text=masked(citizen)).first.click()
    rina.get_by_role("button", name="Ambil alih").click()
    rina.get_by_label("Balasan").press_sequentially("Selamat")
    expect(budi.locator(".writing")).to_contain_text("Rina sedang membalas")
    expect(budi.locator("#head")).to_contain_text("Rina yang menjawab")
    expect(budi.get_by_label("Balasan")).to_have_count(0)


def test_nothing_is_lost_while_the_desk_is_closed_and_rasa_restarts(
    citizen: Citizen, stack: Stack, database: Database, officer: Callable[[str], Page]
) -> None:
    rina = officer("rina")
    citizen.say("mau bicara dengan petugas")
    rina.locator(".row-link", has_text=masked(citizen)).first.click()
    rina.get_by_role("button", name="Ambil alih").click()
    citizen.read()
    expect(rina.get_by_label("Balasan")).to_be_visible()  # the page itself must be there

    stack.kill("backend")
    citizen.send(webhook.message("pesan satu saat meja tutup", phone=citizen.number))
    time.sleep(2)  # until Rasa has stored it; nothing that could be asked is left running
    stack.kill("rasa")
    stack.start("rasa")
    stack.start("backend")
    stack.wait()
    citizen.send(webhook.message("pesan dua", phone=citizen.number))

    expect(rina.locator("#lines")).to_contain_text("pesan dua", timeout=60_000)
    expect(rina.locator("#lines")).to_contain_text("pesan satu saat meja tutup", timeout=60_000)
    with database.reading() as session:
        found = conversations.of_sender(session, citizen.conversation)
        assert found is not None
        texts = [line.text for line in conversations.lines(session, found.id)]
    assert texts.count("pesan satu saat meja tutup") == texts.count("pesan dua") == 1


def test_an_answer_after_a_day_is_read_without_asking_for_a_person_again(
    citizen: Citizen, stack: Stack, database: Database, officer: Callable[[str], Page]
) -> None:
    for words in ("saya mau mengadu", "3", "Senin pagi ada calo di parkiran minta uang"):
        citizen.say(words)
    code = re.findall(r"nomor \*(\w+)\*", citizen.say("1").text)[0]
    eventually(lambda: code in last_text(database, citizen), seconds=30)
    with database.writing() as session:
        found = conversations.of_sender(session, citizen.conversation)
        assert found is not None
        found.citizen_at = clock.now() - timedelta(hours=30)
    sari = officer("sari")
    sari.goto(f"{stack.settings.backend_url}/desk/complaints/{code}")
    sari.get_by_label("Jawab pelapor").fill("Sudah kami tindak.")
    sari.get_by_role("button", name="Kirim jawaban").click()

    called = citizen.read()
    assert code in called.text
    assert "sebentar lagi" in citizen.tap(called, "Baca jawaban").text
    assert citizen.read().text == f"Jawaban pengaduan nomor *{code}*:\nSudah kami tindak."
    with database.reading() as session:
        found = conversations.of_sender(session, citizen.conversation)
        assert found is not None
        assert found.state == State.BOT.value


def test_a_score_is_taken_though_a_form_was_open(
    citizen: Citizen, officer: Callable[[str], Page]
) -> None:
    for words in ("daftar antrean mpp batang", "1", "2"):
        citizen.say(words)
    assert "tiket" in citizen.say("petugas").text
    rina = officer("rina")
    rina.locator(".row-link", has_text=masked(citizen)).first.click()
    rina.get_by_role("button", name="Ambil alih").click()
    citizen.read()
    rina.locator("summary", has_text="Selesai").click()
    rina.get_by_role("button", name="Tutup percakapan").click()
    assert "sepatah kata" in citizen.tap(citizen.read(), "Puas").text


def test_who_asks_to_be_forgotten_is_forgotten_everywhere(
    citizen: Citizen, stack: Stack, officer: Callable[[str], Page]
) -> None:
    citizen.say("biaya paspor berapa")
    sari = officer("sari")
    open_tab(sari, "Semua")
    sari.locator(".row-link", has_text=masked(citizen)).first.click()
    sari.once("dialog", lambda dialog: dialog.accept())
    sari.get_by_role("button", name="Hapus data warga").click()
    expect(sari.get_by_role("heading", name="Data warga dihapus")).to_be_visible()

    sari.get_by_role("link", name="Kembali ke meja").click()
    open_tab(sari, "Semua")
    expect(sari.locator(".row-link", has_text=masked(citizen))).to_have_count(0)
    transcript = requests.get(
        f"{stack.settings.rasa_url}/conversations/{citizen.conversation}/tracker",
        params={"token": stack.settings.api_key},
        timeout=10,
    ).json()
    assert "biaya paspor" not in str(transcript)
    assert "1." in citizen.say("halo").text
