"""`make check` of offices beside one another, and of the stages that they word."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from riung.office.model import Office
from riung.office.offices import clashes
from riung.office.stages import StageOrder, read_stage_order
from riung.phrases import SERVICE
from riung.training.check_answers import bad_braces, missing_values, not_filled
from riung.training.project import Project
from riung.validation import Location, meant, nearest, unknown
from riung.yaml_faults import NO_LIST
from riung.yaml_files import YamlError, YamlMapping, line_of, read_yaml

_TEXTS = ("teks", "kontak", "jam", "alamat")


def mistakes(project: Project) -> Iterator[YamlError]:
    """Everything, with file and line."""
    yield from _nobodys(project)
    known: dict[str, Office] = {}
    for office in project.offices.values():
        content = read_yaml(project.office_file(office.id))
        for clash in clashes(known, office):
            yield YamlError(content.path, line_of(content, clash.where), clash.message)
        for other in known.values():
            if other.utama and office.utama:
                words = f"'utama: true' juga ada di kantor {other.id}; pilih satu"
                yield YamlError(content.path, line_of(content, ("utama",)), words)
            if other.nama == office.nama:
                words = f"nama sama dengan kantor {other.id}; tulis nama kantor ini"
                yield YamlError(content.path, line_of(content, ("nama",)), words)
        yield from _shared_names(project, office, known)
        known[office.id] = office
    order = read_stage_order(project.root / "aturan" / "tahap.yml")
    labels = read_yaml(project.root / "kalimat" / "label_intent.yml")
    phrases = read_yaml(project.root / "kalimat" / "frasa.yml")
    found: dict[str, YamlError] = {}
    for office in project.offices.values():
        for error in (
            *_stages(project, office, order, labels),
            *_texts(project, office),
            *_services(project, office, phrases),
        ):
            found.setdefault(str(error), error)
    yield from found.values()


def _nobodys(project: Project) -> Iterator[YamlError]:
    """Files that are no office and that none builds on: their `id:` was lost."""
    texts = {
        path: path.read_text("utf-8", "replace")
        for path in (project.root / "offices").glob("*.yml")
    }
    bases = {name for text in texts.values() for name in _BASE.findall(text)}
    for path, text in texts.items():
        if path.stem not in bases and not re.search(r"^id:", text, re.MULTILINE):
            words = f"tanpa 'id: {path.stem}' berkas ini tidak dibaca; tulis di baris sendiri"
            is_list = text.lstrip().startswith("- ")
            yield YamlError(path, 1, NO_LIST if is_list else words)


_BASE = re.compile(r"^dasar:\s*(\w+)", re.MULTILINE)


def _shared_names(
    project: Project, office: Office, known: Mapping[str, Office]
) -> Iterator[YamlError]:
    """A name by which citizens mean two offices: only one of them would be understood."""
    for other in known.values():
        if shared := sorted({*office.sebutan} & {*other.sebutan}):
            names = ", ".join(f"'{name}'" for name in shared)
            words = f"sebutan {names} juga dipakai kantor {other.id}; tulis di satu kantor saja"
            yield _in_office(project, office, ("sebutan",), words)


def _stages(
    project: Project, office: Office, order: StageOrder, labels: Any
) -> Iterator[YamlError]:
    stages = office.facts.tahap
    for code in sorted(order.stages - {*stages}) if stages else ():
        words = f"tahap '{code}' belum punya kalimat di fakta.tahap ({unknown(code, stages)})"
        yield _in_rules(project, code, words)
    yield from _steps(project, office, order)
    for code, words_of in stages.items():
        where = ("fakta", "tahap", code)
        if code not in order.stages:
            words = f"tahap '{code}' {unknown(code, order.stages)} (aturan/tahap.yml)"
            yield _in_office(project, office, where, words)
        for place, intent in enumerate(words_of.tombol):
            at = (*where, "tombol", place)
            if intent not in project.intents:
                words = (
                    f"intent '{intent}' tidak ada di domain.yml{nearest(intent, project.intents)}"
                )
                yield _in_office(project, office, at, words)
            elif intent not in labels:
                words = f"intent '{intent}' belum punya nama tombol di kalimat/label_intent.yml"
                yield _in_office(project, office, at, words)


def _steps(project: Project, office: Office, order: StageOrder) -> Iterator[YamlError]:
    """A route's own next steps, where stages have some of nearly that name: it would get none."""
    worded = {
        key
        for stage in (office.raw.get("fakta") or {}).get("tahap", {}).values()
        for key in stage
        if key.startswith("langkah_")
    }
    content = read_yaml(project.root / "aturan" / "tahap.yml")
    for route, key in order.step_keys.items():
        near = difflib.get_close_matches(key, sorted(worded), n=1, cutoff=0.8)
        if near and key not in worded:
            words = f"'{key}' tidak ada di satu tahap pun (fakta.tahap); {meant(near[0])}"
            yield YamlError(content.path, line_of(content, ("jalur", route, "langkah")), words)


def _services(project: Project, office: Office, phrases: Any) -> Iterator[YamlError]:
    """Services of places, and what to bring for them, that no phrase names to citizens."""
    named = {name.removeprefix(SERVICE) for name in phrases if name.startswith(SERVICE)}
    served: list[tuple[Location, str]] = [
        (("tempat", place, "layanan", at), service)
        for place, one in enumerate(office.tempat)
        for at, service in enumerate(one.layanan)
    ]
    facts = office.facts
    for key, bring in (("bawaan", facts.bawaan), ("bawaan_anak", facts.bawaan_anak)):
        served += [(("fakta", key, service), service) for service in bring]
    for where, service in served:
        if service not in named:
            words = f"layanan '{service}' {unknown(service, named)}"
            where_words = f"namanya ditulis di kalimat/frasa.yml: {SERVICE}{service}"
            yield _in_office(project, office, where, f"{words}; {where_words}")


def _in_rules(project: Project, code: str, words: str) -> YamlError:
    """Where a stage stands in the order of stages."""
    content = read_yaml(project.root / "aturan" / "tahap.yml")
    for route, entry in content["jalur"].items():
        if code in entry["urutan"]:
            where = ("jalur", route, "urutan", entry["urutan"].index(code))
            return YamlError(content.path, line_of(content, where), words)
    return YamlError(content.path, line_of(content, ("cabang", code)), words)


def _in_office(
    project: Project, office: Office, where: tuple[str | int, ...], words: str
) -> YamlError:
    """A mistake in what an office says, in its own file or in the one it builds on."""
    for name in (office.id, office.dasar):
        content: YamlMapping = read_yaml(project.office_file(name)) if name else YamlMapping()
        node: Any = content
        for part in where:
            try:
                node = node[part]
            except (KeyError, IndexError, TypeError):
                node = None
                break
        if node is not None:
            return YamlError(content.path, line_of(content, where), words)
    return YamlError(project.office_file(office.id), 1, words)


def _texts(project: Project, office: Office) -> Iterator[YamlError]:
    """Curly brackets in an office's texts that nothing fills."""
    for where, text in _strings(("",), {key: office.raw.get(key) for key in _TEXTS}):
        for _, words in bad_braces(text):
            yield _in_office(project, office, where[1:], words)
        own = f"kantor.{'.'.join(map(str, where[1:]))}"
        for name in missing_values(text, office, (own,)):
            if f"{{{name}}}" in text:  # else it is told of the text that this one takes in
                yield _in_office(project, office, where[1:], not_filled(name, office))


def _strings(where: Location, node: Any) -> Iterator[tuple[Location, str]]:
    if isinstance(node, str):
        yield where, node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _strings((*where, key), value)
