"""How a running program changes over to another version of what it reads."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from riung.settings import EDITED
from riung.workshop.versions import Versions

LOOK_EVERY = 0.5
"""Seconds between two looks at what is published."""

ROOMS = ("riung", "actions")

NOT_OF_FILES = frozenset({"settings", "backend", "board", "_rasa", "_channel", "templates"})
"""Kept values that come from no edited file: settings, connections, templates."""


class Follower:
    """A program that reads a version through its link.

    Args:
        store: the versions.
        program: its name; by default that of this process.
    """

    def __init__(self, store: Versions, program: str = EDITED.name) -> None:
        self.store, self.program = store, program
        self.version = int(store.link(program).resolve().name)

    @classmethod
    def of_this_process(cls) -> Follower | None:
        """None for a process that reads the working folder itself."""
        return cls(Versions(EDITED.parent.parent)) if EDITED.is_symlink() else None

    def news(self) -> int:
        """The version to change over to; 0 while it reads the right one."""
        wanted = self.store.wanted(self.program)
        return wanted if wanted != self.version else 0

    def move(self, number: int) -> None:
        """Read another version from now on."""
        self.store.enter(self.program, number)
        self.version = number
        forget_read()


_KEEPS = type(lru_cache(lambda: None))


def forget_read() -> None:
    """Read every edited file anew when it is next asked for."""
    for kept in {id(one): one for one in _kept()}.values():
        kept.cache_clear()


def _kept() -> Iterator[Any]:
    """The functions of ours that keep what they once read or made of it."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in ROOMS and module is not None:
            for value in vars(module).values():
                if isinstance(value, _KEEPS) and value.__name__ not in NOT_OF_FILES:
                    yield value


def follow(stopping: threading.Event | None = None) -> threading.Thread | None:
    """Change over in a thread, for programs that have no model.

    Args:
        stopping: ends it; without one it ends with the process.
    """
    follower, stopping = Follower.of_this_process(), stopping or threading.Event()
    if follower is None:
        return None
    thread = threading.Thread(target=_look, args=(follower, stopping), daemon=True)
    thread.start()
    return thread


def _look(follower: Follower, stopping: threading.Event) -> None:
    while not stopping.wait(LOOK_EVERY):
        if number := follower.news():
            follower.move(number)
