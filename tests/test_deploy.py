"""What `deploy/` hands to systemd and nginx fits the program."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from configparser import ConfigParser
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from ruamel.yaml import YAML

from riung.cli import COMMANDS
from riung.server import env_file
from riung.server.body_limit import FILE
from riung.server.processes import programs
from riung.settings import ROOT, Settings
from riung.watchdog import ASK_SECONDS
from riung.whatsapp.channel import BODY_LIMIT, WhatsAppInput
from riung.whatsapp.runtime import DRAIN
from tests.stack import free_ports

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


@pytest.fixture(scope="module")
def kubernetes() -> list[dict[str, Any]]:
    """What `kubectl apply -k` would send, rendered by kubectl's own kustomize."""
    kubectl = shutil.which("kubectl")
    assert kubectl, "install kubectl: the set-up for Kubernetes is checked by its own reader"
    made = subprocess.run(
        [kubectl, "kustomize", str(DEPLOY / "kubernetes")], capture_output=True, check=True
    )
    return list(YAML(typ="safe").load_all(made.stdout))


def of_kind(things: list[dict[str, Any]], kind: str) -> dict[str, dict[str, Any]]:
    return {one["metadata"]["name"]: one for one in things if one["kind"] == kind}


def containers(things: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    running = {**of_kind(things, "Deployment"), **of_kind(things, "Job")}
    return {name: one["spec"]["template"]["spec"]["containers"][0] for name, one in running.items()}


def test_every_program_runs_in_kubernetes_by_a_command_that_exists(
    kubernetes: list[dict[str, Any]],
) -> None:
    started = {tuple(one["args"]) for one in containers(kubernetes).values()}

    assert started == {("migrate",), *(("start", one.name) for one in programs(DEFAULTS))}
    assert {arguments[0] for arguments in started} <= set(COMMANDS)


def test_every_container_has_limits_and_no_rights_it_does_not_need(
    kubernetes: list[dict[str, Any]],
) -> None:
    for name, container in containers(kubernetes).items():
        assert container["resources"]["limits"]["memory"], name
        assert container["securityContext"]["readOnlyRootFilesystem"], name
        assert {"secretRef": {"name": "riung"}} in container["envFrom"], name


def test_what_serves_is_probed_where_it_tells_and_drains_before_it_stops(
    kubernetes: list[dict[str, Any]],
) -> None:
    for name, port in (("rasa", DEFAULTS.rasa_port), ("backend", DEFAULTS.backend_port)):
        container = containers(kubernetes)[name]
        assert container["readinessProbe"]["httpGet"]["path"].endswith("/readyz")
        assert container["livenessProbe"]["httpGet"]["path"].endswith("/healthz")
        assert container["readinessProbe"]["httpGet"]["port"] == port
        spec = of_kind(kubernetes, "Deployment")[name]["spec"]
        assert spec["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
        assert spec["template"]["spec"]["terminationGracePeriodSeconds"] > DRAIN


def test_only_the_webhook_comes_in_from_outside(kubernetes: list[dict[str, Any]]) -> None:
    rules = [
        rule for one in of_kind(kubernetes, "Ingress").values() for rule in one["spec"]["rules"]
    ]
    paths = [(path["path"], path["pathType"]) for rule in rules for path in rule["http"]["paths"]]

    assert paths == [(f"/webhooks/{WhatsAppInput.name()}/webhook", "Exact")]


def test_no_secret_stands_in_deploy() -> None:
    for path in DEPLOY.rglob("*.yml"):
        for name in env_file.SECRETS:
            given = re.findall(rf"{name}[:=]\s*(\S+)", path.read_text("utf-8"))
            assert all(value.startswith("${") for value in given), path


def test_compose_starts_every_program_and_knows_every_variable() -> None:
    services = YAML(typ="rt").load(DEPLOY / "compose.yml")["services"]  # Rasa expands ${} in "safe"
    started = {tuple(one["command"]) for one in services.values() if "command" in one}

    assert started == {("migrate",), *(("start", one.name) for one in programs(DEFAULTS))}
    variables = set(services["rasa"]["environment"])
    explained = (ROOT / "docs" / "operations.md").read_text("utf-8")
    assert {name for name in variables if f"`{name}`" not in explained} == set()
    for name, one in services.items():
        limits = one.get("deploy", {}).get("resources", {}).get("limits", {})
        assert limits.get("memory") or name == "migrate", name


def test_dialogue_servers_know_how_many_they_are(kubernetes: list[dict[str, Any]]) -> None:
    rasa = YAML(typ="rt").load(DEPLOY / "compose.yml")["services"]["rasa"]
    [told] = [one["data"] for one in kubernetes if "RIUNG_RASA_SERVERS" in one.get("data", {})]

    assert rasa["environment"]["RIUNG_RASA_SERVERS"] == str(rasa["deploy"]["replicas"])
    replicas = of_kind(kubernetes, "Deployment")["rasa"]["spec"]["replicas"]
    assert told["RIUNG_RASA_SERVERS"] == str(replicas)


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if not analyze:
        pytest.fail("install systemd: its own reader checks the units")
    for name in ("riung@.service", "riung.target"):
        text = (
            (DEPLOY / name)
            .read_text("utf-8")
            .replace("/opt/riung/.venv/bin/python", sys.executable)
        )
        (tmp_path / name).write_text(text.replace("User=riung", "User=root"))
    (tmp_path / "riung@backend.service").symlink_to(tmp_path / "riung@.service")
    told = subprocess.run(
        [analyze, "verify", "--man=no", str(tmp_path / "riung@backend.service")],
        capture_output=True,
        text=True,
        env={"SYSTEMD_UNIT_PATH": f"{tmp_path}:", "PATH": "/usr/bin:/bin"},
    )
    ours = [line for line in told.stderr.splitlines() if "riung" in line]
    assert [
        line for line in ours if "Unknown" in line or "Invalid" in line or "Failed" in line
    ] == []


@pytest.mark.parametrize("name", ["nginx.conf", "nginx-desk.conf"])
def test_nginx_takes_its_files(name: str, tmp_path: Path) -> None:
    text = (DEPLOY / name).read_text("utf-8")
    nginx = shutil.which("nginx")

    assert (asked(nginx, text, tmp_path) if nginx else read_plainly(text)) == ""


@pytest.mark.parametrize(
    "wrong", ["server { listen 443 }", "server { listen 443;", "server { Listen: 443; }"]
)
def test_a_file_that_nginx_would_refuse_is_found_without_it(wrong: str) -> None:
    assert read_plainly(wrong)


def read_plainly(text: str) -> str:
    """What is wrong with the form of a file: a statement without its end, or a block without."""
    statements = re.findall(r"[^;{}]*[;{}]|[^;{}]+$", re.sub(r"#.*", "", text))
    open_blocks = 0
    for statement in filter(None, map(str.strip, statements)):
        open_blocks += statement.endswith("{") - (statement == "}")
        if statement != "}" and not re.fullmatch(r"[a-z_]+(\s[^;{}]+)?\s*[;{]", statement):
            return statement
    return f"{open_blocks} blocks are open" if open_blocks else ""


def asked(nginx: str, text: str, folder: Path) -> str:
    """What nginx itself says against a file."""
    make_certificate(folder)
    text = text.replace("/etc/ssl/riung", str(folder))
    text = re.sub(r"listen \d+", f"listen 127.0.0.1:{free_ports(1)[0]}", text)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    folders = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    whole = f"pid {folder}/pid; events {{}} http {{ access_log off; {folders}\n{text}\n}}"
    (folder / "all.conf").write_text(whole)
    command = [nginx, "-t", "-q", "-p", str(folder), "-c", str(folder / "all.conf")]
    told = subprocess.run(command, capture_output=True, text=True)
    lines = [line for line in told.stderr.splitlines() if "could not open error log" not in line]
    return "\n".join(lines) or ("" if told.returncode == 0 else "it ended without a word")


def make_certificate(folder: Path) -> None:
    """A certificate of nobody, as nginx reads it at its start."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "bot.example.go.id")])
    began = datetime(2026, 1, 1)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name)
    made = made.public_key(key.public_key()).serial_number(1)
    made = made.not_valid_before(began).not_valid_after(began + timedelta(days=3650))
    signed = made.sign(key, hashes.SHA256())
    pem = serialization.Encoding.PEM
    (folder / "fullchain.pem").write_bytes(signed.public_bytes(pem))
    plain = serialization.NoEncryption()
    pkcs = serialization.PrivateFormat.PKCS8
    (folder / "privkey.pem").write_bytes(key.private_bytes(pem, pkcs, plain))


def test_a_stop_leaves_running_turns_their_time() -> None:
    assert int(unit("riung@.service")["Service"]["TimeoutStopSec"]) > DRAIN
