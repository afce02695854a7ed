"""The lines of a talk lead to each other, to their files, and without scripts to the newest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from riung import clock
from riung.desk.tables import Conversation
from tests.pages.conftest import RunningDesk
from tests.pages.desk import DeskPage
from tests.pages.test_conversation import Citizen
from tests.pages.test_files import sends
from tests.riung.desk import makers

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk pages")]

AtTheDesk = Callable[..., DeskPage]


@pytest.fixture
def citizen(running: RunningDesk) -> Citizen:
    """Somebody who has said more than one screen holds."""
    somebody = Citizen(running)
    somebody.writes("pertanyaan pertama")
    for number in range(40):
        somebody.hears(makers.bot(f"Jawaban ke-{number}", sender=somebody.sender))
        somebody.writes(f"pesan ke-{number}")
    return somebody


def test_a_quoted_line_is_one_tap_away(at_the_desk: AtTheDesk, running: RunningDesk) -> None:
    citizen = Citizen(running)
    first = makers.user("saya bisa Jumat", "salam", citizen.sender)
    citizen.hears(first)
    for number in range(40):
        citizen.writes(f"pesan ke-{number}")
    citizen.writes("jadi?", metadata={"context_id": first["message_id"], "type": "text"})
    rina = at_the_desk("rina")
    rina.open(citizen.chat)
    target = rina.page.locator(".line", has_text="saya bisa Jumat").first
    expect(target).not_to_be_in_viewport()
    quote = rina.page.get_by_role("link", name="warga saya bisa Jumat")
    expect(quote).to_be_in_viewport()
    assert rina.violations("#lines") == []
    quote.click()
    expect(target).to_be_in_viewport()


def test_without_scripts_a_talk_opens_at_its_newest_line(
    at_the_desk: AtTheDesk, citizen: Citizen
) -> None:
    rina = at_the_desk("rina", java_script_enabled=False)
    rina.see("/desk?view=all")
    rina.page.locator(f"#row-{citizen.chat}").click()
    expect(rina.page.get_by_text("pesan ke-39", exact=True).last).to_be_in_viewport()
    rina.press("Ambil alih")
    expect(rina.box).to_be_visible()
    expect(rina.page.get_by_text("pesan ke-39", exact=True).last).to_be_in_viewport()


def test_with_scripts_the_address_stays_plain(at_the_desk: AtTheDesk, citizen: Citizen) -> None:
    rina = at_the_desk("rina")
    rina.see("/desk?view=all")
    rina.page.locator(f"#row-{citizen.chat}").click()
    expect(rina.page.get_by_text("pesan ke-39", exact=True).last).to_be_in_viewport()
    assert not rina.page.url.endswith("#newest")


def test_a_voice_note_that_the_browser_cannot_play_can_be_taken(
    at_the_desk: AtTheDesk, running: RunningDesk
) -> None:
    citizen = Citizen(running)
    voice = sends(citizen, running, "audio", "audio/ogg")
    running.rasa.files[voice] = (b"OggS" + bytes(200), "audio/ogg")
    rina = at_the_desk("rina")
    rina.open(citizen.chat)
    link = rina.page.locator(".line .download")
    expect(link).to_have_text("Unduh pesan suara")
    rina.page.locator(".line audio").evaluate("(player) => { player.play().catch(() => {}); }")
    expect(link).to_have_text("Tidak bisa diputar di sini: unduh berkasnya")
    with rina.page.expect_download() as taken:
        link.click()
    assert taken.value.suggested_filename.startswith("pesan-suara-")


def test_free_text_may_be_sent_as_soon_as_the_citizen_writes_again(
    at_the_desk: AtTheDesk, running: RunningDesk
) -> None:
    citizen = Citizen(running)
    citizen.writes("halo")
    citizen.asks_for_a_person()
    with running.database.writing() as session:
        talk = session.get(Conversation, citizen.chat)
        assert talk is not None
        talk.citizen_at = clock.now() - timedelta(hours=30)
    rina = at_the_desk("rina")
    rina.open(citizen.chat)
    rina.press("Ambil alih")
    warning = rina.page.get_by_text("Lebih dari 24 jam sejak warga terakhir menulis")
    expect(warning).to_be_visible()
    rina.box.fill("Baik")
    citizen.writes("saya di sini")
    expect(warning).to_have_count(0)
    expect(rina.box).to_have_value("Baik")
