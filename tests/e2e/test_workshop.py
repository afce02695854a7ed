"""A trainer's way from a real message to a release and back, in a browser, on the running parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from riung.backend.db import Database
from riung.desk import accounts
from riung.desk.access import ALL_OFFICES, Role
from riung.settings import Settings
from riung.workshop.reviewed import reviewed
from riung.workshop.versions import Versions
from tests.browser import browser  # noqa: F401
from tests.e2e.citizen import Citizen
from tests.graph_standin import GraphStandIn
from tests.stack import Stack, new_stack
from tests.versions import trained_version, working_copy

PASSWORD = "hujan di sore hari"
QUESTION = "gedungnya yg cat ijo itu bukan sih gan"
TRAINING_MS = 1_200_000
"""A training takes half a minute on two idle cores; a busy machine takes ten times that."""

LIVE_MS = 60_000
"""From "Terbitkan" to live at the latest."""

pytestmark = [pytest.mark.browser, pytest.mark.processes, pytest.mark.timeout(1800)]


@pytest.fixture
def workshop(graph: GraphStandIn, tmp_path: Path) -> Iterator[Stack]:
    """An installation that serves version 1, and a working folder of its own."""
    work = working_copy(tmp_path / "kerja")
    stack = new_stack(tmp_path, graph.url, {"RIUNG_WORK_DIR": str(work)})
    store = Versions.of(stack.settings)
    store.publish(trained_version(store).number, "uji")
    stack.start()
    try:
        stack.wait()
        _trainer(stack.settings)
        yield stack
    finally:
        stack.stop()


@pytest.fixture
def page(workshop: Stack, browser: Browser) -> Iterator[Page]:  # noqa: F811
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="id-ID")
    page = context.new_page()
    page.goto(f"{workshop.settings.backend_url}/desk/login")
    page.get_by_label("Nama masuk").fill("sari")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    yield page
    context.close()


def test_review_to_release_to_going_back(workshop: Stack, graph: GraphStandIn, page: Page) -> None:
    settings, desk = workshop.settings, f"{workshop.settings.backend_url}/desk"
    page.on("dialog", lambda dialog: dialog.accept())
    before = Citizen(settings, graph).say(QUESTION).text

    expect(page.get_by_role("heading", name="Ulas pesan warga")).to_be_visible()
    doubt = page.locator(".doubt", has_text=QUESTION)
    _until_shown(page, f"{desk}/review", QUESTION)
    doubt.get_by_label("Maksud yang benar").fill("lokasi_kantor")
    doubt.get_by_label("Maksud yang benar").press("Tab")
    expect(doubt).to_contain_text("Contoh terdekat")
    doubt.get_by_role("button", name="Masukkan ke draf").click()
    expect(page.locator(".doubt", has_text=QUESTION)).to_have_count(0)
    assert reviewed(settings.work_dir)[QUESTION] == "lokasi_kantor"
    assert Citizen(settings, graph).say(QUESTION).text == before  # nothing goes live by saving

    page.goto(f"{desk}/workshop")
    expect(page.locator("main")).to_contain_text("ulasan/pesan.yml")
    page.get_by_label("Apa yang diubah, dan mengapa").fill("parkir")
    page.get_by_role("button", name="Latih draf").click()
    expect(page.locator("#state")).to_contain_text("sedang dilatih")
    expect(page.locator("#state")).not_to_contain_text("sedang dilatih", timeout=TRAINING_MS)
    page.goto(f"{desk}/workshop")
    expect(page.locator("#beda")).to_contain_text("versi 2")

    page.get_by_role("button", name="Terbitkan versi 2").click()
    expect(page.locator("#state")).to_contain_text(
        re.compile(r"dijawab\s+versi 2"), timeout=LIVE_MS
    )
    after = Citizen(settings, graph).say(QUESTION).text
    assert after != before

    page.get_by_role("button", name="Kembali ke versi 1").click()
    expect(page.locator("#state")).to_contain_text(
        re.compile(r"dijawab\s+versi 1"), timeout=LIVE_MS
    )
    assert Citizen(settings, graph).say(QUESTION).text == before


def _until_shown(page: Page, address: str, words: str) -> None:
    """Load a page until what was just written has reached the desk."""
    for _ in range(60):
        page.goto(address)
        if page.get_by_text(words).count():
            return
        page.wait_for_timeout(500)
    raise AssertionError(f"{words!r} never came to {address}")


def _trainer(settings: Settings) -> None:
    database = Database(settings.database_url, settings.hash_key)
    with database.writing() as session:
        accounts.create(
            session, "sari", "Sari", Role.TRAINER, [ALL_OFFICES], PASSWORD, must_change=False
        )
    database.dispose()
