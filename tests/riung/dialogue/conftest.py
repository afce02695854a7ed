"""The assistant that tests of its parts look at."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture
def agent(trained: Any) -> Any:
    """The assistant as it was loaded."""
    return trained
