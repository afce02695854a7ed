#!/bin/sh
# Rasa Open Source 3.6.21: `rasa data split nlu` leaves an intent with one example out of the training.
# Guess: of the examples a fifth is kept for the test; an intent with one example, which cannot be split, stays in the
# training.
# Seen: its one example goes to the test file, and the training file does not have the intent: the test asks for what
# cannot be known, and a model made of the split is deaf to it. A warning says that one example is few, not where it went.
# Of two examples each file gets one. New intents need three or more before a split tells anything.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 'setuptools<81'
cd "$folder"
cat > nlu.yml <<'YAML'
version: "3.1"
nlu:
- {intent: price, examples: "- price\n- cost\n- fee\n- how much\n- what does it cost\n- pay\n- tariff\n- sum\n- charge\n- rate\n"}
- {intent: hours, examples: "- open\n- hours\n"}
- {intent: lost, examples: "- my passport is lost\n"}
YAML
"$folder/env/bin/python" -W ignore -m rasa data split nlu --nlu nlu.yml --training-fraction 0.8 --random-seed 1 \
    > split.log 2>&1
"$folder/env/bin/python" -W ignore - 3>&1 > run.log 2>&1 <<'PYTHON'
import os
from collections import Counter

from rasa.shared.nlu.training_data.loading import load_data


def counted(name):
    """How many examples each intent has in one of the two files."""
    examples = load_data(f"train_test_split/{name}.yml").intent_examples
    return dict(Counter(example.get("intent") for example in examples))


seen = {"training": counted("training_data"), "test": counted("test_data")}
for label, counts in seen.items():
    os.write(3, f"{label}: {counts}\n".encode())
training = sorted(seen["training"]) == ["hours", "price"]
raise SystemExit(not training or seen["test"].get("lost") != 1)
PYTHON
