"""A real Chromium for tests; a conftest imports the fixtures `browser` and `browser_page`."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserType,
    ConsoleMessage,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",  # tests run as root in containers
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
PATIENCE_MS = 20_000
"""How long a page may take on a busy machine."""


def chromium_path() -> str:
    """The installed browser: RIUNG_CHROMIUM, else the first of the usual names on the PATH."""
    given = os.environ.get("RIUNG_CHROMIUM")
    found = given or next(filter(None, map(shutil.which, NAMES)), None)
    if not found or not Path(found).exists():
        pytest.fail("No Chromium found. Install it with: make browser", pytrace=False)
    return found


def launch(chromium: BrowserType) -> Browser:
    """Start the browser with a fresh profile; closing it removes the profile."""
    return chromium.launch(executable_path=chromium_path(), args=list(FLAGS))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser a module: while it runs, its event loop is in the way of async tests."""
    with sync_playwright() as playwright:
        running = launch(playwright.chromium)
        yield running
        running.close()


@pytest.fixture
def browser_page(browser: Browser) -> Iterator[Page]:
    """An empty page of desktop size; the test fails when the page's scripts raised an error."""
    context = browser.new_context(viewport=DESKTOP, locale="id-ID", timezone_id="Asia/Jakarta")
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    problems: list[str] = []

    def console(line: ConsoleMessage) -> None:
        if "Content Security" in line.text:
            problems.append(line.text)

    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", console)
    yield page
    context.close()
    assert problems == []
