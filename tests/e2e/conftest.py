"""One running installation for all whole-path tests, with a stand-in Graph API."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.citizen import Citizen
from tests.graph_standin import GraphStandIn, graph_in_thread
from tests.stack import Stack, running_stack


@pytest.fixture(scope="session")
def graph() -> Iterator[GraphStandIn]:
    with graph_in_thread() as standing:
        yield standing


@pytest.fixture(scope="session")
def stack(graph: GraphStandIn, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    folder = Path(tmp_path_factory.mktemp("stack"))
    with running_stack(folder, graph.url) as running:
        yield running


@pytest.fixture
def citizen(stack: Stack, graph: GraphStandIn) -> Citizen:
    """Somebody who has never written before."""
    return Citizen(stack.settings, graph)
