"""Short pieces of wording of kamus/: in lists and sentences, names of intents, greetings."""

from __future__ import annotations

from functools import lru_cache

from riung.settings import ROOT
from riung.yaml_files import read_yaml


def phrase(name: str, language: str = "id", **values: object) -> str:
    """The phrase in that language, Indonesian where there is no other, with its values filled.

    Raises:
        KeyError: there is no phrase of that name.
    """
    entry = _phrases()[name]
    return entry.get(language, entry["id"]).format(**values)


@lru_cache(maxsize=2)
def intent_labels(language: str = "id") -> dict[str, str]:
    """Intent → the short name a citizen reads (kalimat/label_intent.yml)."""
    content = read_yaml(ROOT / "kalimat" / "label_intent.yml")
    labels = content.get(language) or content["id"]
    return {str(intent): str(label) for intent, label in labels.items()}


def greeting_back(text: str) -> str:
    """The answer to a regional or religious greeting (`balas_salam.yml`), empty for others."""
    words = text.casefold()
    replies = _greetings().items()
    return next((back for back, said in replies if any(part in words for part in said)), "")


@lru_cache(maxsize=1)
def _greetings() -> dict[str, list[str]]:
    content = read_yaml(ROOT / "kalimat" / "balas_salam.yml")
    return {str(back): [str(part) for part in said] for back, said in content.items()}


@lru_cache(maxsize=1)
def _phrases() -> dict[str, dict[str, str]]:
    content = read_yaml(ROOT / "kalimat" / "frasa.yml")
    return {name: dict(entry) for name, entry in content.items()}
