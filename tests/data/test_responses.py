"""The words a citizen reads: complete, within WhatsApp's limits, sourced, and in Riung's voice."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pytest
import yaml

from riung import limits
from riung.dialogue.filling import PLACEHOLDER, fill
from riung.dialogue.wording import with_way_back
from riung.office.facts import facts
from riung.office.menu import ROOT_PATH, find, numbered, screen
from riung.office.menu_tree import MenuOption
from riung.office.model import Office
from riung.office.offices import offices
from riung.phrases import intent_labels
from tests.cases import over
from tests.paths import ROOT

LONGEST = yaml.safe_load((ROOT / "tests/data/longest_values.yml").read_text("utf-8"))
"""Every value an action may fill in, at its longest. A name that is not here is a misspelling."""

WITHOUT_FACTS = {
    "utter_terima_kasih", "utter_selamat_tinggal", "utter_menu", "utter_setuju", "utter_tolak",
    "utter_batal", "utter_survei", "utter_di_luar_topik", "utter_lokasi_kantor",
}  # fmt: skip
"""Answers that state no fact of their own (an office's facts have theirs in its file)."""

OFFICIAL_SITES = ("imigrasi.go.id", "lapor.go.id")
STIFF_WORDS = ("dalam rangka", " guna ", "agar supaya", "kamu", "dimohon untuk", "silahkan")
EMOJI = re.compile("[\U0001f300-\U0001faff\u23f3\u2600-\u27bf]")
MOST_LIST_LINES = 7
SCREENFUL = 500

Response = dict[str, Any]
FACTS = facts()


@lru_cache(maxsize=1)
def responses() -> dict[str, list[Response]]:
    found: dict[str, list[Response]] = {}
    for path in sorted((ROOT / "data").glob("*/responses.yml")):
        for name, variations in yaml.safe_load(path.read_text("utf-8"))["responses"].items():
            assert name not in found, f"{name} stands twice"
            found[name] = [{**one, "text": with_way_back(name, one["text"])} for one in variations]
    return found


@lru_cache(maxsize=1)
def rules() -> dict[str, str]:
    """Intent → its first action."""
    found = {}
    for path in sorted((ROOT / "data").glob("*/rules.yml")):
        for rule in yaml.safe_load(path.read_text("utf-8"))["rules"]:
            first, second = rule["steps"][:2]
            if "intent" in first:
                found[first["intent"]] = second.get("action", "")
    return found


@lru_cache(maxsize=1)
def intents() -> list[str]:
    """The names that reports and integrations rely on."""
    names: list[str] = yaml.safe_load((ROOT / "tests/data/intents.yml").read_text("utf-8"))
    return names


@lru_cache(maxsize=1)
def domain_intents() -> set[str]:
    return set(yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))["intents"])


def said(office: Office, name: str) -> Response:
    """The response as a citizen of that office reads it, with the longest values filled in."""
    filled: Response = fill(responses()[name][0], LONGEST, office, name)
    return filled


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def menu_leaves(node: Any) -> Iterator[MenuOption]:
    for option in node.pilihan:
        if option.tanya:
            yield option
        yield from menu_leaves(option)


ANSWERS = [f"utter_{intent}" for intent in intents() if f"utter_{intent}" in responses()]
"""First answers that a rule says directly, or an action without values of its own."""

every_office = pytest.mark.parametrize("office", offices().values(), ids=list(offices()))
every_response = over("name", sorted(responses()))


def test_citizens_messages_have_45_intents() -> None:
    assert len(intents()) == 45


@over("intent", intents())
def test_each_intent_has_a_rule_that_answers_it(intent: str) -> None:
    action = rules()[intent]
    assert action.startswith("action_") or action in responses()


@every_response
def test_each_response_has_one_wording(name: str) -> None:
    assert len(responses()[name]) == 1


@every_office
@every_response
def test_a_response_fits_whatsapp(name: str, office: Office) -> None:
    response = said(office, name)
    buttons = response.get("buttons", [])
    body = limits.INTERACTIVE_BODY if buttons else limits.TEXT_BODY
    assert limits.length(response["text"]) <= body
    assert len(buttons) <= limits.BUTTONS
    for button in buttons:
        assert limits.length(button["title"]) <= limits.BUTTON_TITLE, button["title"]
        assert limits.length(button["payload"]) <= limits.BUTTON_ID


@every_office
@every_response
def test_every_placeholder_is_filled(name: str, office: Office) -> None:
    for placeholder in placeholders(json.dumps(responses()[name], ensure_ascii=False)):
        if placeholder.startswith("kantor."):
            value = office.value(placeholder.removeprefix("kantor."))
            nested = [office.value(inner.removeprefix("kantor.")) for inner in placeholders(value)]
            assert all([value, *nested]), placeholder
        else:
            assert placeholder in LONGEST


@every_office
@over("name", ANSWERS)
def test_a_first_answer_fits_a_phone_screen(name: str, office: Office) -> None:
    own_words = fill(responses()[name][0]["text"], dict.fromkeys(LONGEST, ""), office, name)
    assert len(own_words) <= SCREENFUL


@every_office
@every_response
def test_lists_stay_short(name: str, office: Office) -> None:
    lines = fill(responses()[name][0]["text"], {}, office, name).splitlines()
    assert sum(line.startswith("•") for line in lines) <= MOST_LIST_LINES


SAID_BEFORE_ANOTHER = re.compile(
    r"utter_(antrean_((nik|nama|jenis|tanggal|satu|hari)_\w+|belum_pasti|belum_ada)"
    r"|aduan_(mulai|mulai_dicatat|ditambah|cerita_ditambah(_lagi)?|dicatat|terlalu_pendek|bukti_diterima|bukti_ditambah|anonim_salah|belum_pasti)"
    r"|pengumuman|layar_lagi"
    r"|kunjungan_(mulai|foto_\w+|bukan_foto|alamat_pendek|kontak_tanpa_nomor|sudah_dicatat|isinya_dicatat|belum_pasti)"
    r"|sambang_(mulai|hari_salah|\w+_dicatat)|perkenalan"
    r"|isian_(tanpa_nama|istirahat|dilanjutkan|dicatat|ditunggu|belum_terjawab|tidak_paham(_lagi)?|tertutup_catatan))(_en)?"
)
"""Reasons and openings: the form's question or the answer itself follows in the same bubble."""


@every_response
def test_a_response_shows_the_way_on_or_back(name: str) -> None:
    response = responses()[name][0]
    ways = [way for way in ("*0* ", "*batal*", "*cancel*", "{pilihan}") if way in response["text"]]
    assert ways or response.get("buttons") or SAID_BEFORE_ANOTHER.fullmatch(name)


@over("name", [name for name in ANSWERS if name != "utter_menu"])
def test_every_answer_ends_with_the_way_back(name: str) -> None:
    assert responses()[name][0]["text"].splitlines()[-1].startswith("*0* menu")


@every_response
def test_a_response_keeps_the_voice(name: str) -> None:
    text = responses()[name][0]["text"]
    assert "!!" not in text
    assert len(EMOJI.findall(text)) <= 1
    assert not [word for word in STIFF_WORDS if word in text.casefold()]
    assert text.count("*") % 2 == 0


@every_office
@every_response
def test_only_official_sites_are_named(name: str, office: Office) -> None:
    sites = re.findall(r"[\w.-]+\.(?:go\.id|com|id|net|org)\b", said(office, name)["text"])
    assert [site for site in sites if not site.endswith(OFFICIAL_SITES)] == []


@every_office
@every_response
def test_every_button_leads_somewhere(name: str, office: Office) -> None:
    for button in responses()[name][0].get("buttons", []):
        command = re.fullmatch(r"/(\w+)(\{.*\})?", button["payload"])
        assert command is not None
        assert command[1] in domain_intents()
        entities = json.loads(command[2] or "{}")
        if command[1] == "rincian":
            assert f"utter_rincian_{entities['topik']}" in responses()
        if command[1] == "pilihan":
            assert find(office.menu, entities["pilihan"]) is not None


@over("name", [one for one in ANSWERS if one not in WITHOUT_FACTS])
def test_an_answer_keeps_its_sources(name: str) -> None:
    assert responses()[name][0]["metadata"]["sumber"]


@every_response
def test_sources_are_facts_of_the_project(name: str) -> None:
    metadata = responses()[name][0].get("metadata")
    if name.startswith("utter_rincian_") and not name.startswith("utter_rincian_tidak_ada"):
        assert metadata, "a detailed answer states facts"
    for source in (metadata or {}).get("sumber", []):
        assert source in FACTS, source
    assert metadata is None or re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", metadata["per"])


INDONESIAN = sorted(name for name in responses() if not name.endswith("_en"))


@over("name", INDONESIAN)
def test_every_answer_has_its_english(name: str) -> None:
    english = responses()[f"{name}_en"][0]["text"]
    filled_by_actions = {one for one in placeholders(english) if not one.startswith("kantor.")}
    assert filled_by_actions <= placeholders(responses()[name][0]["text"])


@over("name", INDONESIAN)
def test_english_is_not_filled_with_indonesian_sentences(name: str) -> None:
    texts = [
        one.removeprefix("kantor.teks.")
        for one in placeholders(responses()[f"{name}_en"][0]["text"])
        if one.startswith("kantor.teks.")
    ]
    assert [one for one in texts if not one.startswith("en_")] == []


def test_no_english_stands_without_its_indonesian() -> None:
    assert {n.removesuffix("_en") for n in responses() if n.endswith("_en")} <= {*INDONESIAN}


@pytest.mark.parametrize("language", ["id", "en"])
def test_button_labels_of_intents_fit(language: str) -> None:
    labels = intent_labels(language)
    assert set(labels) <= domain_intents()
    assert len(set(labels.values())) == len(labels), "two buttons would read alike"


@every_office
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_menu_screen_fits_and_reads_as_a_list(language: str, office: Office) -> None:
    tree = office.menu if language == "id" else office.menu.en
    assert tree is not None
    for path in _branches(tree):
        shown = screen(tree, path)
        body = f"{shown.title}\n\n{numbered(shown.options)}\n\n{tree.petunjuk}"
        assert limits.length(body) <= limits.INTERACTIVE_BODY
        assert len(shown.options) <= limits.LIST_ROWS


@every_office
def test_every_menu_leaf_is_answered(office: Office) -> None:
    assert office.menu.en is not None
    for leaf in [*menu_leaves(office.menu), *menu_leaves(office.menu.en)]:
        assert leaf.tanya in rules(), leaf.label
        if leaf.tanya == "rincian":
            assert f"utter_rincian_{leaf.isi['topik']}" in responses()


@every_office
def test_digit_1_is_passport_information(office: Office) -> None:
    assert office.menu.pilihan[0].label == "Informasi paspor"


def _branches(tree: Any) -> Iterator[str]:
    yield ROOT_PATH
    waiting = [(option, option.id) for option in tree.pilihan]
    while waiting:
        option, path = waiting.pop()
        if option.pilihan:
            yield path
            waiting += [(below, f"{path}.{below.id}") for below in option.pilihan]
