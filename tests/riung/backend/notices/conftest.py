"""Walks over days and weeks of a queue."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.riung.backend.channel_standin import StandIn, channel_standin
from tests.riung.backend.citizens import Api, Clock
from tests.riung.backend.notices.walk import Walk


@pytest.fixture
def standin() -> Iterator[StandIn]:
    with channel_standin() as running:
        yield running


@pytest.fixture
def walk(any_api: Api, clock: Clock, standin: StandIn) -> Iterator[Walk]:
    walking = Walk(any_api, clock, standin)
    yield walking
    walking.database.dispose()
