"""With a moved clock a conversation lies on the same day as all the rest."""

from __future__ import annotations

import inspect
import re
from datetime import datetime

import pytest
from rasa.shared.core.events import UserUttered

from riung.clock import now
from riung.dialogue import event_clock
from tests.conftest import SetEnvironment

FRIDAY = "2026-11-20T10:00:00+07:00"


@pytest.fixture(autouse=True)
def afterwards_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in event_clock.STAMPED:
        monkeypatch.setattr(module, "time", module.time)


def test_what_is_said_is_stamped_by_the_clock_that_stands_still(
    set_environment: SetEnvironment,
) -> None:
    set_environment(RIUNG_NOW=FRIDAY)
    event_clock.follow()

    assert UserUttered("halo").timestamp == datetime.fromisoformat(FRIDAY).timestamp()


def test_and_by_one_that_runs_ahead(set_environment: SetEnvironment) -> None:
    set_environment(RIUNG_NOW="+P3D")
    event_clock.follow()

    assert UserUttered("halo").timestamp == pytest.approx(now().timestamp(), abs=5)


def test_rasas_own_clock_stays_where_nothing_is_moved(set_environment: SetEnvironment) -> None:
    set_environment()
    before = [module.time for module in event_clock.STAMPED]

    event_clock.follow()

    assert [module.time for module in event_clock.STAMPED] == before


def test_rasa_asks_for_nothing_but_the_time_there() -> None:
    asked = {
        word
        for module in event_clock.STAMPED
        for word in re.findall(r"\btime\.(\w+)\(", inspect.getsource(module))
    }

    assert asked == {"time"}
