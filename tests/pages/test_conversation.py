"""What officers lived through at the desk, in a real browser: one test for each story."""

from __future__ import annotations

import io
import itertools
import re
import wave
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import requests
from playwright.sync_api import expect

from riung import clock
from riung.conversation_id import conversation_id
from riung.desk import accounts, conversations, event_intake, handover
from riung.desk.access import Role
from riung.desk.ownership import Event
from tests.browser import PHONE
from tests.pages.conftest import RunningDesk
from tests.pages.desk import DeskPage
from tests.riung.desk import makers, stage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk pages")]

AtTheDesk = Callable[..., DeskPage]
_numbers = itertools.count(1)


class Citizen:
    """Somebody new, who writes through the event broker."""

    def __init__(self, running: RunningDesk, number: str = "1" * 15, person: str = "") -> None:
        self.running = running
        self.person = person or f"6281377{next(_numbers):06d}"
        self.sender = conversation_id(self.person, number)
        self.hears(makers.started(self.sender))

    def writes(self, text: str, intent: str = "salam", **more: Any) -> None:
        self.hears(makers.user(text, intent, self.sender, **more))

    def hears(self, *events: dict[str, Any]) -> None:
        event_intake.consume(self.running.database, list(events))

    def asks_for_a_person(self) -> None:
        stage.ask(self.running.database, self.sender)

    @property
    def chat(self) -> int:
        with self.running.database.reading() as session:
            found = conversations.of_sender(session, self.sender)
            assert found is not None
            return int(found.id)


@pytest.fixture
def citizen(running: RunningDesk) -> Citizen:
    made = Citizen(running)
    made.writes("halo, saya perlu bantuan")
    return made


def user_id(running: RunningDesk, login: str) -> int:
    with running.database.reading() as session:
        return next(one.id for one in accounts.everyone(session) if one.login == login)


def test_who_answers_stays_whoever_answers_over_any_gap(
    at_the_desk: AtTheDesk, citizen: Citizen, running: RunningDesk
) -> None:
    rina = at_the_desk("rina")
    rina.open(citizen.chat)
    rina.press("Ambil alih")
    expect(rina.head).to_contain_text("Anda yang menjawab")

    later = {**makers.started(citizen.sender), "timestamp": clock.now().timestamp() + 4000}
    citizen.hears(later)
    citizen.writes("", metadata={"type": "unsupported"})
    citizen.writes("saya kembali setelah sejam")

    expect(rina.lines).to_contain_text("Pesan jenis ini tidak dikirim WhatsApp ke sini")
    expect(rina.lines).to_contain_text("saya kembali setelah sejam")
    expect(rina.head).to_contain_text("Anda yang menjawab")
    assert "resume" not in running.rasa.kinds(citizen.sender)


def test_the_same_person_with_two_offices_is_two_conversations(
    at_the_desk: AtTheDesk, citizen: Citizen, running: RunningDesk
) -> None:
    other = Citizen(running, "2" * 15, citizen.person)
    other.writes("urusan pemalang", metadata={"office": "pemalang"})
    with running.database.writing() as session:
        accounts.create(
            session, "wati", "Wati", Role.OFFICER, ["pemalang"], stage.PASSWORD, must_change=False
        )
    wati = at_the_desk("wati")
    wati.open(other.chat)
    expect(wati.lines).to_contain_text("urusan pemalang")
    expect(wati.page.locator(".row-link")).to_have_count(1)
    wati.open(citizen.chat)
    expect(wati.page.locator("main")).to_contain_text("milik kantor lain")


def test_a_number_and_a_user_id_lead_to_the_one_person(
    at_the_desk: AtTheDesk, running: RunningDesk
) -> None:
    citizen = Citizen(running, person="ID.9000000000077")
    citizen.writes("saya pakai nama pengguna")
    told = requests.put(
        f"{running.url}/api/v1/people/{citizen.person}",
        json={"ids": ["6281399900077", citizen.person]},
        headers={"Authorization": "Bearer api-key-of-the-tests"},
        timeout=10,
    )
    assert told.ok, told.text
    rina = at_the_desk("rina")
    for asked in ("0813-9990-0077", citizen.person):
        rina.search(asked)
        expect(rina.page.locator(".row-link")).to_have_count(1)
        expect(rina.page.locator(".row-link")).to_contain_text("saya pakai nama pengguna")


def test_an_anonymous_complaint_leaves_nothing_to_find(
    at_the_desk: AtTheDesk, citizen: Citizen
) -> None:
    citizen.writes("mau lapor", "pengaduan")
    citizen.writes("penjaga loket tujuh minta uang rokok", "nlu_fallback")
    citizen.writes("tanpa nama", "tolak")
    citizen.hears(makers.slot("aduan_anonim", "ya", citizen.sender))
    rina = at_the_desk("rina")
    rina.search("uang rokok")
    expect(rina.page.locator(".row-link")).to_have_count(0)
    rina.open(citizen.chat)
    expect(rina.lines).to_contain_text("halo, saya perlu bantuan")
    for gone in ("mau lapor", "loket tujuh", "tanpa nama"):
        expect(rina.lines).not_to_contain_text(gone)


def spoken() -> bytes:
    """A tenth of a second of silence."""
    content = io.BytesIO()
    with wave.open(content, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(1600))
    return content.getvalue()


@pytest.mark.parametrize("size", [None, PHONE], ids=["pc", "phone"])
def test_a_voice_note_plays_in_the_page_and_a_place_opens_on_a_map(
    at_the_desk: AtTheDesk, citizen: Citizen, running: RunningDesk, size: Any
) -> None:
    running.rasa.files["900100200400"] = (spoken(), "audio/wav")
    media = {"id": "900100200400", "mime_type": "audio/wav", "kind": "audio"}
    citizen.writes("", metadata={"media": media, "type": "audio"})
    place = {"latitude": -6.9, "longitude": 107.6, "name": "Gedung Sate"}
    citizen.writes("", metadata={"location": place, "type": "location"})
    rina = at_the_desk("rina", **({"viewport": size} if size else {}))
    rina.open(citizen.chat)
    length = rina.page.locator("audio").evaluate(
        """async (audio) => {
            const ready = new Promise((done) => audio.addEventListener("loadedmetadata", done));
            audio.load();
            audio.preload = "metadata";
            await ready;
            return audio.duration;
        }"""
    )
    assert length == pytest.approx(0.1, abs=0.02)
    link = rina.page.get_by_role("link", name="Gedung Sate")
    expect(link).to_have_attribute("href", re.compile(r"openstreetmap\.org/.*mlat=-6\.9"))


def test_what_came_after_a_day_waits_with_its_own_time(
    at_the_desk: AtTheDesk, running: RunningDesk
) -> None:
    written = clock.now() - timedelta(hours=25)
    citizen = Citizen(running)
    citizen.writes(
        "Pak, saya dibentak kemarin",
        "pengaduan",
        metadata={"timestamp": int(written.timestamp()), "late": True},
    )
    rina = at_the_desk("rina")
    rina.see("/desk?view=waiting")
    row = rina.page.locator(".row-link", has_text="saya dibentak kemarin")
    expect(row).to_contain_text("menunggu 25 jam")
    row.click()
    moment = written.astimezone(clock.WIB)
    expect(rina.lines).to_contain_text(f"{moment:%H.%M}")
    rina.press("Ambil alih")
    expect(rina.page.locator(".answer")).to_contain_text("hanya mengizinkan pesan templat")


def test_a_citizen_is_called_by_the_name_of_the_profile(
    at_the_desk: AtTheDesk, citizen: Citizen
) -> None:
    citizen.writes("perkenalkan", metadata={"name": "Rahma Dewi"})
    rina = at_the_desk("rina")
    rina.open(citizen.chat)
    masked = f"Rahma Dewi {citizen.person[:4]}…{citizen.person[-3:]}"
    expect(rina.head).to_contain_text(masked)
    assert citizen.person not in rina.page.content()


def test_who_is_given_a_talk_can_reply_at_once_and_who_gave_it_cannot(
    at_the_desk: AtTheDesk, citizen: Citizen, running: RunningDesk
) -> None:
    citizen.asks_for_a_person()
    budi, rina = at_the_desk("budi"), at_the_desk("rina")
    for somebody in (budi, rina):
        somebody.open(citizen.chat)
    budi.press("Ambil alih")
    expect(budi.box).to_be_focused()
    budi.unfold("Oper")
    budi.page.get_by_label("Kepada").select_option(label="Rina Kartika")
    budi.press("Oper percakapan")
    expect(rina.box).to_be_visible()
    expect(budi.box).to_have_count(0)
    expect(budi.head).to_contain_text("Rina Kartika yang menjawab")

    with running.database.writing() as session:
        found = conversations.of_sender(session, citizen.sender)
        assert found is not None
        heir = handover.Actor(user_id(running, "budi"), "Budi Santoso")
        handover.apply(session, found, Event.HAND_ON, moment=clock.now(), actor=heir)
    expect(rina.box).to_have_count(0)
    rina.press("Ambil alih")  # a supervisor may
    expect(rina.head).to_contain_text("Anda yang menjawab")
    rina.reply("Saya lanjutkan dari rekan saya")
    expect(rina.lines).to_contain_text("Saya lanjutkan dari rekan saya")


def test_a_search_leads_to_the_line_however_old(at_the_desk: AtTheDesk, citizen: Citizen) -> None:
    citizen.writes("berkas nomor 1179 0000 8800 0031 tertinggal di kursi")
    for place in range(230):
        citizen.writes(f"kata lain {place}")
    rina = at_the_desk("rina")
    for asked in ("kursi tertinggal", "1179000088000031"):
        rina.search(asked)
        rina.page.locator(".row-link").click()
        line = rina.lines.locator("[data-here]")
        expect(line).to_be_in_viewport()
        expect(line).to_contain_text("tertinggal di kursi")
    rina.open(citizen.chat)
    expect(rina.lines).not_to_contain_text("tertinggal di kursi")
    rina.page.get_by_role("link", name="pesan yang lebih lama").click()
    expect(rina.lines).to_contain_text("tertinggal di kursi")


def test_more_conversations_than_a_page_are_reached(
    at_the_desk: AtTheDesk, running: RunningDesk
) -> None:
    for _ in range(60):
        Citizen(running).writes("antre panjang sekali")
    rina = at_the_desk("rina")
    rina.search("antre panjang")
    expect(rina.page.locator(".row-link")).to_have_count(50)
    rina.page.get_by_role("link", name="berikutnya").click()
    expect(rina.page.locator(".row-link")).to_have_count(10)


def test_the_trainers_first_page_is_one_that_they_may_see(
    at_the_desk: AtTheDesk, running: RunningDesk
) -> None:
    with running.database.writing() as session:
        accounts.create(
            session, "tari", "Tari", Role.TRAINER, ["*"], stage.PASSWORD, must_change=False
        )
    tari = at_the_desk("tari")
    expect(tari.page).to_have_url(re.compile("/desk/review$"))
    expect(tari.page.locator("main")).to_contain_text("Ulas pesan")


def test_a_screen_reader_hears_only_what_is_new(at_the_desk: AtTheDesk, citizen: Citizen) -> None:
    rina = at_the_desk("rina")
    rina.open(citizen.chat)
    heard = rina.page.get_by_role("log", name="Pesan baru")
    citizen.writes("satu lagi, Bu")
    expect(heard).to_have_text("satu lagi, Bu")
    citizen.writes("dan ini yang terakhir")
    expect(heard.locator("p")).to_have_text(["satu lagi, Bu", "dan ini yang terakhir"])


def test_single_letter_keys_can_be_switched_off(at_the_desk: AtTheDesk, citizen: Citizen) -> None:
    rina = at_the_desk("rina")
    rina.open(citizen.chat)
    rina.unfold("Akun saya")
    rina.page.get_by_role("button", name="Tombol satu huruf: nyala").click()
    rina.page.keyboard.press("Escape")
    rina.page.keyboard.press("/")
    search = rina.page.get_by_label("Cari percakapan")
    expect(search).not_to_be_focused()
    rina.page.get_by_role("button", name="Tombol satu huruf: mati").click()
    rina.page.keyboard.press("Escape")
    rina.page.keyboard.press("/")
    expect(search).to_be_focused()


def test_the_keyboard_stays_where_it_was_after_an_action(
    at_the_desk: AtTheDesk, citizen: Citizen
) -> None:
    rina = at_the_desk("rina")
    rina.open(citizen.chat)
    rina.page.get_by_label("Label, dipisah koma").fill("lansia")
    rina.page.get_by_role("button", name="Simpan", exact=True).press("Enter")
    expect(rina.page.get_by_label("Label, dipisah koma")).to_have_value("lansia")
    expect(rina.page.get_by_role("button", name="Simpan", exact=True)).to_be_focused()

    row = rina.page.locator(f"#row-{citizen.chat}")
    row.focus()
    citizen.writes("daftar ini berubah")
    expect(row).to_contain_text("daftar ini berubah")
    expect(row).to_be_focused()


def test_without_scripts_a_reply_is_sent_and_stands_in_no_address(
    at_the_desk: AtTheDesk, citizen: Citizen, running: RunningDesk
) -> None:
    rina = at_the_desk("rina", java_script_enabled=False)
    rina.open(citizen.chat)
    rina.press("Ambil alih")
    rina.reply("Tanpa skrip pun sampai")
    expect(rina.lines).to_contain_text("Tanpa skrip pun sampai")
    assert "skrip" not in rina.page.url
    assert running.rasa.said[-1] == (citizen.sender, "Tanpa skrip pun sampai")
    rina.unfold("Tambah catatan untuk rekan")
    rina.page.get_by_label("Catatan internal").fill("catatan tanpa skrip")
    rina.press("Simpan catatan")
    expect(rina.lines).to_contain_text("catatan tanpa skrip")


def test_what_became_of_an_answer_is_on_its_bubble_within_two_seconds(
    at_the_desk: AtTheDesk, citizen: Citizen, running: RunningDesk
) -> None:
    rina = at_the_desk("rina")
    rina.open(citizen.chat)
    rina.press("Ambil alih")
    rina.reply("Berkasnya sudah lengkap")
    bubble = rina.lines.locator(".line", has_text="Berkasnya sudah lengkap")
    expect(bubble).to_contain_text("✓ terkirim")
    key = running.rasa.events[citizen.sender][-1]["metadata"]["desk_key"]
    message = {"id": 7, "key": f"desk:{key}", "conversation_id": citizen.sender, "created_at": 0}
    message |= {"text": "Berkasnya sudah lengkap", "template": None, "reason": None}
    for state, words in (("delivered", "✓✓ sampai"), ("read", "✓✓ dibaca")):
        running.rasa.messages = [{**message, "state": state}]
        tell(running, citizen)
        expect(bubble).to_contain_text(words, timeout=2000)
    running.rasa.messages = [{**message, "state": "failed", "reason": "Nomornya tidak aktif."}]
    tell(running, citizen)
    expect(bubble).to_contain_text("Nomornya tidak aktif.", timeout=2000)
    expect(bubble.get_by_role("button", name="Kirim ulang")).to_be_visible()
    rina.page.reload()
    expect(rina.page.get_by_role("link", name="1 gagal terkirim")).to_be_visible()
    running.rasa.messages = []


def tell(running: RunningDesk, citizen: Citizen) -> None:
    """The channel tells the desk that something changed in the conversation."""
    told = requests.post(
        f"{running.url}/internal/deliveries",
        json={"conversations": [citizen.sender]},
        headers={"Authorization": "Bearer api-key-of-the-tests"},
        timeout=10,
    )
    assert told.status_code == 204


def test_an_expired_login_loses_no_word_of_an_answer_to_a_complaint(
    at_the_desk: AtTheDesk, running: RunningDesk
) -> None:
    rina = at_the_desk("rina")
    rina.see("/desk/complaints/PGD1XZ")
    box = rina.page.get_by_label("Jawab pelapor")
    box.fill("Jawaban panjang yang ditulis sejak pagi")
    rina.page.context.clear_cookies()
    rina.press("Kirim jawaban")
    rina.page.get_by_label("Nama masuk").fill("rina")
    rina.page.get_by_label("Kata sandi").fill(stage.PASSWORD)
    rina.press("Masuk")
    expect(box).to_have_value("Jawaban panjang yang ditulis sejak pagi")
    rina.press("Kirim jawaban")
    expect(rina.page.locator(".history")).to_contain_text("Jawaban panjang yang ditulis sejak pagi")
    expect(rina.page.get_by_label("Jawaban susulan")).to_have_value("")
