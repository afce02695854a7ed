"""One training of the model: Rasa's own, without what it does more often than needed.

`python -m riung.dialogue.training_run NAME`, in the folder of an assistant; writes
`models/NAME.tar.gz`. Rasa's command takes far longer: it loads TensorFlow, copies all examples and
hashes all texts at each of a dozen merges, reads the examples twice, checks YAML with a parser in
Python, makes up conversations of which no policy of ours learns, writes the domain with a writer in
Python, and prepares a cache that we don't keep. What goes in and what comes out is the same
(`tests/riung/dialogue/test_training_run.py`).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from riung.dialogue.unused import leave_out


def main() -> int:
    """Train in the present folder.

    Returns:
        The exit status, Rasa's.
    """
    leave_out(Path.cwd())
    import rasa

    merge_without_copies()
    read_examples_once()
    check_yaml_quickly()
    resolve_scalars_in_place()
    tell_stories_as_written()
    write_domain_quickly()
    keep_no_cache()
    pack_quickly()
    trained = rasa.train(
        "domain.yml", "config.yml", ["data"], fixed_model_name=sys.argv[1], force_training=True
    )
    return int(trained.code)


def merge_without_copies() -> None:
    """Share the examples among the sets that are merged, and tell them apart by text and intent
    before the whole of them is compared.
    """
    from rasa.shared.nlu.constants import INTENT, RESPONSE, TEXT
    from rasa.shared.nlu.training_data import training_data
    from rasa.shared.nlu.training_data.message import Message

    def sanitized(examples: Iterable[Message]) -> list[Message]:
        distinct = list(dict.fromkeys(examples))
        for example in distinct:
            for part in (INTENT, RESPONSE):
                text = example.get(part)
                if text and text != text.strip():
                    example.set(part, text.strip())
        return list(dict.fromkeys(distinct))

    Message.__hash__ = lambda example: hash((example.get(TEXT), example.get(INTENT)))
    training_data.copy = SimpleNamespace(deepcopy=lambda value: value)
    training_data.TrainingData.sanitize_examples = staticmethod(sanitized)


def read_examples_once() -> None:
    """Ask for the examples without their language: only other formats than YAML have one, and Rasa
    asks once with it and once without.
    """
    from rasa.shared.importers import importer

    for kind in (
        importer.E2EImporter,
        importer.ResponsesSyncImporter,
        importer.CombinedDataImporter,
    ):
        kind.get_nlu_data = _without_language(kind.get_nlu_data)


def _without_language(get: Callable[[Any], Any]) -> Callable[..., Any]:
    return lambda importer, language=None: get(importer)


def check_yaml_quickly() -> None:
    """Check with the parser in C. The one in Python knows lines: it tells what is wrong where.

    Examples and answers are not checked again: `make check`, which comes before each training, has
    read them by a stricter model (`riung.training.rasa_schema`).
    """
    from rasa.shared.nlu.training_data.formats import RasaYAMLReader
    from rasa.shared.utils import io, validation

    RasaYAMLReader.validate = lambda reader, text: None
    io._is_ascii = str.isascii
    check, read = validation.validate_yaml_schema, io.read_yaml

    def check_quickly(content: str, *schema: str) -> None:
        io.read_yaml = lambda text, reader_type="safe": read(text)
        try:
            check(content, *schema)
        except Exception:
            io.read_yaml = read
            check(content, *schema)
        finally:
            io.read_yaml = read

    validation.validate_yaml_schema = check_quickly


def resolve_scalars_in_place() -> None:
    """Keep the patterns that tell a scalar's type from growing: ruamel adds those of any first
    letter, as Rasa's for `${VARIABLES}`, to its list with each scalar, so that reading takes the
    square of a file's length.
    """
    from ruamel.yaml.resolver import VersionedResolver

    kind: Any = VersionedResolver
    patterns_of = kind.versioned_resolver.fget

    def patterns(resolver: Any) -> dict[str | None, tuple[Any, ...]]:
        if not hasattr(resolver, "_fixed"):
            found = {first: tuple(ones) for first, ones in patterns_of(resolver).items()}
            resolver._fixed = {None: (), **found}
        fixed: dict[str | None, tuple[Any, ...]] = resolver._fixed
        return fixed

    kind.versioned_resolver = property(patterns)


def tell_stories_as_written() -> None:
    """Make up no longer conversations from stories: rules and our stories are learnt as written."""
    from rasa.graph_components.providers import training_tracker_provider as provider

    provider.TrainingDataGenerator = partial(_without_more, provider.TrainingDataGenerator)


def _without_more(generator: Callable[..., Any], *made_from: Any, **settings: Any) -> Any:
    return generator(*made_from, **{**settings, "augmentation_factor": 0})


def write_domain_quickly() -> None:
    """Write the domain as JSON, which is YAML too."""
    from rasa.shared.core.domain import Domain

    def as_json(domain: Domain) -> str:
        version = {"version": "3.1"}
        return json.dumps({**version, **domain.as_dict()}, ensure_ascii=False, indent=1)

    Domain.as_yaml = as_json


def keep_no_cache() -> None:
    """Leave out Rasa's hashes of what goes into and out of each component."""
    from rasa.engine.graph import GraphNodeHook
    from rasa.engine.training import graph_trainer

    class Nothing(GraphNodeHook):
        def __init__(self, **_: Any) -> None:
            pass

        def on_before_node(self, *_: Any, **__: Any) -> dict[str, Any]:
            return {}

        def on_after_node(self, *_: Any, **__: Any) -> None:
            pass

    graph_trainer.TrainingHook = Nothing


def pack_quickly() -> None:
    """Compress the model less: numbers hardly shrink."""
    from rasa.engine.storage import local_model_storage

    pack: Callable[..., Any] = local_model_storage.TarSafe.gzopen
    local_model_storage.TarSafe.gzopen = partial(pack, compresslevel=1)


if __name__ == "__main__":
    sys.exit(main())
