"""Responses as they are said: filled, in the right language, tidy, both questions answered."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from riung.nlg import OfficeNaturalLanguageGenerator, tidy

RESPONSES = {
    "utter_biaya_paspor": "E-paspor {kantor.fakta.tarif.epaspor_5}.\n*0* menu",
    "utter_kontak": "Tulis di sini.\n*0* menu",
    "utter_kontak_en": "Write here.\n*0* menu",
    "utter_status": "Nomor {nomor}\n{tanda} *Ditolak*\n\n{langkah}\n\n*0* menu",
    "utter_rincian_tidak_ada": "Rincian itu sudah tidak ada.",
}


async def said(
    name: str, message: dict[str, Any] | None = None, language: str | None = None, **values: Any
) -> str:
    domain = Domain.from_dict(
        {
            "slots": {"bahasa": {"type": "text", "mappings": [{"type": "custom"}]}},
            "responses": {key: [{"text": text}] for key, text in RESPONSES.items()},
        }
    )
    tracker = DialogueStateTracker.from_events("warga", [], slots=domain.slots)
    tracker.update(SlotSet("bahasa", language))
    tracker.update(UserUttered("…", metadata={"office": "pemalang"}, **(message or {})))
    generator = OfficeNaturalLanguageGenerator(domain=domain)
    response = await generator.generate(name, tracker, "whatsapp", **values)
    assert response is not None
    return str(response["text"])


async def test_the_office_fills_its_facts() -> None:
    assert await said("utter_biaya_paspor") == "E-paspor Rp650.000.\n*0* menu"


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Write here."), ("id", "Tulis di sini."), (None, "Tulis")]
)
async def test_it_is_said_in_the_conversation_s_language(language: str | None, words: str) -> None:
    assert (await said("utter_kontak", language=language)).startswith(words)


async def test_an_empty_value_leaves_no_gap() -> None:
    text = await said("utter_status", nomor="1179", tanda="", langkah="")
    assert text == "Nomor 1179\n*Ditolak*\n\n*0* menu"


async def test_two_questions_get_one_reply_with_one_way_back() -> None:
    message = {
        "intent": {"name": "biaya_paspor"},
        "entities": [{"entity": "pertanyaan_lain", "value": "kontak"}],
    }
    text = await said("utter_biaya_paspor", message)
    assert text == "E-paspor Rp650.000.\n\nTulis di sini.\n*0* menu"


async def test_a_detail_that_is_gone_says_so() -> None:
    assert await said("utter_rincian_lama_sekali") == "Rincian itu sudah tidak ada."


def test_tidying_keeps_paragraphs() -> None:
    assert tidy("satu\n\ndua\n\n\n\n tiga") == "satu\n\ndua\n\ntiga"
