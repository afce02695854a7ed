"""Rasa tokenizer: tokens hold normalised words, their spans point into the citizen's own text."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from riung.nlu import lexicon
from riung.nlu.normalizer import Normalizer


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=True)
class IndonesianTokenizer(Tokenizer):
    """Normalises chat Indonesian; learns from the training data which words are spelt right."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The settings with their defaults."""
        return {
            # A word of the training data counts as correctly spelt from this many examples on.
            "min_count": 3,
            # Rasa's own: split intent names into tokens. Not used here.
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
        }

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config)
        self._storage, self._resource = storage, resource
        self._normalizer = Normalizer()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IndonesianTokenizer:
        """A tokenizer that knows the lexicon only."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> IndonesianTokenizer:
        """The tokenizer with the words it learnt."""
        tokenizer = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            known = json.loads((folder / "words.json").read_text("utf-8"))
        tokenizer._normalizer = Normalizer(known)
        tokenizer._normalizer.prepare()
        return tokenizer

    @staticmethod
    def fingerprint_addon(config: dict[str, Any]) -> str | None:
        """Train again when a trainer edited the lexicon."""
        return lexicon.fingerprint()

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the vocabulary."""
        texts = [str(example.get(TEXT)) for example in training_data.intent_examples]
        self._normalizer = Normalizer(vocabulary(texts, self._config["min_count"]))
        with self._storage.write_to(self._resource) as folder:
            words = json.dumps(sorted(self._normalizer.known), ensure_ascii=False)
            (folder / "words.json").write_text(words, "utf-8")
        return self._resource

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """The tokens of one attribute of `message`."""
        words = self._normalizer.words(str(message.get(attribute)))
        return [Token(word.text, word.start, word.end) for word in words]


def vocabulary(texts: list[str], min_count: int) -> set[str]:
    """Words that stand in at least `min_count` of the texts, shorthand written out."""
    plain = Normalizer(repair=False)
    counts = Counter(
        part for text in texts for part in set(plain.line(text).split()) if part.isalpha()
    )
    return {word for word, count in counts.items() if count >= min_count}
