"""Intents in the words officers read (`kalimat/label_intent.yml`)."""

from __future__ import annotations

from riung.desk.transcript import FALLBACK
from riung.phrases import intent_labels


def name(intent: str) -> str:
    """The label of an intent; the intent itself, made readable, when it has none."""
    if intent == FALLBACK:
        return "tidak dipahami"
    return intent_labels("id").get(intent, intent.replace("_", " ").capitalize())
