"""The ten changes of docs/common-changes.md, each done on a copy of the files that it names."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker

from riung.backend.db import Database, migrate
from riung.backend.notices.planning import reminder_moments
from riung.backend.quotas.days import day_view
from riung.dialogue.responses import OfficeNaturalLanguageGenerator
from riung.office.menu import numbered, screen, tree
from riung.office.offices import OfficeBook, offices
from riung.settings import ROOT
from riung.training.check import problems
from riung.whatsapp.errors import read_error_table
from tests.project_copy import copy_tracked_files, edit, run_tests


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
def project(tmp_path: Path) -> Path:
    """All files of the project, for a change that is more than an office's or a topic's."""
    return copy_tracked_files(tmp_path / "riung")


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

    assert await say(topic, "utter_kuota_uji", "en") == "Full.\n*0* menu"
    assert await say(topic, "utter_kuota_uji") == "Penuh.\n*0* menu"


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


def test_a_reminder_two_days_before(office_folder: Path, tmp_path: Path) -> None:
    edit(office_folder / "pemalang.yml", "pengingat_hari_kerja: 1", "pengingat_hari_kerja: 2")
    url, office = f"sqlite:///{tmp_path}/riung.db", offices()["pemalang"]
    place = office.place("mpp_batang")
    assert place is not None
    migrate(url)
    database = Database(url)
    with database.reading() as session:
        tuesday = day_view(session, office, place, date(2026, 11, 24))
    database.dispose()

    before, morning = [due.astimezone(office.zone) for _, due, _ in reminder_moments(tuesday)]

    assert f"{before:%A %d %H:%M}" == "Friday 20 10:00"
    assert f"{morning:%A %d %H:%M}" == "Tuesday 24 06:30"


NEW_ROLE = """
from tests.riung.desk.conftest import LogIn
from riung.desk.access import Role


def test_an_auditor_reads_the_trail_and_nothing_else(log_in_as: LogIn) -> None:
    auditor = log_in_as("ina", Role("auditor"), ("bandung",))
    auditor.see("/desk/audit")
    assert "Pemeriksa" in auditor.see("/desk/reports", code=403)
    assert "Pemeriksa" in log_in_as("dewi", Role.ADMIN, ("*",)).see("/desk/users")
"""


def test_a_new_role_at_the_desk(project: Path) -> None:
    access = project / "riung/desk/access.py"
    edit(access, '    ADMIN = "admin"\n', '    ADMIN = "admin"\n    AUDITOR = "auditor"\n')
    edit(access, '"Admin",\n', '"Admin",\n    Role.AUDITOR: "Pemeriksa",\n')
    rights = "    Role.ADMIN: frozenset(Right),\n"
    edit(
        access,
        rights,
        f"{rights}    Role.AUDITOR: frozenset({{Right.ACCOUNT, Right.AUDIT}}),\n",
    )
    (project / "tests/riung/desk/test_new_role.py").write_text(NEW_ROLE, "utf-8")

    run_tests(
        project,
        "tests/riung/desk/test_new_role.py",
        "tests/riung/desk/test_access.py",
        "-k",
        "rout",
    )


NEW_COLUMN = """
from tests.riung.desk.conftest import LogIn
from riung.desk.access import Role


def test_the_list_tells_since_when_somebody_is_booked(log_in_as: LogIn, monkeypatch) -> None:
    monkeypatch.setenv("RIUNG_NOW", "2026-11-24T08:30:00+07:00")
    clerk = log_in_as("sari", Role.OFFICER, ("pemalang",))
    here = {"office": "pemalang", "place": "mpp_batang", "name": "Siti"}
    page = clerk.send("/desk/counter/walk-in", **here)
    assert "<th>Terdaftar</th>" in page
    assert "24 November 2026" in page.partition("Siti")[2]
"""


def test_a_column_in_the_counters_list(project: Path) -> None:
    page = project / "riung/desk/templates/_counter_list.html"
    edit(page, "<th>Kode</th>", "<th>Kode</th><th>Terdaftar</th>")
    code = '<td class="aside"><code>{{ one.code }}</code></td>'
    edit(page, code, code + "<td>{{ one.created_at | moment(WIB) }}</td>")
    (project / "tests/riung/desk/test_new_column.py").write_text(NEW_COLUMN, "utf-8")

    run_tests(project, "tests/riung/desk/test_new_column.py")


NEW_CLASSIFIER = '''
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.training_data.message import Message

from riung.nlu.component import MessageComponent
from riung.nlu.messages import set_ranking, words_of


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class FirstWord(MessageComponent, IntentClassifier):
    """Knows thanks by its first word, and nothing else."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"word": "terima"}

    def understand(self, message: Message) -> None:
        is_thanks = words_of(message)[0].text == self.config["word"]
        set_ranking(message, [("terima_kasih" if is_thanks else "salam", 0.9)])
'''
TRAIN_AND_ASK = """
import asyncio

from rasa.core.agent import Agent
from rasa.model_training import train_nlu

from riung.training.check import problems
from tests.paths import ROOT


def test_it_is_trained_and_asked(tmp_path) -> None:
    assert problems() == []
    examples, domain = str(ROOT / "data/percakapan/nlu.yml"), str(ROOT / "domain.yml")
    model = train_nlu(str(ROOT / "config.yml"), examples, str(tmp_path), domain=domain)
    understood = asyncio.run(Agent.load(model).parse_message("terima uangnya"))
    assert understood["intent"] == {"name": "terima_kasih", "confidence": 0.9}
"""


def test_another_classifier(project: Path) -> None:
    ours = "riung.nlu.classifier.LinearIntentClassifier"
    edit(project / "config.yml", ours, "riung.nlu.first_word.FirstWord")
    (project / "riung/nlu/first_word.py").write_text(NEW_CLASSIFIER, "utf-8")
    (project / "tests/test_new_classifier.py").write_text(TRAIN_AND_ASK, "utf-8")

    run_tests(project, "tests/test_new_classifier.py")


def test_a_new_office(project: Path) -> None:
    text = (project / "offices/bandung.yml").read_text("utf-8")
    for place in re.findall(r"(?m)^  - id: (\w+)$", text):
        text = re.sub(rf"\b{place}\b", f"{place}_baru", text)
    text = text.replace("utama: true\n", "").replace("id: bandung\n", "id: cirebon\n")
    text = text.replace(
        "TPI Bandung\nnama_singkat: Imigrasi Bandung", "TPI Cirebon\nnama_singkat: Imigrasi Cirebon"
    )
    text = re.sub(r"(?m)^sebutan: .*$", "sebutan: [kanim cirebon, imigrasi cirebon]", text)
    (project / "offices/cirebon.yml").write_text(text, "utf-8")

    assert problems(project) == []
    cirebon = OfficeBook(project / "offices").all()["cirebon"]
    assert cirebon.nama == "Kantor Imigrasi Kelas I TPI Cirebon"
    assert cirebon.menu.pilihan[0].label == "Informasi paspor"
