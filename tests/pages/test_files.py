"""What citizens send, as an officer sees it on a PC and on a narrow phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.pages.conftest import RunningDesk
from tests.pages.desk import DeskPage
from tests.pages.test_conversation import Citizen, spoken
from tests.pages.test_together import sizes

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk pages")]

AtTheDesk = Callable[..., DeskPage]
INSIDE = """(lines) => lines.every((line) => [...line.querySelectorAll("*")].every((part) =>
    part.getBoundingClientRect().right <= line.getBoundingClientRect().right + 1))"""


def sends(citizen: Citizen, running: RunningDesk, kind: str, mime_type: str, name: str = "") -> str:
    """A file of a kind; nobody keeps it unless it is put among Rasa's files."""
    file_id = f"7001{abs(hash((citizen.person, kind, name))):015}"
    media = {"id": file_id, "mime_type": mime_type, "kind": kind, "filename": name}
    citizen.writes("/kirim_media", "kirim_media", metadata={"media": media, "type": kind})
    return file_id


@sizes
def test_files_and_players_stay_inside_their_lines(
    at_the_desk: AtTheDesk, running: RunningDesk, size: ViewportSize
) -> None:
    citizen = Citizen(running)
    voice = sends(citizen, running, "audio", "audio/wav")
    running.rasa.files[voice] = (spoken(), "audio/wav")
    long_name = f"surat_kuasa_{'ayah_saya_' * 12}final.pdf"
    sends(citizen, running, "document", "application/pdf", long_name)
    rina = at_the_desk("rina", viewport=size)
    rina.open(citizen.chat)
    expect(rina.lines).to_contain_text(long_name)
    assert rina.page.locator(".line").evaluate_all(INSIDE)


def test_a_player_gets_the_part_that_it_asks_for(
    at_the_desk: AtTheDesk, running: RunningDesk
) -> None:
    citizen = Citizen(running)
    voice = sends(citizen, running, "audio", "audio/wav")
    running.rasa.files[voice] = (spoken(), "audio/wav")
    rina = at_the_desk("rina")
    rina.open(citizen.chat)
    address = rina.url + str(rina.page.locator("audio").get_attribute("src"))
    answer = rina.page.request.get(address, headers={"Range": "bytes=0-3"})
    assert (answer.status, answer.body()) == (206, b"RIFF")
    assert answer.headers["content-range"] == f"bytes 0-3/{len(spoken())}"
    assert rina.page.request.get(address, headers={"Range": "bytes=999999-"}).status == 416


def test_a_picture_that_cannot_be_shown_says_so(
    at_the_desk: AtTheDesk, running: RunningDesk
) -> None:
    citizen = Citizen(running)
    sends(citizen, running, "image", "image/jpeg")
    rina = at_the_desk("rina")
    rina.open(citizen.chat)
    link = rina.page.get_by_role("link", name="belum bisa ditampilkan")
    expect(link).to_be_visible()
    assert rina.violations("#lines") == []
