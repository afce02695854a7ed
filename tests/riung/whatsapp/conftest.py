"""A stand-in Graph API and a served channel for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from riung import logs
from tests.conftest import SetEnvironment
from tests.graph_standin import GraphStandIn
from tests.riung.whatsapp.channel import RunningChannel, channel_settings, running_channel


@pytest.fixture(autouse=True)
def demo_office(set_environment: SetEnvironment) -> None:
    """The samples' number belongs to the default office in demo mode."""
    set_environment(RIUNG_DEMO="1")


@pytest.fixture
async def graph() -> AsyncIterator[GraphStandIn]:
    async with GraphStandIn() as graph:
        yield graph


@pytest.fixture
async def channel(tmp_path: Path, graph: GraphStandIn) -> AsyncIterator[RunningChannel]:
    """A running channel whose citizens are answered by an echo; statuses come back."""
    async with running_channel(channel_settings(tmp_path, graph.url)) as running:
        graph.callback_url = f"{running.url}/webhook"
        yield running


@pytest.fixture(autouse=True)
def quiet_logs() -> None:
    """As in production: one masked line an event, warnings and worse."""
    logs.configure()
