"""Of a message the slots are filled that Rasa would fill, though most are not looked at."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.core.actions.action import ActionExtractSlots
from rasa.core.channels.channel import CollectingOutputChannel
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActiveLoop, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from riung.dialogue.speed import look_at_mapped_slots

DOMAIN = """
intents: [salam, pilihan]
entities: [bahasa, nomor]
forms:
  isian_form: {required_slots: [dua_cara]}
slots:
  bahasa: {type: text, mappings: [{type: from_entity, entity: bahasa}]}
  disapa: {type: bool, mappings: [{type: from_intent, intent: salam, value: true}]}
  kata: {type: text, mappings: [{type: from_text, not_intent: salam}]}
  dua_cara: {type: text, mappings: [{type: custom}, {type: from_entity, entity: nomor}]}
  topik: {type: any, mappings: [{type: custom}]}
  simpan: {type: any, initial_value: 5, mappings: [{type: custom}]}
"""


async def filled(domain: Domain, text: str, intent: str, *entities: dict[str, Any]) -> list[Event]:
    tracker = DialogueStateTracker("warga", domain.slots)
    tracker.update(ActiveLoop("isian_form"), domain)
    tracker.update(SlotSet("topik", "biaya"), domain)
    tracker.update(UserUttered(text, {"name": intent, "confidence": 1.0}, [*entities]), domain)
    found: list[Event] = await ActionExtractSlots(None).run(
        CollectingOutputChannel(), TemplatedNaturalLanguageGenerator({}), tracker, domain
    )
    return found


@pytest.mark.parametrize(
    "message",
    [
        ("halo", "salam"),
        ("hi", "salam", {"entity": "bahasa", "value": "en"}),
        ("12", "pilihan", {"entity": "nomor", "value": "12"}),
        ("entahlah", "pilihan"),
    ],
    ids=lambda message: message[0],
)
async def test_the_same_slots_are_filled(
    message: tuple[Any, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    domain = Domain.from_yaml(DOMAIN)
    before = await filled(domain, *message)
    monkeypatch.setattr(ActionExtractSlots, "run", ActionExtractSlots.run)  # put back at the end
    look_at_mapped_slots()

    assert await filled(domain, *message) == before
    assert before


async def test_another_version_brings_slots_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ActionExtractSlots, "run", ActionExtractSlots.run)
    look_at_mapped_slots()
    await filled(Domain.from_yaml(DOMAIN), "halo", "salam")
    next_version = DOMAIN.replace("intent: salam, value: true", "intent: salam, value: false")

    found = await filled(Domain.from_yaml(next_version), "halo", "salam")

    assert SlotSet("disapa", False) in found
