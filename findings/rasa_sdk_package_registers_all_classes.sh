#!/bin/sh
# rasa-sdk 3.6.2: registering a package registers and makes every action class of the process.
# Guess: `ActionExecutor.register_package("shop")` takes the actions of the package "shop".
# Seen: it imports the package and then makes one of each subclass of `Action` that anything has imported. A class of
# another module takes the place of an action with the same name; one whose constructor needs something ends the start.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa-sdk==3.6.2 'setuptools<81'
cd "$folder"
mkdir shop
cat > shop/__init__.py <<'PYTHON'
from rasa_sdk import Action


class Price(Action):
    def name(self):
        return "action_price"
PYTHON
cat > elsewhere.py <<'PYTHON'
from rasa_sdk import Action


class Stub(Action):
    def name(self):
        return "action_of_another_module"
PYTHON
"$folder/env/bin/python" -W ignore - 2> register.log <<'PYTHON'
import elsewhere
from rasa_sdk.executor import ActionExecutor

executor = ActionExecutor()
executor.register_package("shop")
print(f"registered with the package shop: {sorted(executor.actions)}")
raise SystemExit(sorted(executor.actions) != ["action_of_another_module", "action_price"])
PYTHON
