"""`make check`: what files ask of slots and what fills them, where Rasa would say nothing of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from riung.training.check import problems
from tests.riung.training.test_check import edit, line_with, only


@pytest.mark.parametrize(
    ("slot", "asked", "words"),
    [
        ("type: text", "Batang", "nilai slot 'tujuan' tidak dibandingkan"),
        ("type: list", "[Batang]", "nilai slot 'tujuan' tidak dibandingkan"),
        ("type: float", "3", "tulis 'max_value' lebih dari 3"),
        ("type: float, max_value: 3", "3", "tulis 'max_value' lebih dari 3"),
        ("type: float, max_value: 9", "-1", "tulis 'min_value' -1"),
        ("type: bool", "ya", "harus true atau false"),
        ("type: categorical, values: [batang, kendal]", "pemalang", "bukan nilai slot 'tujuan'"),
        ("type: categorical, values: [batang, kendal]", "Batang", ""),
        ("type: text", "null", ""),
        ("type: text", "true", ""),
        ("type: bool", "false", ""),
        ("type: float, max_value: 9", "3", ""),
        ("type: categorical, values: [batang, kendal]", "null", ""),
    ],
)
def test_a_condition_that_asks_more_than_rasa_compares_is_told(
    project: Path, slot: str, asked: str, words: str
) -> None:
    entry = f"slots:\n  tujuan: {{{slot}, mappings: [{{type: custom}}]}}\n"
    edit(project, "domain.yml", "slots:\n", entry)
    rule = "- rule: Warga menyapa, perlihatkan menu\n"
    always = "- rule: Warga menyapa\n  steps:\n  - intent: salam\n  - action: action_menu\n\n"
    asking = f"{rule}  condition:\n  - slot_was_set:\n    - tujuan: {asked}\n"
    edit(project, "data/percakapan/rules.yml", rule, always + asking)

    found = problems(project)

    if words:
        place = f"{project / 'data/percakapan/rules.yml'}:"
        assert only(found).startswith(place)
        assert words in found[0]
    else:
        assert found == []


@pytest.mark.parametrize(
    ("slot", "asked", "words"),
    [
        ("type: bool", "yes", "harus true atau false"),
        ("type: float, max_value: 9", '"2"', "harus angka, tanpa tanda kutip"),
        ("type: text", "2", "harus kata dalam tanda kutip"),
        ("type: categorical, values: [batang, kendal]", "pemalang", "bukan nilai slot 'tujuan'"),
        ("type: bool", "true", ""),
        ("type: float, max_value: 9", "2", ""),
        ("type: text", "Batang", ""),
        ("type: any", "yes", ""),
        ("type: categorical, values: [batang, kendal]", "Batang", ""),
        ("type: bool", "null", ""),
    ],
)
def test_a_wording_that_waits_for_a_value_of_another_kind_is_told(
    project: Path, slot: str, asked: str, words: str
) -> None:
    entry = f"slots:\n  tujuan: {{{slot}, mappings: [{{type: custom}}]}}\n"
    edit(project, "domain.yml", "slots:\n", entry)
    condition = f"    condition: [{{type: slot, name: tujuan, value: {asked}}}]\n"
    edit(project, "data/kantor/responses.yml", "    buttons:", f"{condition}    buttons:")

    found = [line for line in problems(project) if "tujuan" in line]

    if words:
        assert words in only(found)
        line = line_with(project, "data/kantor/responses.yml", "name: tujuan")
        assert found[0].startswith(f"{project / 'data/kantor/responses.yml'}:{line}: ")
    else:
        assert found == []


ASKED = "conditions: [{active_loop: titip_form, requested_slot: titip_apa}]"


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("type: from_text", "type: custom", "slot 'titip_apa' terisi oleh setiap pesan"),
        (
            "type: from_intent, intent: setuju, value: true",
            "type: custom",
            "slot 'titip_apa' terisi oleh setiap pesan",
        ),
        (
            "type: from_text, conditions: [{active_loop: titip_form}]",
            "type: custom",
            "slot 'titip_apa' terisi oleh setiap pesan",
        ),
        (
            "type: from_entity, entity: kantor",
            "type: from_entity, entity: kantor",
            "slot 'titip_ke' terisi bersama 'titip_apa'",
        ),
        (f"type: from_text, {ASKED}", "type: custom", ""),
        ("type: from_entity, entity: kantor", "type: from_entity, entity: tanggal", ""),
        ("type: from_entity, entity: kantor", f"type: from_entity, entity: kantor, {ASKED}", ""),
    ],
)
def test_a_form_whose_beginning_would_be_its_answers_is_told(
    project: Path, first: str, second: str, words: str
) -> None:
    slots = "".join(
        f"  {name}: {{type: any, influence_conversation: false, mappings: [{{{mapping}}}]}}\n"
        for name, mapping in (("titip_apa", first), ("titip_ke", second))
    )
    edit(project, "domain.yml", "slots:\n", f"slots:\n{slots}")
    form = "forms:\n  titip_form:\n    required_slots:\n      - titip_apa\n      - titip_ke\n"
    edit(project, "domain.yml", "forms:\n", form)
    asked = "".join(f"  utter_ask_{name}:\n  - text: Apa?\n" for name in ("titip_apa", "titip_ke"))
    edit(project, "data/kantor/responses.yml", "responses:\n", f"responses:\n{asked}")

    found = [line for line in problems(project) if "terisi" in line]

    if words:
        assert words in only(found)
        assert found[0].startswith(f"{project / 'domain.yml'}:")
    else:
        assert found == []
