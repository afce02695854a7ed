"""The commands: what has to be mended is told in one plain line."""

from __future__ import annotations

import os
import re
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from unittest.mock import Mock

import pytest
from sqlalchemy.exc import OperationalError

from riung import cli
from riung.backend.db import Database
from riung.dialogue import model
from riung.settings import ENGINE, settings
from tests.conftest import SetEnvironment
from tests.riung.training.small_project import make_small_project
from tests.stack import free_ports

Printed = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, set_environment: SetEnvironment
) -> Path:
    """A folder that receives `.env`, and free ports."""
    rasa, actions, backend = map(str, free_ports(3))
    set_environment(
        RIUNG_RASA_PORT=rasa,
        RIUNG_ACTION_PORT=actions,
        RIUNG_BACKEND_PORT=backend,
        RIUNG_VAR_DIR=str(tmp_path / "var"),
    )
    monkeypatch.setattr(cli, "ROOT", tmp_path)
    return tmp_path


def one_line(printed: Printed) -> str:
    """What stands on standard error, if it is a single line and no traceback."""
    lines = printed.readouterr().err.splitlines()
    assert len(lines) == 1, lines
    return lines[0]


def test_a_taken_port_is_told_with_the_variable_that_moves_it(
    set_environment: SetEnvironment, capsys: Printed
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        set_environment(RIUNG_BACKEND_PORT=port)

        status = cli.main(["run"])

    line = one_line(capsys)
    assert status == 1
    assert port in line
    assert "RIUNG_BACKEND_PORT=" in line


def test_an_unknown_office_is_told_with_those_there_are(
    set_environment: SetEnvironment, capsys: Printed
) -> None:
    set_environment(RIUNG_OFFICE="entah")

    assert cli.main(["run"]) == 1
    assert "bandung" in one_line(capsys)


def test_a_broken_office_file_is_told_with_its_line(office_folder: Path, capsys: Printed) -> None:
    path = office_folder / "bandung.yml"
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([*lines, "rusak: [", ""]), "utf-8")

    assert cli.main(["run"]) == 1
    assert f"bandung.yml:{len(lines) + 2}" in one_line(capsys)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RIUNG_RASA_PORT", "lima"),
        ("RIUNG_RASA_PORT", "70000"),
        ("RIUNG_NOW", "kemarin"),
        ("RIUNG_DATABASE_URL", "entah"),
    ],
)
def test_an_unusable_variable_is_told_by_its_name(
    set_environment: SetEnvironment, capsys: Printed, name: str, value: str
) -> None:
    set_environment(**{name: value})

    assert cli.main(["run"]) == 1
    assert name in one_line(capsys)


@pytest.mark.parametrize("command", [["run"], ["start", "rasa"]], ids=["run", "start"])
def test_a_service_that_is_away_is_told_with_its_variable(
    set_environment: SetEnvironment, capsys: Printed, command: list[str]
) -> None:
    set_environment(RIUNG_REDIS_URL=f"redis://127.0.0.1:{free_ports(1)[0]}/0")

    assert cli.main(command) == 1
    assert "RIUNG_REDIS_URL" in one_line(capsys)


@pytest.mark.parametrize("command", [["run"], ["start", "backend"]], ids=["run", "start"])
@pytest.mark.parametrize(
    "damage",
    [
        lambda var: (var / "riung.db").write_bytes(b"no database at all" * 100),
        lambda var: (var / "channel.db").write_bytes(b"SQLite format 3\0" + b"\xff" * 5000),
    ],
    ids=["no database", "torn"],
)
def test_a_damaged_database_is_told_with_its_file(
    checkout: Path, capsys: Printed, command: list[str], damage: Callable[[Path], object]
) -> None:
    (checkout / "var").mkdir()
    damage(checkout / "var")

    assert cli.main(command) == 1
    line = one_line(capsys)
    assert "is damaged" in line
    assert "riung pulihkan" in line


def test_a_folder_that_cannot_be_written_is_told_with_its_variable(
    set_environment: SetEnvironment, capsys: Printed
) -> None:
    set_environment(RIUNG_VAR_DIR="/proc/riung")

    assert cli.main(["start", "backend"]) == 1
    assert "RIUNG_VAR_DIR" in one_line(capsys)


def test_a_damaged_model_is_told_and_nothing_is_started(
    checkout: Path, capsys: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    (checkout / "riung.tar.gz").write_bytes(b"half a mod")
    monkeypatch.setattr(model, "MODEL", checkout / "riung.tar.gz")

    assert cli.main(["start", "rasa"]) == 1
    assert "make train" in one_line(capsys)


def test_a_clock_of_ones_own_is_for_demos_alone(
    set_environment: SetEnvironment, capsys: Printed
) -> None:
    set_environment(RIUNG_NOW="+P3D")

    assert cli.main(["start", "kasir"]) == 1
    assert "RIUNG_NOW is for demos" in one_line(capsys)
    set_environment(RIUNG_DEMO="1")
    assert cli.main(["start", "kasir"]) == 1
    assert "There is no program" in one_line(capsys)


def test_an_unknown_program_is_told_with_those_there_are(capsys: Printed) -> None:
    assert cli.main(["start", "kasir"]) == 1
    assert "backend, actions, rasa, worker" in one_line(capsys)


def test_the_first_run_writes_secrets_and_chooses_the_demo(checkout: Path) -> None:
    os.environ["RIUNG_OFFICE"] = "entah"

    cli.main(["run"])

    assert (checkout / ".env").exists()
    assert settings().demo
    assert settings().api_key
    assert settings().whatsapp_graph_url.startswith(f"{settings().backend_url}/simulator/graph/v")


def test_a_service_is_no_demo_unless_it_is_said() -> None:
    cli.main(["start", "kasir"])

    assert not settings().demo


def test_a_real_graph_api_is_left_as_it_is(set_environment: SetEnvironment) -> None:
    set_environment(
        RIUNG_DEMO="0", RIUNG_OFFICE="entah", WHATSAPP_GRAPH_URL="https://graph.facebook.com/v25.0"
    )

    cli.main(["run"])

    assert settings().whatsapp_graph_url == "https://graph.facebook.com/v25.0"
    assert not settings().demo


def test_every_command_is_explained(capsys: Printed) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["--help"])

    assert stopped.value.code == 0
    words = " ".join(capsys.readouterr().out.split())
    for name, (_, explanation) in cli.COMMANDS.items():
        assert f"{name} {explanation}" in words


def test_an_unknown_command_is_refused_without_a_traceback(capsys: Printed) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["terbang"])

    assert stopped.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


def test_ctrl_c_ends_quietly(monkeypatch: pytest.MonkeyPatch, capsys: Printed) -> None:
    def interrupted(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setitem(cli.COMMANDS, "check", (interrupted, ""))

    assert cli.main(["check"]) == 130
    assert capsys.readouterr().err == ""


def test_whoever_reads_only_the_first_line_sees_no_traceback() -> None:
    command = [sys.executable, "-u", "-m", "riung.cli", "facts"]
    with subprocess.Popen(
        command, cwd=ENGINE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout
        assert running.stderr
        assert running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == ""


def test_why_a_message_is_answered_so_is_told_with_nothing_of_the_machine() -> None:
    command = [sys.executable, "-m", "riung.cli", "kenapa", "antrean saya yang mana ya"]
    done = subprocess.run(command, cwd=ENGINE, capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("Dibaca sebagai: antrean saya")
    assert any(line.startswith("Lalu: action_antrean_saya") for line in lines)
    assert "utter_gangguan_backend" not in done.stdout, "the demo's data answers"
    assert all(re.match(r"Dibaca|Maksud|Lalu|  ", line) for line in lines), (
        "a log line is no reason"
    )


def test_old_facts_are_listed_with_age_and_source(capsys: Printed) -> None:
    assert cli.main(["facts"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"\d+ bulan  \w+ \(\w+; .+\)", lines[0])
    assert re.fullmatch(r"\d+ fakta lebih tua dari \d+ bulan\.", lines[-1])


def test_a_database_that_goes_away_meanwhile_is_told_in_one_line(
    checkout: Path, capsys: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = sqlite3.OperationalError("database or disk is full")
    monkeypatch.setattr(Database, "migrate", Mock(side_effect=OperationalError("", {}, full)))

    assert cli.main(["migrate"]) == 1
    assert one_line(capsys) == "The database refused: database or disk is full"


def test_a_check_says_nothing_that_a_trainer_cannot_read(tmp_path: Path) -> None:
    project = make_small_project(tmp_path / "riung")
    command = [sys.executable, "-m", "riung.cli", "check"]
    environment = {**os.environ, "RIUNG_HOME": str(project), "PYTHONPATH": str(ENGINE)}

    done = subprocess.run(command, env=environment, capture_output=True, text=True)

    assert done.stdout.startswith("Semua berkas baik.\n"), done.stdout
    assert done.stderr == ""
    assert "belum dimainkan" in done.stdout
