"""A training of ours makes the model that Rasa's command makes."""

from __future__ import annotations

import cProfile
import json
import os
import pstats
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.utils.io import read_yaml
from ruamel.yaml import YAML
from ruamel.yaml.resolver import VersionedResolver

from riung.dialogue.training_run import resolve_scalars_in_place
from riung.settings import ROOT

FILES = {
    "config.yml": """
        recipe: default.v1
        language: id
        assistant_id: uji
        pipeline:
          - name: riung.nlu.tokenizer.IndonesianTokenizer
          - name: riung.nlu.classifier.LinearIntentClassifier
        policies:
          - name: RulePolicy
        """,
    "domain.yml": """
        version: "3.1"
        intents: [sapa, pamit]
        entities: [nama]
        responses:
          utter_sapa: [{text: Halo}]
          utter_pamit: [{text: Dah}]
        """,
    "credentials.yml": "rest:\n",
    "endpoints.yml": "tracker_store: {type: sql}\n",
    "data/nlu.yml": """
        version: "3.1"
        nlu:
          - intent: sapa
            examples: |
              - halo
              - selamat pagi
              - "  hai "
              - halo [budi](nama)
          - intent: pamit
            examples: |
              - dadah
              - sampai jumpa
              - dadah
        """,
    "data/more.yml": """
        version: "3.1"
        nlu:
          - intent: sapa
            examples: |
              - hai hai
              - halo
          - intent: pamit
            examples: |
              - pamit dulu
        """,
    "data/rules.yml": """
        version: "3.1"
        rules:
          - rule: sapa
            steps: [{intent: sapa}, {action: utter_sapa}]
          - rule: pamit
            steps: [{intent: pamit}, {action: utter_pamit}]
        """,
}


ENVIRONMENT = {
    "PYTHONPATH": str(ROOT),
    "PYTHONHASHSEED": "0",  # Rasa writes sets in the order of their hashes
    "RASA_TELEMETRY_ENABLED": "false",
}


@pytest.fixture
def assistant(tmp_path: Path) -> Path:
    """A small assistant."""
    for name, content in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        lines = content.strip("\n").split("\n")
        indent = len(lines[0]) - len(lines[0].lstrip())
        path.write_text("\n".join(line[indent:] for line in lines) + "\n")
    return tmp_path


def train(assistant: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a training in the assistant's folder."""
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", *command],
        cwd=assistant,
        env={**os.environ, **ENVIRONMENT},
        capture_output=True,
        text=True,
        check=False,
    )


def parts_of(model: Path) -> dict[str, Any]:
    """What a model holds, without what differs between any two trainings."""
    with tarfile.open(model) as packed:
        files = {m.name: packed.extractfile(m).read() for m in packed if m.isfile()}  # type: ignore[union-attr]
    found = {name: _readable(name, content) for name, content in files.items()}
    for passing in ("trained_at", "model_id", "train_schema", "predict_schema"):  # random ids
        del found["metadata.json"][passing]
    return found


def _readable(name: str, content: bytes) -> Any:
    if name.endswith("domain.yml"):  # Rasa's own in a form of its own
        return YAML(typ="safe").load(content)
    return json.loads(content) if name.endswith(".json") else content


def test_the_model_is_the_same_as_by_rasas_command(assistant: Path) -> None:
    of_rasa = train(assistant, "rasa", "train", "--force", "--fixed-model-name", "stock")
    of_ours = train(assistant, "riung.dialogue.training_run", "ours")

    assert (of_rasa.returncode, of_ours.returncode) == (0, 0), of_rasa.stderr + of_ours.stderr
    stock, ours = (parts_of(assistant / f"models/{name}.tar.gz") for name in ("stock", "ours"))
    assert stock == ours


def test_a_wrong_file_is_told_with_its_line(assistant: Path) -> None:
    (assistant / "data/rules.yml").write_text(
        'version: "3.1"\nrules:\n  - rule: sapa\n    steps:\n      - intent: [1]\n'
    )

    failed = train(assistant, "riung.dialogue.training_run", "ours")

    assert failed.returncode != 0
    assert "data/rules.yml" in failed.stdout + failed.stderr
    assert "line" in (failed.stdout + failed.stderr).lower()


def test_twice_as_many_answers_are_read_with_twice_the_work(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    patterns = VersionedResolver.versioned_resolver
    monkeypatch.setattr(VersionedResolver, "versioned_resolver", patterns)  # put back at the end
    resolve_scalars_in_place()

    few, many = comparisons(200), comparisons(400)

    assert 200 < many < 2.1 * few


def comparisons(count: int) -> int:
    """How often a pattern is tried while so many answers are read as Rasa reads them."""
    text = "".join(f"utter_{number}:\n- text: Halo\n" for number in range(count))
    profile = cProfile.Profile()
    assert len(profile.runcall(read_yaml, text)) == count
    figures: Any = pstats.Stats(profile)
    matching = [one for one in figures.stats if "'match' of 're.Pattern'" in one[2]]
    return sum(figures.stats[one][0] for one in matching)
