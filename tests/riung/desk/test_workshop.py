"""The pages of the draft: what it changes, publishing, going back, and a new question."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI

from riung.backend.db import Database
from riung.desk import event_intake
from riung.desk.access import Role
from riung.workshop.versions import Versions
from tests.riung.desk import makers
from tests.riung.desk.conftest import Browser, LogIn
from tests.riung.desk.fake_rasa import FakeRasa
from tests.versions import working_copy


@pytest.fixture
def store(app: FastAPI, tmp_path: Path) -> Versions:
    """Two versions that are ready, the first one live; the draft has another word."""
    work = working_copy(tmp_path / "kerja")
    app.state.settings = replace(app.state.settings, work_dir=work)
    store = Versions.of(app.state.settings)
    for _ in range(2):
        store.write(store.take(work, "sari", "harga").copy(update={"state": "siap"}))
    store.publish(1, "sari")
    path = work / "kalimat/label_intent.yml"
    path.write_text(path.read_text("utf-8").replace("Kontak resmi", "Kontak kami"), "utf-8")
    return store


@pytest.fixture
def trainer(log_in_as: LogIn, store: Versions) -> Browser:
    return log_in_as("sari", Role.TRAINER)


def test_the_page_shows_what_the_draft_changes(trainer: Browser) -> None:
    page = trainer.see("/desk/workshop")

    assert "1 berkas berbeda" in page
    assert "+kontak: {id: Kontak kami" in page
    assert "Warga dijawab <b>versi 1</b>" in page


def test_a_page_that_waits_for_a_training_shows_its_version_when_it_is_over(
    trainer: Browser, store: Versions
) -> None:
    (store.folder / "latih.log").write_text("", "utf-8")
    assert "sedang dilatih" in trainer.see("/desk/workshop")
    assert "HX-Refresh" not in trainer.client.get("/desk/workshop/state").headers

    (store.folder / "latih.selesai").write_text("0", "utf-8")
    assert trainer.client.get("/desk/workshop/state").headers["HX-Refresh"] == "true"


def test_a_press_publishes_and_another_goes_back(trainer: Browser, store: Versions) -> None:
    trainer.send("/desk/workshop/publish", version=2)
    assert store.live() == 2

    trainer.send("/desk/workshop/back")
    assert store.live() == 1
    assert [one.by for one in store.publications()] == ["sari", "sari", "sari"]


def test_what_cannot_be_published_is_told(trainer: Browser) -> None:
    assert "sudah terbit" in trainer.send("/desk/workshop/publish", 409, version=1)
    assert "Tidak ada versi sebelumnya" in trainer.send("/desk/workshop/back", 409)


def test_the_draft_is_given_as_a_patch(trainer: Browser) -> None:
    patch = trainer.see("/desk/workshop/patch")

    assert patch.startswith("--- a/kalimat/label_intent.yml\n+++ b/kalimat/label_intent.yml\n")


def test_an_officer_has_no_draft(log_in_as: LogIn, store: Versions) -> None:
    assert "tidak mempunyai wewenang" in log_in_as("budi").see("/desk/workshop", 403)


def test_a_question_that_says_too_little_is_told_and_keeps_what_was_typed(trainer: Browser) -> None:
    page = trainer.send(
        "/desk/questions/new",
        400,
        topic="kantor",
        label="Parkir",
        label_en="Parking",
        answer="Ada.",
        answer_en="Yes.",
        examples="satu\ndua",
    )

    assert "paling sedikit 10 contoh" in page
    assert "satu\ndua" in page


def test_why_names_rule_and_answer_and_takes_what_it_should_have_been(
    trainer: Browser, database: Database, rasa: FakeRasa, store: Versions, tmp_path: Path
) -> None:
    said = makers.user("lama bikin paspor brp hari", "biaya_paspor")
    action = {"event": "action", "name": "utter_lama_proses", "policy": "policy_2_RulePolicy"}
    rasa.events[makers.CITIZEN] = [makers.started(), said, action, makers.bot("3 hari")]
    event_intake.consume(database, [makers.started(), said])

    page = trainer.client.get("/desk/why", params={"id": said["message_id"]}).text

    assert "utter_lama_proses" in page
    assert "lama bikin paspor berapa hari" in page
    trainer.send("/desk/messages/1/should", text="lama bikin paspor brp hari", intent="lama_proses")
    assert (
        "lama_proses" in (tmp_path / "kerja/ulasan/pesan.yml").read_text("utf-8").splitlines()[-1]
    )


def test_a_form_answer_is_not_shown(trainer: Browser, database: Database) -> None:
    secret = makers.user("Budi, Jalan Mawar 3", "nlu_fallback", metadata={"in_form": True})
    event_intake.consume(database, [makers.started(), secret])

    assert "Jalan Mawar" not in trainer.see("/desk/review")
    assert "Jalan Mawar" not in trainer.see("/desk/messages/1/why", 403)
