"""Trained classifiers, kept under a hash of what they were made from.

Most edits of a trainer (answers, rules, menus) leave the examples as they are: then the classifier,
which takes most of a training, is taken from here.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from riung.nlu import model, views
from riung.nlu.model import IntentModel
from riung.nlu.vocabulary import Tones, vocabulary
from riung.settings import ROOT

FOLDER = ROOT / "models" / "classifiers"
KEPT = 4
"""The latest ones, some 15 MB each."""


def trained(
    lines: Sequence[str],
    intents: Sequence[str],
    settings: Mapping[str, Any],
    folder: Path | None = None,
) -> IntentModel:
    """The model of these lines and intents: read from `folder` (by default `FOLDER`) or made."""
    folder = folder or FOLDER
    place = folder / _hash(lines, intents, settings)
    if place.exists():
        place.touch()
        return IntentModel.load(place, dict(settings))
    made = IntentModel(dict(settings))
    made.fit(lines, intents)
    _keep(made, place)
    return made


def _hash(*made_from: Any) -> str:
    code = [Path(str(part.__file__)).read_text("utf-8") for part in (model, views)]
    seen = [*made_from, code, vocabulary(Tones).dict(), version("scikit-learn")]
    content = json.dumps(seen, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


def _keep(made: IntentModel, place: Path) -> None:
    """Write it whole or not at all, and let the oldest go."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place.parent) as folder:
        half = Path(folder) / "classifier"
        half.mkdir()
        made.save(half)
        half.replace(place)
    ages = sorted(place.parent.iterdir(), key=lambda path: path.stat().st_mtime)
    for old in ages[:-KEPT]:
        shutil.rmtree(old, ignore_errors=True)
