"""What `deploy/` hands to systemd and nginx fits the program."""

from __future__ import annotations

import re
from configparser import ConfigParser
from pathlib import Path

from riung.cli import COMMANDS
from riung.server.body_limit import FILE
from riung.server.processes import programs
from riung.settings import ROOT, Settings
from riung.watchdog import ASK_SECONDS
from riung.whatsapp.channel import BODY_LIMIT, WhatsAppInput
from riung.whatsapp.runtime import DRAIN

DEPLOY = ROOT / "deploy"
DEFAULTS = Settings.from_env({})
NGINX = re.sub(r"#.*", "", (DEPLOY / "nginx.conf").read_text())
DESK = re.sub(r"#.*", "", (DEPLOY / "nginx-desk.conf").read_text())
LOCATIONS = dict(re.findall(r"location\s+([^{]+?)\s*\{([^}]*)\}", NGINX))


def unit(name: str) -> ConfigParser:
    """A unit file, read as systemd reads it."""
    parsed = ConfigParser(interpolation=None, comment_prefixes=("#", ";"))
    parsed.optionxform = str  # type: ignore[assignment,method-assign]
    parsed.read_string((DEPLOY / name).read_text())
    return parsed


def test_only_the_webhook_is_passed_on() -> None:
    passed_on = [path for path, body in LOCATIONS.items() if "proxy_pass" in body]

    assert passed_on == [f"= /webhooks/{WhatsAppInput.name()}/webhook"]
    assert {body.strip() for path, body in LOCATIONS.items() if path not in passed_on} == {
        "return 404;"
    }
    assert "/" in LOCATIONS


def test_it_is_passed_on_to_rasa_whole() -> None:
    [body] = [body for body in LOCATIONS.values() if "proxy_pass" in body]

    assert f"proxy_pass http://127.0.0.1:{DEFAULTS.rasa_port};" in body
    assert f"client_max_body_size {BODY_LIMIT // 1024**2}m;" in body


def test_a_request_that_does_not_come_is_given_up_and_too_many_are_refused() -> None:
    for word in ("client_header_timeout", "client_body_timeout", "limit_req ", "limit_conn "):
        assert word in NGINX
        assert word in DESK


def test_of_the_backend_the_offices_net_reaches_the_desk_alone() -> None:
    locations = re.findall(r"location\s+([^{]+?)\s*\{([^}]*)\}", DESK)
    passed_on = [path for path, body in locations if "proxy_pass" in body]

    assert passed_on == ["= /desk/login", "/desk"]
    assert f"client_max_body_size {FILE // 1024**2 + 1}m;" in DESK
    assert "deny all;" in DESK


def test_a_program_that_hangs_is_started_anew() -> None:
    service = unit("riung@.service")["Service"]

    assert int(service["WatchdogSec"]) > 4 * ASK_SECONDS
    assert service["Restart"] == "always"


def test_the_target_starts_every_program() -> None:
    wanted = unit("riung.target")["Unit"]["Wants"].split()

    assert set(wanted) == {f"riung@{program.name}.service" for program in programs(DEFAULTS)}


def test_a_unit_starts_its_program_by_a_command_that_exists() -> None:
    service = unit("riung@.service")["Service"]
    python, *arguments = service["ExecStart"].split()

    assert arguments == ["-m", "riung.cli", "start", "%i"]
    assert arguments[2] in COMMANDS
    assert Path(python).parent == Path(service["WorkingDirectory"]) / ".venv" / "bin"


def test_a_stop_leaves_running_turns_their_time() -> None:
    assert int(unit("riung@.service")["Service"]["TimeoutStopSec"]) > DRAIN
