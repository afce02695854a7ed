"""Why a message was answered so: rule, story, action and answer with file and line."""

from __future__ import annotations

from typing import Any

from riung.settings import ROOT
from riung.workshop.why import action_place, explain, values_in
from riung.yaml_files import read_yaml


def line(place: Any) -> str:
    """What stands in the project at a place."""
    return (ROOT / place.file).read_text("utf-8").splitlines()[place.line - 1]


def turn(intent: str, *after: dict[str, Any], text: str = "biaya paspor") -> list[dict[str, Any]]:
    parsed = {
        "intent": {"name": intent, "confidence": 0.9},
        "intent_ranking": [
            {"name": intent, "confidence": 0.9},
            {"name": "cara_bayar", "confidence": 0.05},
        ],
        "entities": [{"entity": "bahasa", "value": "id", "extractor": "LanguageDetector"}],
    }
    said = {"event": "user", "text": text, "message_id": "wamid.1", "parse_data": parsed}
    return [said, *after, {"event": "user", "text": "lain", "message_id": "wamid.2"}]


def action(name: str, policy: str = "policy_2_RulePolicy") -> dict[str, Any]:
    return {"event": "action", "name": name, "policy": policy, "confidence": 1.0}


def test_a_rule_is_named_with_its_file_and_line() -> None:
    why = explain(turn("jenis_paspor", action("utter_jenis_paspor")), "wamid.1", ROOT)

    assert why is not None
    (step,) = why.steps
    assert step.policy == "RulePolicy"
    assert line(step.decided[0]) == "- rule: Warga bertanya jenis paspor"


def test_an_action_is_named_with_its_program_and_what_it_asks_for() -> None:
    why = explain(turn("cek_status", action("action_cek_status")), "wamid.1", ROOT)

    assert why is not None
    assert 'action_name = "action_cek_status"' in line(why.steps[0].written[0])
    assert line(why.steps[0].decided[0]).startswith("- rule:")


def test_an_answer_is_named_with_its_values() -> None:
    template = read_yaml(ROOT / "data/biaya/responses.yml")["responses"]["utter_biaya_paspor"]
    said = template[0]["text"].replace("{kantor.fakta.tarif.epaspor_5}", "Rp650.000")
    bot = {"event": "bot", "text": said, "metadata": {"utter_action": "utter_biaya_paspor"}}

    why = explain(turn("biaya_paspor", action("action_biaya_paspor"), bot), "wamid.1", ROOT)

    assert why is not None
    (step,) = why.steps
    assert step.values["kantor.fakta.tarif.epaspor_5"] == "Rp650.000"
    assert line(step.written[-1]).strip() == "utter_biaya_paspor:"


def test_personal_numbers_are_masked() -> None:
    why = explain(turn("isi", text="nik 3273010101900001"), "wamid.1", ROOT)

    assert why is not None
    assert "01900001" not in why.text


def test_the_next_message_is_none_of_it() -> None:
    why = explain(turn("lama_proses", action("action_listen")), "wamid.1", ROOT)

    assert why is not None
    assert why.steps == []
    assert explain(turn("lama_proses"), "wamid.9", ROOT) is None


def test_every_action_of_the_domain_is_found_in_the_program() -> None:
    actions = read_yaml(ROOT / "domain.yml")["actions"]
    own = [one for one in actions if one.startswith("action_")]

    assert [one for one in own if action_place(one) is None] == []


def test_an_answer_from_another_template_has_no_values() -> None:
    assert values_in("apa saja", [{"text": "Kuota {tempat}: {sisa}"}]) is None
    assert values_in("Kuota MPP: 3\n*0* menu", [{"text": "Kuota {tempat}: {sisa}"}]) == {
        "tempat": "MPP",
        "sisa": "3",
    }
