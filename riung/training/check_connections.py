"""`make check` of `credentials.yml` and `endpoints.yml`: what the dialogue server starts with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from riung.settings import ROOT
from riung.training.check_config import class_at
from riung.training.project import Project
from riung.validation import unknown
from riung.yaml_faults import NO_LIST
from riung.yaml_files import YamlError, YamlMapping, line_of, read_yaml

CHANNEL = "riung.whatsapp.channel.WhatsAppInput"

TYPES = {
    "nlg": "riung.dialogue.responses.OfficeNaturalLanguageGenerator",
    "tracker_store": "riung.dialogue.tracker_store.PrivateTrackerStore",
    "lock_store": "riung.dialogue.lock_store.ConversationLockStore",
    "event_broker": "riung.dialogue.event_broker.DeskEventBroker",
}
"""Section of `endpoints.yml` → what stands there: answers, privacy and the desk hang on it."""

_ADDRESS = "action_endpoint"
_FROM_ENVIRONMENT = re.compile(r"\$\{(\w+)\}")
_VARIABLES = ("RIUNG_ACTION_PORT", "RIUNG_API_KEY")


def mistakes(project: Project) -> Iterator[YamlError]:
    """Everything, with file and line."""
    channels = _mapping(_of_assistant(project.root / "credentials.yml"))
    for name in channels:
        if "." in name and class_at(name) is None:
            words = f"saluran '{name}' {unknown(name, [CHANNEL])}"
            yield YamlError(channels.path, line_of(channels, (name,)), words)
    if CHANNEL not in channels:
        words = f"saluran WhatsApp tidak ada; tulis '{CHANNEL}:' di baris sendiri"
        yield YamlError(channels.path, 1, words)
    endpoints = _mapping(_of_assistant(project.root / "endpoints.yml"))
    for where, words in _of_endpoints(endpoints):
        yield YamlError(endpoints.path, line_of(endpoints, where), words)
    yield from _unknown_variables(endpoints.path)


def _of_assistant(path: Path) -> Path:
    """The file; the assistant's own for a version, which holds none."""
    return path if path.exists() else ROOT / path.name


def _mapping(path: Path) -> YamlMapping:
    content = read_yaml(path)
    if not isinstance(content, YamlMapping):
        raise YamlError(path, 1, NO_LIST)
    return content


def _of_endpoints(endpoints: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    known = {_ADDRESS, *TYPES}
    for name in {*endpoints} - known:
        yield (name,), f"'{name}' {unknown(str(name), known)}"
    for name in sorted(known - {*endpoints}):
        kind = f"type: {TYPES[name]}" if name in TYPES else "url: …"
        yield (), f"'{name}' tidak ada; tulis '{name}:', lalu '  {kind}' di baris bawahnya"
    for name, kind in TYPES.items():
        section = endpoints.get(name)
        if name in endpoints and (not isinstance(section, dict) or section.get("type") != kind):
            yield (name, "type"), f"'{name}' harus berisi 'type: {kind}'"
    address = endpoints.get(_ADDRESS)
    if _ADDRESS in endpoints and (not isinstance(address, dict) or not address.get("url")):
        yield (_ADDRESS,), f"'{_ADDRESS}' harus berisi 'url: http://…'"
    elif address and not str(address["url"]).startswith(("http://", "https://")):
        yield (_ADDRESS, "url"), "'url' berawal http:// atau https://"


def _unknown_variables(path: Path) -> Iterator[YamlError]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        for variable in _FROM_ENVIRONMENT.findall(line.partition(" #")[0]):
            if variable not in _VARIABLES and not line.startswith("#"):
                words = f"'${{{variable}}}' {unknown(variable, _VARIABLES)}"
                yield YamlError(path, number, words)
