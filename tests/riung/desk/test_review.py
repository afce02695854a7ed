"""A trainer reviews real messages: what is in doubt, what was meant, and where it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI

from riung.backend.db import Database
from riung.desk import event_intake, review
from riung.desk.access import Role
from riung.dialogue.confidential import HIDDEN
from riung.workshop.reviewed import reviewed
from tests.riung.desk import makers, stage
from tests.riung.desk.conftest import Browser, LogIn
from tests.versions import working_copy

SENDERS = [f"62812000009{number:02}" for number in range(10)]


@pytest.fixture
def work(app: FastAPI, tmp_path: Path) -> Path:
    """The draft: a copy of the project's files."""
    folder = working_copy(tmp_path / "kerja")
    app.state.settings = replace(app.state.settings, work_dir=folder)
    return folder


@pytest.fixture
def trainer(log_in_as: LogIn, work: Path) -> Browser:
    return log_in_as("sari", Role.TRAINER)


def talk(database: Database, sender: str, *said: tuple[str, str], name: str = "") -> None:
    """A conversation in which each message is answered with two buttons."""
    events = [makers.started(sender)]
    for text, intent in said:
        events.append(makers.user(text, intent, sender, metadata={"name": name}))
        events.append(makers.bot("Jawaban", sender))
    event_intake.consume(database, events)


def groups(database: Database) -> list[review.Group]:
    with database.reading() as session:
        return review.doubts(session, ["bandung"])


def test_the_first_page_of_a_trainer_is_the_review(trainer: Browser) -> None:
    answer = trainer.client.get("/desk", follow_redirects=True)

    assert answer.status_code in (200, 403)
    assert 'href="/desk/review" aria-current="page"' in trainer.see("/desk/review")


def test_what_is_said_to_an_officer_the_bot_need_not_understand(
    database: Database, person: Callable[..., int]
) -> None:
    talk(database, SENDERS[0], ("anu itu loh", "nlu_fallback"))
    stage.ask(database, SENDERS[0])
    stage.take(database, SENDERS[0], person("rina"), "Rina")
    stage.long_ago(database)
    talk(database, SENDERS[0], ("iya bu saya baca", "nlu_fallback"))

    assert [group.text for group in groups(database)] == ["anu itu loh"]


def test_of_a_number_nothing_can_be_learnt(database: Database) -> None:
    talk(database, SENDERS[0], ("1179 0000 0000 1208", "nlu_fallback"), ("p", "nlu_fallback"))

    assert [group.text for group in groups(database)] == ["p"]


def test_a_complaint_is_no_example_for_anybody(database: Database) -> None:
    talk(database, SENDERS[0], (HIDDEN, "pengaduan"), (HIDDEN, "pengaduan"), (HIDDEN, "pengaduan"))

    assert groups(database) == []


def test_what_was_not_understood_is_grouped_by_likeness_and_counted(database: Database) -> None:
    talk(database, SENDERS[0], ("apakah ada parkir mobil di kantor", "nlu_fallback"))
    talk(database, SENDERS[1], ("ada parkir mobil di kantor ga", "nlu_fallback"))
    talk(database, SENDERS[2], ("bisa bayar pakai dompet digital", "nlu_fallback"))

    assert [len(group.doubts) for group in groups(database)] == [2, 1]


def test_a_message_that_the_citizen_corrects_is_in_doubt(database: Database) -> None:
    talk(
        database,
        SENDERS[0],
        ("biaya ganti paspor anak", "biaya_paspor"),
        ("bukan itu, syaratnya", "syarat_paspor_anak"),
    )

    (group,) = groups(database)

    assert group.causes == {"corrected": 1}
    assert group.text == "biaya ganti paspor anak"


def test_the_question_before_a_person_was_asked_for_is_in_doubt(database: Database) -> None:
    talk(database, SENDERS[0], ("paspor rusak kena banjir", "syarat_paspor_rusak"))
    stage.ask(database, SENDERS[0])

    (group,) = groups(database)

    assert group.causes == {"handed_over": 1}


def test_names_and_numbers_are_masked(database: Database) -> None:
    words = "saya Budi Santoso nik 3273010101900001 hp 081234567890 nomor 12345 mau apa ya"
    talk(database, SENDERS[0], (words, "nlu_fallback"), name="Budi Santoso")

    text = groups(database)[0].text

    assert "Budi" not in text
    assert "Santoso" not in text
    assert not any(part in text for part in ("3273", "0812", "12345"))


def test_the_right_intent_becomes_an_example_and_a_test_in_the_draft(
    trainer: Browser, database: Database, work: Path
) -> None:
    talk(database, SENDERS[0], ("mobilnya ditaruh mana kl ke kantor", "nlu_fallback"))
    (group,) = groups(database)
    before = (work / "data/kantor/nlu.yml").read_text("utf-8")

    trainer.send(
        "/desk/review",
        ids=",".join(map(str, group.ids)),
        text=group.text,
        intent="lokasi_kantor",
    )

    assert groups(database) == []
    assert reviewed(work)["mobilnya ditaruh mana kl ke kantor"] == "lokasi_kantor"
    mine = (work / "data/kantor").glob("nlu_*_sari.yml")  # a file a month
    assert any("- mobilnya ditaruh mana kl ke kantor\n" in one.read_text("utf-8") for one in mine)
    assert (work / "data/kantor/nlu.yml").read_text("utf-8") == before


def test_an_intent_that_does_not_exist_is_told(trainer: Browser, database: Database) -> None:
    talk(database, SENDERS[0], ("mobilnya ditaruh mana", "nlu_fallback"))
    ids = str(groups(database)[0].ids[0])

    page = trainer.send("/desk/review", 400, ids=ids, text="mobilnya di mana", intent="parkir")

    assert "Maksud &#39;parkir&#39; tidak ada" in page
    assert len(groups(database)) == 1


def test_the_nearest_examples_and_what_would_move_are_shown(
    trainer: Browser, database: Database
) -> None:
    talk(database, SENDERS[0], ("kantor imigrasinya sebelah mana pasar baru", "kontak"))

    page = trainer.see(
        "/desk/review/near?text=kantor imigrasinya sebelah mana pasar batu&intent=lokasi_kantor"
    )

    assert "Contoh terdekat" in page
    assert "kantor imigrasinya sebelah mana pasar baru" in page


def test_messages_of_other_offices_are_not_shown(trainer: Browser, database: Database) -> None:
    events = [
        makers.started(SENDERS[0]),
        makers.user(
            "rahasia kantor lain", "nlu_fallback", SENDERS[0], metadata={"office": "pemalang"}
        ),
    ]
    event_intake.consume(database, events)

    assert "rahasia kantor lain" not in trainer.see("/desk/review")
