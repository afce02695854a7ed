#!/bin/sh
# Rasa Open Source 3.6.21 (training cache): a new model holds the old word list of a component of one's own.
# Guess: `rasa train` after an edit of the file that a custom component reads trains that component again.
# Seen: training ends well and writes a new model, with what the component learned before: what decides is the component's
# settings, its data and the source of its class. The file it reads is not looked at, nor a module it imports. With
# `force_training` the edit counts, or with a digest of the file from the component's `fingerprint_addon`.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 'setuptools<81'
cd "$folder"
cat > components.py <<'PY'
from pathlib import Path
from typing import List

from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

register = DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)


@register
class Words(GraphComponent):
    """Learns the list of short forms, and writes the long ones in their place."""

    def __init__(self, storage, resource, words=""):
        self.storage, self.resource, self.words = storage, resource, words

    @classmethod
    def create(cls, config, model_storage, resource, execution_context):
        return cls(model_storage, resource)

    @classmethod
    def load(cls, config, model_storage, resource, execution_context, **kwargs):
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, (folder / "words").read_text())

    def train(self, training_data: TrainingData) -> Resource:
        with self.storage.write_to(self.resource) as folder:
            (folder / "words").write_text(Path("words.txt").read_text())
        return self.resource

    def process(self, messages: List[Message]) -> List[Message]:
        short, long = self.words.split("=")
        for message in messages:
            message.set("text", message.get("text").replace(short, long))
        return messages


@register
class WordsWithDigest(Words):
    """The same, and tells what it was trained on."""

    @classmethod
    def fingerprint_addon(cls, config):
        return Path("words.txt").read_text()
PY
printf 'version: "3.1"\nintents: [price, hours]\n' > domain.yml
cat > data.yml <<'YAML'
version: "3.1"
nlu: [{intent: price, examples: "- price\n- cost\n"}, {intent: hours, examples: "- hours\n- open\n"}]
YAML
"$folder/env/bin/python" -W ignore - 3>&1 > run.log 2>&1 <<'PYTHON'
import asyncio
import os
import sys
from pathlib import Path

from rasa.core.agent import Agent
from rasa.model_training import train

sys.path.insert(0, os.getcwd())


def understood(words, forced=False):
    """What "pr" means to the model that is trained while the list says this, and which model that is."""
    Path("words.txt").write_text(words)
    trained = train("domain.yml", "config.yml", ["data.yml"], output="models", force_training=forced)
    parsed = asyncio.run(Agent.load(trained.model).parse_message("pr"))
    return trained.model, parsed["intent"]["name"]


seen = {}
for name in ("Words", "WordsWithDigest"):
    Path("config.yml").write_text(
        "recipe: default.v1\nlanguage: en\npolicies: [{name: RulePolicy}]\n"
        f"pipeline: [{{name: components.{name}}}, {{name: KeywordIntentClassifier}}]\n"
    )
    runs = understood("pr=price"), understood("pr=hours"), understood("pr=hours", forced=True)
    seen[name] = len({model for model, _ in runs}), [intent for _, intent in runs]
    os.write(3, f"{name}: {seen[name][0]} models; before, after the edit, forced: {seen[name][1]}\n".encode())
raise SystemExit(
    list(seen.values())
    != [(3, ["price", "price", "hours"]), (3, ["price", "hours", "hours"])]
)
PYTHON
