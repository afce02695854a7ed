"""What Rasa loads beside us is what our files name, and nothing that counts is missing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from riung.dialogue.unused import LATER, LEFT_OUT
from riung.settings import ROOT

HEAVY = ("tensorflow", "keras", "jax", "matplotlib", "bson", "botocore", "aiogram")
FILES = {
    "config.yml": "pipeline: [{name: WhitespaceTokenizer}]\npolicies: [{name: RulePolicy}]\n",
    "credentials.yml": "rest:\n",
    "endpoints.yml": "tracker_store: {type: sql}\n",
}

SCHEMAS = """
import json, re
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.data import TrainingType
from riung.yaml_files import read_yaml
from riung.settings import ROOT
graph = DefaultV1Recipe().graph_config_for_recipe(
    dict(read_yaml(ROOT / "config.yml")), {}, TrainingType.BOTH
)
made = json.dumps([graph.train_schema.as_dict(), graph.predict_schema.as_dict()], sort_keys=True)
print(re.sub("[0-9a-f]{32}", "a random id", made))
"""


def printed(script: str, *, lean: bool, root: Path = ROOT) -> str:
    """What a new Python prints that runs the script, with parts of Rasa left out or with all."""
    begin = "import sys; from pathlib import Path; from riung.dialogue.unused import leave_out"
    leave = f"leave_out(Path({str(root)!r}))" if lean else ""
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", f"{begin}\n{leave}\n{script}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


def assistant(folder: Path, **changed: str) -> Path:
    """The three files of an assistant, some of them changed."""
    for name, content in FILES.items():
        (folder / name).write_text(changed.get(name.split(".")[0], content))
    return folder


def test_a_dialogue_server_loads_nothing_heavy() -> None:
    script = f"import rasa.server, riung.dialogue.speed\nprint({{*{HEAVY}}} & {{*sys.modules}})"

    assert printed(script, lean=True) == "set()"


def test_rasa_makes_the_same_graph_of_our_pipeline() -> None:
    assert printed(SCHEMAS, lean=True) == printed(SCHEMAS, lean=False)


def test_a_component_that_the_pipeline_names_is_real(tmp_path: Path) -> None:
    root = assistant(tmp_path, config="pipeline: [{name: CountVectorsFeaturizer}]\n")
    script = (
        "from rasa.nlu.featurizers.sparse_featurizer.count_vectors_featurizer import "
        "CountVectorsFeaturizer as made\nprint(len(made.get_default_config()) > 5)"
    )

    assert printed(script, lean=True, root=root) == "True"


def test_a_channel_that_the_credentials_name_is_real(tmp_path: Path) -> None:
    root = assistant(tmp_path, credentials="callback: {url: there}\n")
    script = "from rasa.core.channels import BUILTIN_CHANNELS as known\nprint('callback' in known)"

    assert printed(script, lean=True, root=root) == "True"


def test_whoever_calls_what_is_left_out_reads_what_would_load_it(tmp_path: Path) -> None:
    script = (
        "from rasa.core.channels.slack import SlackInput\n"
        "try: SlackInput('token')\nexcept RuntimeError as error: print(error)"
    )

    said = printed(script, lean=True, root=assistant(tmp_path))

    assert "SlackInput is not loaded" in said
    assert "credentials.yml names slack" in said.replace("endpoints.yml", "credentials.yml")


def test_nothing_is_left_out_once_rasa_is_there() -> None:
    script = "import rasa\nbefore = [*sys.meta_path]\nleave_out()\nprint(sys.meta_path == before)"

    assert printed(script, lean=False) == "True"


@pytest.mark.parametrize("module", [*LEFT_OUT, *LATER])
def test_every_module_left_out_is_one_that_rasa_brings(module: str) -> None:
    path = module.replace(".", "/")

    assert any(Path(folder, path + end).exists() for folder in sys.path for end in ("", ".py"))
