"""Versions: taken, published, taken back; nothing goes live by saving."""

from __future__ import annotations

from pathlib import Path

import pytest

from riung.settings import Settings
from riung.workshop.versions import KEPT, VersionError, Versions, working_folder
from tests.riung.workshop.conftest import ready


def test_a_version_keeps_who_when_and_why(store: Versions, work: Path) -> None:
    store.take(work, "sari", "menu baru")

    kept = store.find(1)

    assert kept is not None
    assert (kept.by, kept.why, kept.state) == ("sari", "menu baru", "dilatih")
    assert kept.at.tzinfo is not None


def test_saving_changes_nothing_that_is_live(store: Versions, work: Path) -> None:
    store.publish(ready(store, work).number, "sari")
    link = store.enter("backend", store.live())

    (work / "offices" / "bandung.yml").write_text("menu: dua\n", "utf-8")

    assert (link / "offices" / "bandung.yml").read_text("utf-8") == "menu: satu\n"


def test_a_program_changes_over_with_all_files_at_once(store: Versions, work: Path) -> None:
    ready(store, work)
    (work / "offices" / "bandung.yml").write_text("menu: dua\n", "utf-8")
    (work / "domain.yml").write_text("intents: [salam, baru]\n", "utf-8")
    ready(store, work)

    link = store.enter("rasa", 1)
    assert "baru" not in (link / "domain.yml").read_text("utf-8")
    store.enter("rasa", 2)

    assert (link / "offices" / "bandung.yml").read_text("utf-8") == "menu: dua\n"
    assert "baru" in (link / "domain.yml").read_text("utf-8")


def test_one_press_goes_back_and_once_more_further_back(store: Versions, work: Path) -> None:
    for _ in range(3):
        store.publish(ready(store, work).number, "sari")

    assert [store.back("budi").version, store.back("budi").version] == [2, 1]
    with pytest.raises(VersionError, match="Tidak ada versi sebelumnya"):
        store.back("budi")
    assert store.publications()[-1].by == "budi"


def test_what_is_not_ready_is_not_published(store: Versions, work: Path) -> None:
    store.take(work, "sari", "")

    with pytest.raises(VersionError, match="belum siap"):
        store.publish(1, "sari")
    with pytest.raises(VersionError, match="Versi 7 tidak ada"):
        store.publish(7, "sari")


def test_what_is_live_is_not_published_again(store: Versions, work: Path) -> None:
    store.publish(ready(store, work).number, "sari")

    with pytest.raises(VersionError, match="sudah terbit"):
        store.publish(1, "sari")


def test_a_version_that_does_not_load_is_taken_back(store: Versions, work: Path) -> None:
    for _ in range(2):
        store.publish(ready(store, work).number, "sari")

    store.fail(2, "ValueError: rusak")

    assert store.live() == 1
    broken = store.find(2)
    assert broken is not None
    assert (broken.state, broken.problem) == ("gagal", "ValueError: rusak")


def test_the_oldest_go_but_never_what_is_live_or_before_it(store: Versions, work: Path) -> None:
    for _ in range(2):
        store.publish(ready(store, work).number, "sari")
    for _ in range(KEPT + 3):
        ready(store, work)

    numbers = [one.number for one in store.all()]

    assert {1, 2} <= {*numbers}
    assert 3 not in numbers


def test_a_working_folder_of_its_own_begins_as_what_is_live(tmp_path: Path, work: Path) -> None:
    folder = tmp_path / "draf"
    env = {"RIUNG_VAR_DIR": str(tmp_path / "var"), "RIUNG_WORK_DIR": str(folder)}
    settings = Settings.from_env(env)
    store = Versions.of(settings)
    store.publish(ready(store, work).number, "sari")

    working_folder(settings)

    assert (folder / "offices" / "bandung.yml").read_text("utf-8") == "menu: satu\n"
