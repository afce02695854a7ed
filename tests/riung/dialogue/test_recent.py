"""What is kept of conversations in memory has an end, however many and however long they are."""

from __future__ import annotations

from rasa.shared.core.events import ActionExecuted

from riung.dialogue.recent import RecentConversations
from riung.dialogue.warm_tracker import WarmTracker


def conversation(name: str, events: int) -> WarmTracker:
    tracker = WarmTracker(name, [])
    for _ in range(events):
        tracker.update(ActionExecuted("action_listen"))
    return tracker


def keep(recent: RecentConversations, *lengths: tuple[str, int]) -> list[str]:
    """Keep conversations of these lengths; the names that are known afterwards."""
    for name, events in lengths:
        recent.put(name, conversation(name, events))
    return [name for name, _ in lengths if recent.get(name)]


def test_the_oldest_goes_when_there_are_too_many() -> None:
    assert keep(RecentConversations(2, 100), ("a", 1), ("b", 1), ("c", 1)) == ["b", "c"]


def test_a_long_one_takes_the_room_of_many() -> None:
    assert keep(RecentConversations(9, 10), ("a", 3), ("b", 3), ("c", 8)) == ["c"]


def test_who_wrote_again_is_not_the_oldest() -> None:
    recent = RecentConversations(2, 100)
    keep(recent, ("a", 1), ("b", 1))
    recent.touch("a")

    assert keep(recent, ("c", 1)) == ["c"]
    assert recent.get("a")
    assert not recent.get("b")


def test_the_latest_stays_however_long_it_is() -> None:
    assert keep(RecentConversations(9, 10), ("a", 3), ("b", 50)) == ["b"]


def test_one_that_grows_is_counted_by_its_present_length() -> None:
    recent = RecentConversations(9, 10)
    keep(recent, *[("a", length) for length in range(1, 7)])

    assert keep(recent, ("b", 4)) == ["b"]
    assert recent.get("a")
    recent.drop("a")
    recent.clear()
    assert len(recent) == 0
    assert keep(recent, ("c", 10)) == ["c"]
