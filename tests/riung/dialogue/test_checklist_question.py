"""How long what was ticked off is remembered."""

from __future__ import annotations

from riung.dialogue.checklist_question import DAY_SECONDS, Ticked
from riung.dialogue.follow_up_table import follow_ups

KEPT = {"subject": "anak", "checked": {"kk": True}, "at": 1_000.0}


def test_it_is_remembered_for_days_and_then_forgotten() -> None:
    last = KEPT["at"] + follow_ups().checklist.days * DAY_SECONDS  # type: ignore[operator]

    assert Ticked.of(KEPT, last) == Ticked("anak", {"kk": True})
    assert Ticked.of(KEPT, last + 1) is None


def test_a_list_that_is_no_longer_kept_is_forgotten() -> None:
    assert Ticked.of({**KEPT, "subject": "dulu"}, 1_000.0) is None
