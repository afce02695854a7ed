"""The trained model of the checkout, as the running assistant uses it."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

Parse = Callable[[str], dict[str, Any]]


@pytest.fixture(scope="session")
def parse() -> Parse:
    """Understand a text; trains first when an input of the model has changed."""
    from rasa.core.agent import Agent

    from riung.dialogue.model import MODEL, train_if_needed

    train_if_needed()
    agent = Agent.load(str(MODEL))

    def understand(text: str) -> dict[str, Any]:
        return asyncio.run(agent.parse_message(text))

    return understand
