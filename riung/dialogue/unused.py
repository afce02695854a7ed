"""What of Rasa this installation does not use, and therefore does not load.

`import rasa` brings TensorFlow, fifteen channels and the clients of other databases: most of the
memory and of the start of a process that calls none of it. `leave_out()`, called before anything of
Rasa is imported, puts a stand-in in the place of each such module. Its names can be imported,
inherited from and asked for by `isinstance`, which is all that the rest of Rasa does with them.
Whoever calls one reads which name to write into which file.

What `config.yml`, `credentials.yml` and `endpoints.yml` name is loaded: with `DIETClassifier` in
the pipeline everything of TensorFlow is there.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

from riung.settings import ROOT
from riung.yaml_files import read_yaml

NEURAL = (
    *("DIETClassifier", "ResponseSelector", "ConveRTFeaturizer", "LanguageModelFeaturizer"),
    *("CRFEntityExtractor", "CountVectorsFeaturizer", "LogisticRegressionClassifier"),
    *("SklearnIntentClassifier", "TEDPolicy", "UnexpecTEDIntentPolicy"),
)
"""Components of `config.yml` that learn by TensorFlow or need its helpers."""

LEFT_OUT: Mapping[str, Sequence[str]] = {
    "rasa.nlu.classifiers.diet_classifier": NEURAL,
    "rasa.nlu.selectors.response_selector": NEURAL,
    "rasa.nlu.featurizers.dense_featurizer.convert_featurizer": NEURAL,
    "rasa.nlu.featurizers.dense_featurizer.lm_featurizer": NEURAL,
    "rasa.nlu.featurizers.sparse_featurizer.count_vectors_featurizer": NEURAL,
    "rasa.nlu.classifiers.logistic_regression_classifier": NEURAL,
    "rasa.nlu.classifiers.sklearn_intent_classifier": NEURAL,
    "rasa.nlu.extractors.crf_entity_extractor": NEURAL,
    "rasa.core.policies.ted_policy": NEURAL,
    "rasa.core.policies.unexpected_intent_policy": NEURAL,
    "rasa.utils.train_utils": NEURAL,
    "rasa.utils.tensorflow.environment": NEURAL,
    "rasa.utils.tensorflow.model_data": NEURAL,
    "rasa.utils.tensorflow.model_data_utils": NEURAL,
    "rasa.core.channels.console": ("cmdline",),
    "rasa.core.channels.rasa_chat": ("rasa",),
    "rasa.core.channels.socketio": ("socketio",),
    "rasa.core.channels.botframework": ("botframework",),
    "rasa.core.channels.callback": ("callback",),
    "rasa.core.channels.facebook": ("facebook",),
    "rasa.core.channels.mattermost": ("mattermost",),
    "rasa.core.channels.rocketchat": ("rocketchat",),
    "rasa.core.channels.slack": ("slack",),
    "rasa.core.channels.telegram": ("telegram",),
    "rasa.core.channels.twilio": ("twilio", "twilio_voice"),
    "rasa.core.channels.twilio_voice": ("twilio_voice",),
    "rasa.core.channels.webexteams": ("webexteams",),
    "rasa.core.channels.hangouts": ("hangouts",),
    "pymongo": ("mongod",),
    "boto3": ("dynamo",),
}
"""Module → the names in the files below that need it."""

LATER = ("rasa.utils.plotting",)
"""Loaded with the first use: Rasa's evaluations draw with matplotlib."""

FILES = ("config.yml", "credentials.yml", "endpoints.yml")


class NotLoadedError(RuntimeError):
    """Something was called that is not loaded; the message says what would load it."""


def leave_out(root: Path = ROOT) -> None:
    """Let modules that the files under `root` don't need be stand-ins, for this process.

    Without effect where Rasa was imported before.
    """
    if "rasa" in sys.modules:
        return
    named = set().union(
        *(_names(read_yaml(root / file)) for file in FILES if (root / file).exists())
    )
    unneeded = {module for module, names in LEFT_OUT.items() if named.isdisjoint(names)}
    sys.meta_path.insert(0, _Finder(unneeded))


def _names(content: Any) -> Iterator[str]:
    """Every key and every text of a YAML file."""
    if isinstance(content, Mapping):
        for key, value in content.items():
            yield str(key)
            yield from _names(value)
    elif isinstance(content, Sequence) and not isinstance(content, str):
        for item in content:
            yield from _names(item)
    elif content is not None:
        yield str(content)


class _Finder(MetaPathFinder, Loader):
    """Finds stand-ins where others find modules."""

    def __init__(self, modules: set[str]) -> None:
        self._modules = modules
        self._below = tuple(f"{name}." for name in modules)

    def find_spec(self, name: str, path: Any = None, _: Any = None) -> ModuleSpec | None:
        """The stand-in of that name; None where the real one is to be loaded."""
        if name in self._modules or name.startswith(self._below):
            return ModuleSpec(name, self, is_package=True)
        spec = PathFinder.find_spec(name, path) if name in LATER else None
        if spec and spec.loader:
            spec.loader = LazyLoader(spec.loader)
        return spec

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """A module that has every name."""
        return _StandIn(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to run."""


class _StandIn(ModuleType):
    """A module all of whose names are classes that can't be made."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        made = type(name, (_NotLoaded,), {"__module__": self.__name__})
        setattr(self, name, made)
        return made


class _NotLoaded:
    def __new__(cls, *_: Any, **__: Any) -> NoReturn:
        module = cls.__module__
        needed_by = next((names for left, names in LEFT_OUT.items() if module.startswith(left)), ())
        raise NotLoadedError(
            f"{module}.{cls.__name__} is not loaded: none of {', '.join(FILES)} names "
            f"{' or '.join(needed_by)} (riung/dialogue/unused.py)."
        )

    @classmethod
    def name(cls) -> str:
        """Rasa asks every channel for its name, and every component when it is registered."""
        return f"{cls.__name__} (not loaded)"
