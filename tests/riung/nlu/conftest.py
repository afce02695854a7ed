"""The trained model of the checkout, as the running assistant uses it."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

Parse = Callable[[str], dict[str, Any]]


@pytest.fixture(scope="session")
def parse(trained: Any) -> Parse:
    """Understand a text."""

    def understand(text: str) -> dict[str, Any]:
        understood: dict[str, Any] = asyncio.run(trained.parse_message(text))
        return understood

    return understand
