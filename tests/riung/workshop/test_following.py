"""A running program reads the published version, and another one once it changes over."""

from __future__ import annotations

import threading
from functools import lru_cache
from pathlib import Path

import pytest

from riung.workshop import following
from riung.workshop.following import Follower
from riung.workshop.versions import Versions
from tests.riung.workshop.conftest import ready


@pytest.fixture
def follower(store: Versions, work: Path) -> Follower:
    """A program that reads version 1, which is live; version 2 is ready."""
    store.publish(ready(store, work).number, "sari")
    store.enter("worker", 1)
    (work / "domain.yml").write_text("intents: [dua]\n", "utf-8")
    ready(store, work)
    return Follower(store, "worker")


def test_no_news_while_nothing_is_published(follower: Follower) -> None:
    assert follower.news() == 0


def test_what_is_published_is_news_until_it_is_read(follower: Follower) -> None:
    follower.store.publish(2, "sari")
    assert follower.news() == 2

    follower.move(2)

    assert follower.news() == 0
    assert "dua" in (follower.store.link("worker") / "domain.yml").read_text("utf-8")


def test_the_draft_follows_the_newest_version_that_is_ready(
    follower: Follower, store: Versions
) -> None:
    store.enter("draf", 1)

    assert Follower(store, "draf").news() == 2


def test_what_was_read_is_read_anew(follower: Follower, monkeypatch: pytest.MonkeyPatch) -> None:
    @lru_cache(maxsize=1)
    def words() -> str:
        return (follower.store.link("worker") / "domain.yml").read_text("utf-8")

    monkeypatch.setattr(following, "words", words, raising=False)
    assert "salam" in words()

    follower.move(2)

    assert "dua" in words()


def test_settings_and_connections_are_kept() -> None:
    from riung.backend_client import backend
    from riung.settings import settings

    before = settings()
    following.forget_read()

    assert settings() is before
    assert backend.__name__ in following.NOT_OF_FILES


def test_a_process_that_reads_the_working_folder_follows_nothing() -> None:
    assert following.follow(threading.Event()) is None
