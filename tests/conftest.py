"""What any test may ask for: an environment and office files of its own."""

from __future__ import annotations

import logging
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import hypothesis
import pytest
import structlog

from riung.dialogue import announcements
from riung.dialogue.unused import leave_out
from riung.logs import configure
from riung.office import offices
from riung.settings import ROOT, settings
from tests.services import require_all

hypothesis.settings.register_profile("riung", deadline=None)  # no test is timed
hypothesis.settings.load_profile("riung")
leave_out()  # a test process loads what a dialogue server loads


def say_warnings_only() -> None:
    """As in the programs: Rasa writes a page of debug lines a turn, which takes time and memory."""
    structlog.reset_defaults()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))


say_warnings_only()

SetEnvironment = Callable[..., None]


@pytest.fixture
def set_environment() -> Iterator[SetEnvironment]:
    """Set variables as an operator does; afterwards the environment is as it was."""
    before = dict(os.environ)

    def set_variables(**variables: str) -> None:
        os.environ.update(variables)
        settings.cache_clear()

    for name in [name for name in os.environ if name.startswith(("RIUNG_", "WHATSAPP_"))]:
        del os.environ[name]
    settings.cache_clear()
    yield set_variables
    announcements.forget()  # its thread would go on and ask the next test's backend
    os.environ.clear()
    os.environ.update(before)
    settings.cache_clear()


@pytest.fixture
def office_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of `offices/` that the test may edit; the program reads it instead."""
    folder = tmp_path / "offices"
    shutil.copytree(ROOT / "offices", folder)
    monkeypatch.setattr(offices, "_book", offices.OfficeBook(folder))
    return folder


PROCESSES = {
    *("e2e", "test_chaos.py", "test_processes.py", "test_worker.py", "test_cli.py"),
    "test_common_changes.py",
}
"""Folders and files whose tests start processes of their own."""

THOROUGH = {
    *("talks", "test_check.py", "test_pipeline.py", "test_state_machine.py", "test_rush.py"),
    *(
        "test_planning.py",
        "test_dukcapil.py",
        "test_slips.py",
        "test_payloads.py",
        "test_evaluate.py",
        "test_training_run.py",
        "test_unused.py",
        "test_advice.py",
        "test_guides.py",
    ),
}
"""Folders and files that play much and take many seconds: `make test-fast` leaves them out."""

GROUPS = {
    "e2e": "installation",
    "talks": "talks",
    **dict.fromkeys(
        ("test_pipeline.py", "test_situations.py", "test_speed.py", "test_sessions.py"), "model"
    ),
    "test_heard_before.py": "model",
}
"""Folder or file → the group of its tests, which share what takes long to start: one of two runners
takes all of them."""


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what starts processes or shares much, and begin with it: no runner idles at the end."""
    for item in items:
        if not PROCESSES.isdisjoint(item.path.parts):
            item.add_marker("processes")
        if not THOROUGH.isdisjoint(item.path.parts):
            item.add_marker("thorough")
        for part in GROUPS.keys() & set(item.path.parts):
            item.add_marker(pytest.mark.xdist_group(GROUPS[part]))
    items.sort(key=lambda item: item.get_closest_marker("processes") is None)


def pytest_collection_finish(session: pytest.Session) -> None:
    """A missing service fails the run at its beginning, in one line; nothing is skipped for it."""
    if any(item.get_closest_marker("services") for item in session.items):
        require_all()


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> Iterator[StringIO]:
    """What a process with configured logs prints on standard error."""
    root, stream = logging.getLogger(), StringIO()
    handlers, level = list(root.handlers), root.level
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stderr", stream)
        configure()
        yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    say_warnings_only()
