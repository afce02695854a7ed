"""One running desk and one browser a module: each test brings its own citizens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from riung.backend.db import Database
from tests.browser import DESKTOP, PATIENCE_MS, browser  # noqa: F401
from tests.pages.desk import DeskPage
from tests.riung.desk import stage
from tests.riung.desk.fake_rasa import FakeRasa


@dataclass
class RunningDesk:
    """The real application with a filled desk, and the stand-in Rasa behind it."""

    url: str
    database: Database
    rasa: FakeRasa
    cases: dict[str, str]
    """Codes of visits and of somebody in the waiting room."""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    with stage.desk(Path(tmp_path_factory.mktemp("desk"))) as (url, database, rasa):
        stage.busy_month(database)
        yield RunningDesk(url, database, rasa, stage.services(database))


@pytest.fixture
def at_the_desk(
    running: RunningDesk,
    browser: Browser,  # noqa: F811
) -> Iterator[Callable[..., DeskPage]]:
    """`at_the_desk("rina")`: somebody logged in, in a browser of their own.

    The test fails when the page's scripts raised an error or its policy refused something.
    """
    expect.set_options(timeout=PATIENCE_MS)
    opened: list[DeskPage] = []
    with ExitStack() as contexts:

        def come(login: str = "rina", **options: object) -> DeskPage:
            chosen = {"viewport": DESKTOP, "locale": "id-ID", **options}
            context = browser.new_context(timezone_id="Asia/Jakarta", **chosen)
            contexts.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(PATIENCE_MS)
            somebody = DeskPage(page, running.url)
            opened.append(somebody)
            somebody.log_in(login, stage.PASSWORD)
            return somebody

        yield come
    assert [problem for one in opened for problem in one.problems] == []
