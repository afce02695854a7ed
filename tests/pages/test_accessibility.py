"""No page breaks a rule of axe, on an office PC and on a narrow phone, bright or dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import ViewportSize

from riung.desk import conversations, event_intake
from tests.pages.conftest import RunningDesk
from tests.pages.desk import DeskPage
from tests.riung.desk import makers, stage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk pages")]

OFFICE_PC: ViewportSize = {"width": 1366, "height": 768}
TABLET: ViewportSize = {"width": 820, "height": 1180}
NARROW: ViewportSize = {"width": 360, "height": 740}

PAGES = (
    "/desk",
    "/desk?view=all&q=paspor",
    "/desk?view=mine",
    "/desk/failed",
    "/desk/mentions",
    "/desk/close",
    "/desk/complaints",
    "/desk/complaints/PGD0XZ",
    "/desk/counter?office=pemalang&place=mpp_batang",
    "/desk/counter/call?office=pemalang&place=mpp_batang",
    "/desk/counter/screen?office=pemalang&place=mpp_batang",
    "/desk/visits",
    "/desk/visits?ended=true",
    "/desk/seats?office=blitar",
    "/desk/announcements",
    "/desk/imports",
    "/desk/review",
    "/desk/questions/new?example=parkir",
    "/desk/workshop",
    "/desk/reports?office=bandung",
    "/desk/facts",
    "/desk/facts?show=all&q=paspor",
    "/desk/audit",
    "/desk/users",
    "/desk/account",
)


@pytest.mark.parametrize(
    ("size", "scheme"),
    [
        pytest.param(OFFICE_PC, "light", id="pc-light"),
        pytest.param(OFFICE_PC, "dark", id="pc-dark"),
        pytest.param(TABLET, "light", id="tablet"),
        pytest.param(NARROW, "light", id="phone-light"),
        pytest.param(NARROW, "dark", id="phone-dark"),
    ],
)
def test_no_page_breaks_a_rule(
    running: RunningDesk, at_the_desk: Callable[..., DeskPage], size: ViewportSize, scheme: str
) -> None:
    unbroken = makers.user("tolong" * 80, "nlu_fallback", "6281200000019")
    event_intake.consume(running.database, [unbroken])
    failed = {"id": 7, "key": "", "conversation_id": "6281200000019", "created_at": 0}
    failed |= {"text": "Berkas sudah siap", "template": None, "state": "failed", "reason": "Mati."}
    number = {"phone_number_id": "1", "office": "bandung", "stopped": "131037", "reason": "Henti."}
    running.rasa.messages, running.rasa.numbers = [failed], [number]
    desk = at_the_desk("kepala", viewport=size, color_scheme=scheme)
    found = {address: _look(desk, address) for address in PAGES}
    found |= {
        f"case {name}": _look(desk, f"/desk/cases/{running.cases[name]}") for name in running.cases
    }
    found["conversation"] = _conversation(running, desk)
    running.rasa.messages, running.rasa.numbers = [], []
    desk.page.context.clear_cookies()
    found["login"] = _look(desk, "/desk/login")
    assert {address: wrong for address, wrong in found.items() if wrong} == {}


def _look(desk: DeskPage, address: str) -> list[str]:
    desk.see(address)
    wide = desk.page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return desk.violations() + (["wider than its screen"] if wide else [])


def _conversation(running: RunningDesk, desk: DeskPage) -> list[str]:
    """One that the person holds, with all that can be done in it unfolded."""
    with running.database.reading() as session:
        found = conversations.of_sender(session, stage.TALKS[0][0])
        assert found is not None
        chat = found.id
    desk.open(chat)
    if not desk.box.count():
        desk.press("Ambil alih")
        desk.box.wait_for()  # on the page that comes after the press
        desk.page.wait_for_load_state()
    wrong = desk.violations()
    for menu in desk.page.locator("summary:visible").all():
        menu.evaluate("one => { one.parentElement.open = true; }")
        wrong += desk.violations("details[open]")  # an open menu covers what is below it
        menu.evaluate("one => { one.parentElement.open = false; }")
    return wrong
