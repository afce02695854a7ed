#!/bin/sh
# Rasa Open Source 3.6.21: a training file whose `version` is newer than Rasa's is left out.
# Guess: reading stops with an error, as it does for other mistakes.
# Seen: one warning among many; the importer returns the other files, so a model is trained that lacks every rule of
# this one, and `rasa data validate` has nothing to say of rules that it never saw.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3.10}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check rasa==3.6.21 'setuptools<81'
cd "$folder"
"$folder/env/bin/python" -W ignore - <<'PYTHON'
from pathlib import Path

from rasa.shared.importers.rasa import RasaFileImporter

Path("domain.yml").write_text(
    'version: "3.1"\nintents: [salam]\nresponses:\n  utter_halo:\n  - text: Halo\n'
)
rule = "rules:\n- rule: salam\n  steps:\n  - intent: salam\n  - action: utter_halo\n"
seen = {}
for version in ("3.1", "4.0"):
    Path("rules.yml").write_text(f'version: "{version}"\n{rule}')
    importer = RasaFileImporter(domain_path="domain.yml", training_data_paths=["rules.yml"])
    seen[version] = len(importer.get_stories().story_steps)
print(f"rules read by version: {seen}")
raise SystemExit(seen != {"3.1": 1, "4.0": 0})
PYTHON
