"""The conversations that were written last, kept in memory beside the database."""

from __future__ import annotations

from collections import OrderedDict

from riung.dialogue.warm_tracker import WarmTracker

CONVERSATIONS = 2_000

EVENTS = 40_000
"""Events of all together, some 1.5 kB each: a few long conversations take the room of many."""


class RecentConversations:
    """Conversations by name, the oldest of them forgotten when they grow too many or too long."""

    def __init__(self, conversations: int = CONVERSATIONS, events: int = EVENTS) -> None:
        self._most, self._most_events = conversations, events
        self._kept: OrderedDict[str, WarmTracker] = OrderedDict()
        self._lengths: dict[str, int] = {}
        self._events = 0

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, name: str) -> WarmTracker | None:
        """The conversation, as it was put here; None when it is not known here."""
        return self._kept.get(name)

    def touch(self, name: str) -> None:
        """Count it as the latest."""
        self._kept.move_to_end(name)

    def put(self, name: str, tracker: WarmTracker) -> None:
        """Keep it, in place of what was kept under the name; the latest one always stays."""
        self.drop(name)
        self._kept[name] = tracker
        self._lengths[name] = len(tracker.events)
        self._events += self._lengths[name]
        while len(self._kept) > self._most or self._events > self._most_events:
            oldest = next(iter(self._kept))
            if oldest == name:
                break
            self.drop(oldest)

    def drop(self, name: str) -> None:
        """Know nothing of it any more."""
        if self._kept.pop(name, None) is not None:
            self._events -= self._lengths.pop(name)

    def clear(self) -> None:
        """Know nothing of any."""
        self._kept.clear()
        self._lengths.clear()
        self._events = 0
