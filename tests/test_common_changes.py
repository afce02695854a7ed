"""The changes of docs/common-changes.md that are an edit of YAML, done on a copy."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker

from riung.dialogue.responses import OfficeNaturalLanguageGenerator
from riung.office.menu import numbered, screen, tree
from riung.office.offices import offices
from riung.settings import ROOT
from riung.whatsapp.errors import read_error_table


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text, f"{old!r} no longer stands in {path.name}"
    path.write_text(text.replace(old, new, 1), "utf-8")


def generator(path: Path) -> OfficeNaturalLanguageGenerator:
    responses = re.sub(r"(?m)^version:.*$", 'version: "3.1"', path.read_text("utf-8"))
    return OfficeNaturalLanguageGenerator(domain=Domain.from_yaml(responses))


async def say(path: Path, response: str, language: str = "id", **values: Any) -> str:
    events = [UserUttered("tanya", metadata={"office": "bandung"}), SlotSet("bahasa", language)]
    tracker = DialogueStateTracker.from_events("warga", events, [AnySlot("bahasa", [{}])])
    said = await generator(path).generate(response, tracker, "whatsapp", **values)
    assert said is not None
    return str(said["text"])


@pytest.fixture
def topic(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "data" / "kuota", tmp_path / "kuota")
    return tmp_path / "kuota" / "responses.yml"


def test_a_fee_for_a_new_passport_type(office_folder: Path) -> None:
    edit(
        office_folder / "nasional.yml", "    epaspor_5:", "    epaspor_anak: 425000\n    epaspor_5:"
    )

    assert offices()["bandung"].value("fakta.tarif.epaspor_anak") == "Rp425.000"


async def test_another_reply_when_the_quota_is_full(topic: Path) -> None:
    edit(topic, "{tempat}, {tanggal}: *penuh*", "Maaf, {tempat} pada {tanggal} *penuh*")
    values = {"tempat": "MPP Batang", "tanggal": "Selasa", "kapasitas": 10, "alternatif": "-"}

    assert (await say(topic, "utter_kuota_penuh", **values)).startswith("Maaf, MPP Batang pada")


async def test_english_for_an_answer(topic: Path) -> None:
    english = "  utter_kuota_uji:\n  - text: Penuh.\n  utter_kuota_uji_en:\n  - text: Full.\n"
    edit(topic, "responses:\n", f"responses:\n{english}")

    assert await say(topic, "utter_kuota_uji", "en") == "Full."
    assert await say(topic, "utter_kuota_uji") == "Penuh."


def test_a_new_error_code(tmp_path: Path) -> None:
    path = tmp_path / "galat.yml"
    shutil.copy(ROOT / "aturan" / "galat_whatsapp.yml", path)
    sentence = "Nomor ini belum boleh dikirimi pesan."
    entry = f"- codes: [139999]\n  scope: recipient\n  then: failed\n  officer: {sentence}\n"
    edit(path, "errors:\n", f"errors:\n{entry}")

    assert read_error_table(path)["139999"].officer == sentence


def test_an_office_without_complaints(office_folder: Path) -> None:
    edit(office_folder / "bandung.yml", "  pengaduan: true", "  pengaduan: false")
    rows = numbered(screen(tree(offices()["bandung"]), "aduan").options)

    assert "pengaduan" not in rows.casefold()
    assert "pengaduan" in numbered(screen(tree(offices()["pemalang"]), "aduan").options).casefold()


def test_a_reminder_at_another_hour(office_folder: Path) -> None:
    path = office_folder / "pemalang.yml"
    edit(path, 'pengingat_sehari: "15:00"', 'pengingat_sehari: "10:00"')
    place = offices()["pemalang"].place("mpp_batang")

    assert place is not None
    assert place.aturan.pengingat_sehari == "10:00"
