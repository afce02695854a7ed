"""The common form of our components that need no training: built from their settings alone."""

from __future__ import annotations

import abc
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message

from riung.nlu import lexicon


class MessageComponent(GraphComponent, abc.ABC):
    """Reads a message and adds what it understood."""

    def __init__(self, config: dict[str, Any]) -> None:
        self.config = config

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MessageComponent:
        """The component, from its settings."""
        return cls(config)

    @staticmethod
    def fingerprint_addon(config: dict[str, Any]) -> str | None:
        """Build anew when a trainer edited the lexicon."""
        return lexicon.fingerprint()

    def process(self, messages: list[Message]) -> list[Message]:
        """Understand each message."""
        for message in messages:
            self.understand(message)
        return messages

    @abc.abstractmethod
    def understand(self, message: Message) -> None:
        """Add to one message what this component knows about it."""
