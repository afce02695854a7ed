"""The page in a real browser, with a small real server in the channel's place."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser import PHONE
from tests.pages.simulator import SimulatorPage
from tests.riung.simulator.conftest import Stage
from tests.riung.simulator.fake_channel import MENU
from tests.riung.simulator.test_graph import any_template
from tests.riung.simulator.waiting import eventually

pytestmark = pytest.mark.browser

QUOTA = '/pilihan{"pilihan": "kuota"}'


@pytest.fixture
def phone(stage: Stage, browser_page: Page) -> SimulatorPage:
    stage.channel.answers |= {QUOTA: "MPP Batang: *penuh*.", "/menu": MENU, "/buka": "Dibuka."}
    page = SimulatorPage(browser_page, stage.url.removesuffix("/simulator"))
    page.open()
    return page


def test_the_page_says_that_it_is_a_simulation(phone: SimulatorPage) -> None:
    expect(phone.page).to_have_title("Simulator Riung")
    expect(phone.page.get_by_text("Bukan WhatsApp")).to_be_visible()
    expect(phone.page.get_by_text("warga rekaan, data contoh")).to_be_visible()


def test_a_greeting_is_answered_and_read(phone: SimulatorPage) -> None:
    phone.write("halo")
    phone.expect_answer("Mau dibantu soal apa?")
    phone.expect_ticks(phone.own.last, "read")
    phone.expect_ticks(phone.answers.last, "read")
    expect(phone.answers.last.locator("strong").first).to_have_text("Riung")


def test_a_row_of_the_list_is_chosen_and_answered(phone: SimulatorPage) -> None:
    phone.write("halo")
    phone.choose("Lihat menu", "Kuota antrean")
    phone.expect_answer("MPP Batang: penuh.")
    expect(phone.own.last.locator(".quote")).to_contain_text("Selamat pagi")


def test_the_list_is_left_by_escape_and_can_be_opened_again(phone: SimulatorPage) -> None:
    phone.write("halo")
    phone.button("Lihat menu").click()
    phone.page.keyboard.press("Escape")
    expect(phone.page.get_by_role("dialog")).to_be_hidden()
    phone.choose("Lihat menu", "Kuota antrean")
    phone.expect_answer("MPP Batang")


def test_a_reply_button_is_tapped_once(phone: SimulatorPage) -> None:
    phone.write("status")
    phone.tap("Menu")
    phone.expect_answer("Mau dibantu soal apa?")
    expect(phone.page.get_by_role("button", name="Cara mengambil")).to_be_disabled()


def test_a_starter_opens_the_first_conversation(phone: SimulatorPage, stage: Stage) -> None:
    phone.page.get_by_role("button", name="Sapa dan buka menu").first.click()
    eventually(lambda: stage.channel.messages)
    assert stage.channel.messages[0]["text"]["body"] == "Selamat pagi"


def test_a_quoted_reply_names_the_message(phone: SimulatorPage, stage: Stage) -> None:
    phone.write("biaya")
    phone.expect_answer("Rp650.000")
    phone.reply_to(phone.answers.last, "yang ini untuk anak juga?")
    expect(phone.own.last.locator(".quote")).to_contain_text("E-paspor")
    eventually(lambda: len(stage.channel.messages) == 2)
    assert stage.channel.messages[1]["context"]["id"].startswith("wamid.")


def test_a_picture_is_sent_and_shown(phone: SimulatorPage, stage: Stage, tmp_path: Path) -> None:
    picture = tmp_path / "bukti.png"
    Image.new("RGB", (640, 480), "teal").save(picture)
    phone.send_picture(picture, "ini buktinya")
    expect(phone.own.last).to_contain_text("ini buktinya")
    image = phone.own.last.get_by_role("img", name="ini buktinya")
    expect(image).to_have_js_property("naturalWidth", 640)
    eventually(lambda: stage.channel.messages)
    assert stage.channel.messages[0]["image"]["caption"] == "ini buktinya"


def test_a_file_that_is_no_picture_is_refused_kindly(phone: SimulatorPage, tmp_path: Path) -> None:
    program = tmp_path / "foto.png"
    program.write_bytes(b"MZ bukan gambar")
    phone.send_picture(program)
    expect(phone.page.get_by_text("Hanya gambar JPG/PNG")).to_be_visible()


def test_a_place_is_sent_as_a_location(phone: SimulatorPage, stage: Stage) -> None:
    phone.send_place("Alun-alun Batang")
    expect(phone.own.last).to_contain_text("Alun-alun Batang")
    eventually(lambda: stage.channel.messages)
    assert stage.channel.messages[0]["location"]["latitude"] == -6.9089


def test_a_failed_answer_says_why(phone: SimulatorPage) -> None:
    phone.provoke("Tidak sampai")
    phone.write("biaya")
    expect(phone.answers.last).to_contain_text("Gagal terkirim (131026)")
    phone.expect_ticks(phone.answers.last, "failed")


def test_a_message_the_channel_refused_can_be_sent_again(
    phone: SimulatorPage, stage: Stage
) -> None:
    stage.channel.http_status = 403
    phone.write("biaya")
    expect(phone.own.last).to_contain_text("Riung menolak pesan ini")
    stage.channel.http_status = 200
    phone.page.get_by_role("button", name="Kirim ulang").click()
    phone.expect_answer("Rp650.000")


def test_the_office_is_seen_typing(phone: SimulatorPage) -> None:
    phone.write("belum ada jawabannya")
    expect(phone.page.get_by_text("sedang mengetik…")).to_be_visible()


def test_citizens_have_chats_of_their_own_and_unread_counts(
    phone: SimulatorPage, stage: Stage
) -> None:
    stage.channel.send(stage.line, {"recipient": "ID.900000000000204"}, "Paspor Anda siap.")
    expect(phone.citizen("kelana").locator(".unread")).to_have_text("1")
    phone.citizen("kelana").click()
    phone.expect_answer("Paspor Anda siap.")
    phone.expect_ticks(phone.answers.last, "read")
    phone.write("biaya")
    phone.expect_answer("Rp650.000")
    sender = stage.channel.messages[-1]
    assert "from" not in sender
    assert sender["from_user_id"] == "ID.900000000000204"


def test_another_office_is_written_to_at_its_own_number(phone: SimulatorPage, stage: Stage) -> None:
    phone.page.get_by_label("Kantor yang dihubungi").select_option("Imigrasi Pemalang")
    phone.write("biaya")
    phone.expect_answer("Rp650.000")
    value = stage.channel.deliveries[0]["entry"][0]["changes"][0]["value"]
    assert stage.play.lines[value["metadata"]["phone_number_id"]].office == "pemalang"


def test_several_messages_are_sent_in_quick_succession(phone: SimulatorPage, stage: Stage) -> None:
    phone.page.get_by_role("button", name="Lima pesan beruntun").click()
    eventually(lambda: len(stage.channel.messages) == 5)
    assert [message["text"]["body"] for message in stage.channel.messages][-1] == "makasih ya"


def test_behind_the_scenes_shows_the_signature_and_the_request(phone: SimulatorPage) -> None:
    phone.write("biaya")
    phone.expect_answer("Rp650.000")
    phone.page.get_by_role("tab", name="Di balik layar").click()
    phone.page.locator("[data-summary='messages text'] summary").click()
    expect(phone.page.get_by_text("X-Hub-Signature-256: sha256=")).to_be_visible()
    phone.page.locator("[data-summary='text'] summary").click()
    expect(phone.page.get_by_text("Bearer ••••••")).to_be_visible()


def test_text_is_never_taken_for_html(phone: SimulatorPage, stage: Stage) -> None:
    stage.channel.answers["<b>uji</b>"] = "<img src=x onerror=alert(1)> *tebal* _miring_"
    phone.write("<b>uji</b>")
    phone.expect_answer("<img src=x onerror=alert(1)> tebal miring")
    expect(phone.own.last).to_contain_text("<b>uji</b>")


def test_a_template_shows_its_words_and_its_button_answers(
    phone: SimulatorPage, stage: Stage
) -> None:
    stage.channel.send(stage.line, {"to": "+6289900000201"}, any_template())
    expect(phone.answers.last).to_contain_text("Pesan templat")
    button = phone.answers.last.locator(".actions button").first
    title = button.text_content()
    button.click()
    expect(phone.own.last).to_contain_text(title or "")
    eventually(lambda: stage.channel.messages)
    assert stage.channel.messages[0]["type"] == "button"


@pytest.mark.parametrize("width", [360, PHONE["width"]])
def test_on_a_phone_everything_is_in_reach_and_nothing_sticks_out(
    stage: Stage, browser: Browser, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 740}, has_touch=True, is_mobile=True
    )
    phone = SimulatorPage(context.new_page(), stage.url.removesuffix("/simulator"))
    phone.open()
    phone.write("halo")
    phone.choose("Lihat menu", "Cek status permohonan")
    phone.page.get_by_role("button", name="Pilih warga dan kantor").click()
    phone.citizen("ujang").click()
    expect(phone.answers).to_have_count(0)
    phone.page.get_by_role("button", name="Coba ini, gangguan").click()
    phone.page.locator("#try").get_by_role("button", name="Kuota Selasa depan").click()
    expect(phone.own.last).to_contain_text("kuota selasa depan")
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_the_whole_way_works_with_the_keyboard(phone: SimulatorPage) -> None:
    page = phone.page
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.type("halo")
    page.keyboard.press("Enter")
    phone.expect_answer("Mau dibantu")
    phone.button("Lihat menu").press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(phone.own.last).to_contain_text("Biaya dan lama proses")


def test_an_open_page_comes_back_after_the_connection_was_lost(
    phone: SimulatorPage, stage: Stage
) -> None:
    stage.channel.send(stage.line, {"to": "+6289900000201"}, "Kabar lama.")
    phone.expect_answer("Kabar lama.")
    stage.flood()
    expect(phone.page.locator("#offline")).to_be_visible()
    stage.channel.send(stage.line, {"to": "+6289900000201"}, "Kabar baru.")
    phone.expect_answer("Kabar baru.")
    expect(phone.answers).to_have_count(2)
    expect(phone.page.locator("#offline")).to_be_hidden()


def test_words_that_could_not_leave_the_page_stay_in_the_box(phone: SimulatorPage) -> None:
    phone.page.context.set_offline(True)
    phone.write("jangan hilang")
    expect(phone.page.locator("#toast")).to_contain_text("tidak tersambung")
    expect(phone.page.get_by_role("textbox", name="Ketik pesan")).to_have_value("jangan hilang")


def test_pages_are_served_with_a_strict_policy(stage: Stage) -> None:
    response = requests.get(stage.url, timeout=10)
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    assert "'unsafe" not in response.headers["Content-Security-Policy"]
