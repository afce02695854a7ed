"""What the environment decides."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from riung.settings import GRAPH_URL, ROOT, Settings, SettingsError, settings
from tests.conftest import SetEnvironment


def test_an_empty_environment_gives_the_contracts_defaults() -> None:
    chosen = Settings.from_env({})

    assert (chosen.rasa_port, chosen.action_port, chosen.backend_port) == (5005, 5055, 8000)
    assert chosen.office == ""  # the office that calls itself `utama`: tests/riung/office
    assert chosen.var_dir == ROOT / "var"
    assert chosen.whatsapp_graph_url == GRAPH_URL
    assert chosen.rasa_workers == 1
    assert not chosen.demo


def test_workers_of_all_dialogue_servers_count() -> None:
    chosen = Settings.from_env({"RIUNG_RASA_WORKERS": "2", "RIUNG_RASA_SERVERS": "3"})

    assert chosen.all_rasa_workers == 6


def test_each_store_is_a_sqlite_file_of_its_own(tmp_path: Path) -> None:
    chosen = Settings.from_env({"RIUNG_VAR_DIR": str(tmp_path)})

    urls = [chosen.database_url, chosen.channel_database_url, chosen.tracker_database_url]

    assert urls == [f"sqlite:///{tmp_path}/{name}.db" for name in ("riung", "channel", "tracker")]


def test_each_store_is_a_schema_of_its_own_in_one_postgresql_database() -> None:
    given = "postgresql://petugas:rahasia@127.0.0.1/riung"
    chosen = Settings.from_env({"RIUNG_DATABASE_URL": given})

    urls = [chosen.database_url, chosen.channel_database_url, chosen.tracker_database_url]

    schemas = [make_url(url).query["options"] for url in urls]
    assert schemas == ["-csearch_path=riung", "-csearch_path=channel", "-csearch_path=tracker"]
    assert all(make_url(url).password == "rahasia" for url in urls)


def test_a_postgresql_that_went_away_without_a_word_is_given_up_in_seconds() -> None:
    given = "postgresql://127.0.0.1/riung?connect_timeout=8"

    asked = make_url(Settings.from_env({"RIUNG_DATABASE_URL": given}).channel_database_url).query

    assert int(asked["tcp_user_timeout"]) <= 15_000
    silent = int(asked["keepalives_interval"]) * int(asked["keepalives_count"])
    assert int(asked["keepalives_idle"]) + silent <= 30
    assert asked["connect_timeout"] == "8"  # what the operator chose


def test_a_schema_that_the_operator_chose_stays() -> None:
    given = "postgresql://127.0.0.1/riung?options=-csearch_path%3Dbersama"

    assert Settings.from_env({"RIUNG_DATABASE_URL": given}).tracker_database_url == given


def test_another_sqlite_file_is_the_backends_alone(tmp_path: Path) -> None:
    variables = {"RIUNG_DATABASE_URL": "sqlite:////lain.db", "RIUNG_VAR_DIR": str(tmp_path)}

    chosen = Settings.from_env(variables)

    assert chosen.database_url == "sqlite:////lain.db"
    assert chosen.tracker_database_url == f"sqlite:///{tmp_path}/tracker.db"


def test_addresses_follow_the_ports_unless_they_are_given() -> None:
    moved = Settings.from_env({"RIUNG_RASA_PORT": "6005", "RIUNG_BACKEND_PORT": "9000"})
    given = Settings.from_env({"RIUNG_BACKEND_URL": "http://backend.kantor:8000"})

    assert moved.rasa_url == "http://127.0.0.1:6005"
    assert moved.backend_url == "http://127.0.0.1:9000"
    assert given.backend_url == "http://backend.kantor:8000"


@pytest.mark.parametrize(("text", "demo"), [("1", True), ("true", True), ("0", False), ("", False)])
def test_demo_is_on_only_when_it_is_said(text: str, demo: bool) -> None:
    assert Settings.from_env({"RIUNG_DEMO": text}).demo is demo


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RIUNG_RASA_PORT", "lima"),
        ("RIUNG_RASA_PORT", "-1"),
        ("RIUNG_BACKEND_PORT", "70000"),
        ("RIUNG_BACKEND_PORT", "0"),
        ("RIUNG_ACTION_PORT", "²"),
        ("RIUNG_RASA_WORKERS", "0"),
        ("RIUNG_DATABASE_URL", "basis data kantor"),
    ],
)
def test_an_unusable_value_is_told_by_its_variable(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as error:
        Settings.from_env({name: value})

    assert name in str(error.value)
    assert "\n" not in str(error.value)


def test_an_unusable_database_address_is_told_without_its_password() -> None:
    with pytest.raises(SettingsError) as error:
        Settings.from_env({"RIUNG_DATABASE_URL": "postgresql//petugas:rahasia@127.0.0.1"})

    assert "rahasia" not in str(error.value)


def test_secrets_are_not_printed() -> None:
    secret = {"WHATSAPP_APP_SECRET": "rahasia-satu", "RIUNG_API_KEY": "rahasia-dua"}

    assert "rahasia" not in repr(Settings.from_env(secret))


def test_the_process_reads_its_environment_once(set_environment: SetEnvironment) -> None:
    set_environment(RIUNG_OFFICE="pemalang")

    assert settings().office == "pemalang"
    assert settings() is settings()
