"""The stage last seen lasts over sessions, and not for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from riung.clock import now
from riung.dialogue.last_seen import LONGEST, SLOT, LastSeen
from riung.dialogue.sessions import _lasting
from riung.settings import ROOT

KEPT = timedelta(seconds=LONGEST)


def seen(ago: timedelta) -> LastSeen:
    at = (now() - ago).timestamp()
    since = "2026-11-20T10:00:00+07:00"
    return LastSeen("1179000000001208", "printing", "Pencetakan", since, at)


@pytest.mark.parametrize(
    ("ago", "lasts"), [(timedelta(hours=1), True), (KEPT + timedelta(minutes=1), False)]
)
def test_a_new_session_knows_it_for_a_week(ago: timedelta, lasts: bool) -> None:
    kept = seen(ago).slot()
    domain = Domain.from_path(ROOT / "domain.yml")
    tracker = DialogueStateTracker.from_events("uji", [SlotSet(SLOT, kept)], domain.slots)

    assert _lasting(tracker) == ([SlotSet(SLOT, kept)] if lasts else [])


def test_what_was_seen_after_now_is_no_news() -> None:
    ahead = seen(-timedelta(minutes=5))

    assert LastSeen.of(ahead.slot(), now().timestamp(), LONGEST) is None
