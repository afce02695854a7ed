"""The `.env` file of a fresh checkout."""

from __future__ import annotations

from pathlib import Path

from riung.server.env_file import SECRETS, complete, load, read


def test_the_first_run_writes_a_secret_for_every_name(tmp_path: Path) -> None:
    complete(tmp_path / ".env")

    secrets = read(tmp_path / ".env")
    assert set(secrets) == set(SECRETS)
    assert all(len(secret) >= 40 for secret in secrets.values())
    assert len(set(secrets.values())) == len(SECRETS)


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    complete(tmp_path / ".env")

    assert (tmp_path / ".env").stat().st_mode & 0o777 == 0o600


def test_an_older_file_is_closed_to_others_when_it_is_completed(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("RIUNG_API_KEY=lama\n")
    path.chmod(0o644)

    complete(path)

    assert path.stat().st_mode & 0o777 == 0o600


def test_a_missing_secret_is_added_and_the_rest_stays(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("# catatan kantor\nRIUNG_API_KEY=lama\nRIUNG_OFFICE=pemalang")

    complete(path)

    values = read(path)
    assert values["RIUNG_API_KEY"] == "lama"
    assert values["RIUNG_OFFICE"] == "pemalang"
    assert values.keys() >= set(SECRETS)
    assert path.read_text().startswith("# catatan kantor\n")


def test_an_empty_secret_counts_as_missing(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("RIUNG_HASH_KEY=\n")

    complete(path)

    assert len(read(path)["RIUNG_HASH_KEY"]) >= 40


def test_a_complete_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    complete(path)
    before = path.read_text()

    complete(path)

    assert path.read_text() == before


def test_a_variable_that_is_set_wins(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("RIUNG_OFFICE=pemalang\nRIUNG_API_KEY=berkas\n")
    environment = {"RIUNG_OFFICE": "bandung"}

    load(path, environment)

    assert environment == {"RIUNG_OFFICE": "bandung", "RIUNG_API_KEY": "berkas"}


def test_lines_are_read_as_people_write_them(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("\n# catatan = bukan nilai\nA = satu \nB='dua'\nC=\"a=b\"\ntanpa tanda\nD=\n")

    assert read(path) == {"A": "satu", "B": "dua", "C": "a=b", "D": ""}


def test_no_file_means_no_values(tmp_path: Path) -> None:
    assert read(tmp_path / ".env") == {}
