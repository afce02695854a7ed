"""`tests/percakapan/*.yml`: conversations that trainers write down and `riung uji` plays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pydantic import Field, conlist, root_validator, validator

from riung.application_number import read_shape
from riung.office.stages import read_stage_order
from riung.training.project import Project
from riung.validation import Edited, edited_file, read_as, unknown
from riung.yaml_files import YamlError, line_of, read_yaml

FOLDER = "tests/percakapan"

ANY = "…"
"""Stands in a written answer for words that do not matter."""

_SPEAKERS = ("warga", "ketuk", "bot")


class Line(Edited):
    """One line: what the citizen writes, the button tapped, or what the answer has to hold."""

    citizen: str | None = Field(None, alias="warga", min_length=1)
    tap: str | None = Field(None, alias="ketuk", min_length=1)
    bot: str | None = Field(None, min_length=1)

    @root_validator(pre=True)
    def _one_speaks(cls, values: dict[str, Any]) -> dict[str, Any]:
        if len(values) != 1 or not {*values} <= {*_SPEAKERS} or not all(values.values()):
            raise ValueError("satu baris satu pembicara: 'warga: …', 'ketuk: …', atau 'bot: …'")
        return values


class Application(Edited):
    """An application that the office knows: `jalur` is the first route when left out."""

    number: str = Field(alias="nomor", min_length=1)
    stage: str = Field(alias="tahap")
    route: str = Field("", alias="jalur")


class PlacesOfDay(Edited):
    """How many places a day has; none, and why, when it is closed."""

    place: str = Field(alias="tempat")
    day: date = Field(alias="hari")
    capacity: int | None = Field(None, alias="kapasitas", ge=0, le=2000)
    closed: str = Field("", alias="tutup")


class Conversation(Edited):
    """One conversation: at which office, when, with what data, and what is said."""

    name: str = Field(alias="nama", min_length=1)
    office: str = Field("", alias="kantor")
    moment: datetime | None = Field(None, alias="waktu")
    applications: tuple[Application, ...] = Field((), alias="permohonan")
    days: tuple[PlacesOfDay, ...] = Field((), alias="kuota")
    lines: conlist(Line, min_items=2) = Field(alias="isi")  # type: ignore[valid-type]

    @validator("lines")
    def _begins_with_the_citizen(cls, lines: list[Line]) -> list[Line]:
        if lines[0].citizen is None:
            raise ValueError("percakapan mulai dengan 'warga: …'")
        if not any(line.bot for line in lines):
            raise ValueError("belum ada yang diperiksa; tulis 'bot: …' sesudah 'warga: …'")
        return lines


class ConversationFile(Edited):
    """A file."""

    conversations: conlist(Conversation, min_items=1) = Field(  # type: ignore[valid-type]
        alias="percakapan"
    )


def missing(answer: str, written: str) -> list[str]:
    """The parts of `written`, between its `…` (or three dots), that the answer does not hold."""
    parts = map(str.strip, written.replace("...", ANY).split(ANY))
    return [part for part in parts if part and part not in answer]


def files(root: Path) -> list[Path]:
    """The files of an assistant, in order."""
    return sorted((root / FOLDER).glob("*.yml"))


def conversations(path: Path) -> Iterator[tuple[int, Conversation]]:
    """Each conversation of a file with the line on which it begins.

    Raises:
        YamlError: with file, line and what to write instead.
    """
    found, content = read_as(path, ConversationFile), read_yaml(path)
    for place, conversation in enumerate(found.conversations):
        yield line_of(content, ("percakapan", place)), conversation


def mistakes(project: Project) -> Iterator[YamlError]:
    """Offices, stages, routes and places that a conversation names and nobody knows."""
    known = _known(project)
    length = read_shape(edited_file("aturan/nomor.yml", project.root)).length
    for path in files(project.root):
        content = read_yaml(path)
        for place, conversation in enumerate(read_as(path, ConversationFile).conversations):
            for where, kind, name in _named(conversation):
                if name and kind in known and name not in known[kind]:
                    line = line_of(content, ("percakapan", place, *where))
                    yield YamlError(path, line, f"{kind} '{name}' {unknown(name, known[kind])}")
            for number, application in enumerate(conversation.applications):
                if len(application.number) != length:
                    at = ("percakapan", place, "permohonan", number, "nomor")
                    words = f"nomor permohonan harus {length} angka"
                    yield YamlError(path, line_of(content, at), words)


def _known(project: Project) -> dict[str, Mapping[str, Any]]:
    """Kind → its names; places only when every office could be read."""
    order = read_stage_order(project.root / "aturan" / "tahap.yml")
    offices = {path.stem: None for path in (project.root / "offices").glob("*.yml")}
    bases = {office.dasar for office in project.offices.values()}
    known: dict[str, Mapping[str, Any]] = {
        "kantor": offices,
        "tahap": dict.fromkeys(order.stages),
        "jalur": order.routes,
    }
    if {*offices} - bases == {*project.offices} - bases:
        every = project.offices.values()
        known["tempat"] = {place.id: None for office in every for place in office.tempat}
    return known


def _named(conversation: Conversation) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    yield ("kantor",), "kantor", conversation.office
    for place, application in enumerate(conversation.applications):
        yield ("permohonan", place, "tahap"), "tahap", application.stage
        yield ("permohonan", place, "jalur"), "jalur", application.route
    for place, day in enumerate(conversation.days):
        yield ("kuota", place, "tempat"), "tempat", day.place
