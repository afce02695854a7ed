"""Intents in the words officers read (`kamus/label_intent.yml`)."""

from __future__ import annotations

from functools import lru_cache

from riung.desk.transcript import FALLBACK
from riung.settings import ROOT
from riung.yaml_files import read_yaml


@lru_cache(maxsize=1)
def names() -> dict[str, str]:
    """Intent → label."""
    content = read_yaml(ROOT / "kamus" / "label_intent.yml")
    return {str(key): str(value) for key, value in content["id"].items()}


def name(intent: str) -> str:
    """The label of an intent; the intent itself, made readable, when it has none."""
    if intent == FALLBACK:
        return "tidak dipahami"
    return names().get(intent, intent.replace("_", " "))
