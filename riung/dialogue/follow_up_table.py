"""What follows what: `aturan/lanjutan.yml`, which trainers edit, read and checked.

A question names an aspect ("biayanya?"), a subject ("kalau anak?"), or details ("kalau lusa?"); the
table says which question the two make together.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, validator

from riung.dialogue.checklist_table import Checklist
from riung.localized import Localized
from riung.nlu.vocabulary import Kinds, vocabulary
from riung.validation import Edited, EditError, edited_file, read_as

FILE = edited_file("aturan/lanjutan.yml")


PARTY = "rombongan"
"""The detail that is no entity of a message: who was counted, as `riung.nlu.party` words them."""


def details() -> tuple[str, str, str]:
    """What a question may name beside subject and aspect; each is an entity."""
    return "kantor", "tanggal", vocabulary(Kinds).entitas_dokumen


_COMMAND = re.compile(r"^/(\w+)(\{.*\})?$", re.DOTALL)


@dataclass(frozen=True)
class Ask:
    """A question as a button asks it: intent and entities."""

    intent: str
    entities: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def __get_validators__(cls) -> Iterator[Callable[[object], Ask]]:
        yield cls.of

    @classmethod
    def __modify_schema__(cls, schema: dict[str, Any]) -> None:
        schema.update(type="string", pattern=_COMMAND.pattern)

    @classmethod
    def of(cls, command: object) -> Ask:
        """`/intent{"entity": "value"}` → the question.

        Raises:
            ValueError: it has another form; the message is for trainers.
        """
        found = _COMMAND.match(str(command))
        if found is None:
            raise ValueError(f"'{command}' harus berbentuk /nama_intent, seperti isi tombol")
        try:
            return cls(found[1], json.loads(found[2]) if found[2] else {})
        except ValueError as error:
            raise ValueError(f"'{command}': bagian {{…}} bukan JSON") from error


class Marks(Edited):
    """Words that say how a message hangs on what was said before."""

    opening: tuple[str, ...] = Field(alias="pembuka")
    correction: tuple[str, ...] = Field(alias="ralat")
    denial: tuple[str, ...] = Field(alias="bukan")
    again: tuple[str, ...] = Field(alias="lagi")
    days_on: dict[int, tuple[str, ...]] = Field(alias="hari_berikut")
    document: tuple[str, ...] = Field(alias="dokumen")
    family: tuple[str, ...] = Field((), alias="keluarga")
    told: tuple[str, ...] = Field((), alias="cerita")
    told_last: tuple[str, ...] = Field((), alias="cerita_akhir")
    years: tuple[str, ...] = Field((), alias="umur")
    aged: tuple[str, ...] = Field((), alias="berumur")
    around_age: tuple[str, ...] = Field((), alias="sekitar_umur")
    between: tuple[str, ...] = Field((), alias="sela")
    plain: tuple[str, ...] = Field(alias="boleh")


class Aspect(Edited):
    """What is asked of a subject: its price, its validity, its hours."""

    words: tuple[str, ...] = Field((), alias="kata")
    words_of_place: tuple[str, ...] = Field((), alias="bertempat")
    words_of_day: tuple[str, ...] = Field((), alias="bertanggal")
    words_alone: tuple[str, ...] = Field((), alias="sendiri")
    alone_else: str | None = Field(None, alias="selain_itu")
    left_by: tuple[str, ...] = Field((), alias="dari")
    parts: tuple[str, ...] = Field((), alias="sebagian")
    parts_alone: Mapping[str, Ask] = Field({}, alias="sebagian_saja")
    details: tuple[str, ...] = Field((), alias="isi")
    in_general: Ask | None = Field(None, alias="umum")
    keeps_subject: bool = Field(False, alias="pokok_tetap")
    keeps_details: bool = Field(False, alias="isi_tetap")
    alone_with: str | None = Field(None, alias="hanya")
    at_place: Ask | None = Field(None, alias="di_tempat")
    asked_only: bool = Field(False, alias="bila_ditanya")
    as_subject: str | None = Field(None, alias="pokok")
    is_plain: bool = Field(False, alias="pasti")
    after: Mapping[str, Ask] = Field({}, alias="sesudah")
    after_subject: Mapping[str, Ask] = Field({}, alias="sesudah_pokok")
    on_day: str | None = Field(None, alias="berhari")
    for_family: Ask | None = Field(None, alias="keluarga")

    @validator("details", "alone_with", each_item=True)
    def _is_detail(cls, name: str | None) -> str | None:
        known = (*details(), PARTY)
        if name is not None and name not in known:
            raise ValueError(f"'{name}' tidak dikenal; pilih dari: {', '.join(known)}")
        return name


class Subject(Edited):
    """What is talked about: a kind of application, one for a child, one's own application."""

    label: Localized = Field(alias="sebutan")
    left_by: tuple[str, ...] = Field((), alias="dari")
    kinds: tuple[str, ...] = Field((), alias="jenis")
    situations: tuple[str, ...] = Field((), alias="keadaan")
    words: tuple[str, ...] = Field((), alias="kata")
    needs: str = Field("", alias="butuh")
    counts: Literal["", "hari"] = Field("", alias="hitung")
    for_adult: str | None = Field(None, alias="dewasa")
    for_child: str | None = Field(None, alias="anak")
    of_application: tuple[str, ...] = Field((), alias="menurut_permohonan")
    of_one_place: bool = Field(False, alias="di_satu_tempat")
    from_age: int | None = Field(None, alias="sejak_umur", ge=18, le=120)
    for_family: Ask | None = Field(None, alias="keluarga")
    asks: Mapping[str, Ask] = Field({}, alias="tanya")
    as_general: tuple[str, ...] = Field((), alias="umum")

    @validator("label")
    def _names_no_other_value(cls, label: Localized) -> Localized:
        label.require({"nomor"})
        return label


class AtPlace(Edited):
    """The words of "bisa ganti di sana?": where, what is done there, and what may stand around."""

    there: tuple[str, ...] = Field((), alias="sana")
    kinds: Mapping[str, tuple[str, ...]] = Field({}, alias="jenis")
    around: tuple[str, ...] = Field((), alias="sekitar")


class FollowUps(Edited):
    """The whole table."""

    minutes: int = Field(alias="menit", ge=1, le=24 * 60)
    opening: Localized = Field(alias="awalan")
    marks: Marks = Field(alias="penanda")
    aspects: Mapping[str, Aspect] = Field(alias="bagian")
    subjects: Mapping[str, Subject] = Field(alias="pokok")
    checklist: Checklist = Field(alias="periksa")
    at_place: AtPlace = Field(AtPlace.parse_obj({}), alias="di_tempat")

    @validator("opening")
    def _names_the_subject(cls, opening: Localized) -> Localized:
        opening.require({"pokok"})
        return opening

    @validator("aspects")
    def _others_are_known(cls, aspects: Mapping[str, Aspect]) -> Mapping[str, Aspect]:
        for name, one in aspects.items():
            if one.alone_else not in (None, *aspects):
                raise ValueError(f"bagian {name}: bagian '{one.alone_else}' tidak ada di sini")
        return aspects

    @validator("aspects")
    def _parts_are_known(cls, aspects: Mapping[str, Aspect]) -> Mapping[str, Aspect]:
        for name, one in aspects.items():
            named = [*one.after, one.alone_else, one.on_day]
            for other in (each for each in named if each and each not in aspects):
                raise EditError(f"bagian {name}: bagian '{other}' tidak ada", name, other)
        return aspects

    @validator("subjects")
    def _aspects_are_known(
        cls, subjects: Mapping[str, Subject], values: Mapping[str, Mapping[str, Aspect]]
    ) -> Mapping[str, Subject]:
        aspects = values.get("aspects", {})
        for name, one in aspects.items():
            for other in {one.as_subject, *one.after_subject} - {None, *subjects}:
                raise ValueError(f"bagian {name}: pokok '{other}' tidak ada di bawah")
        for name, subject in subjects.items():
            named = [("tanya", each) for each in subject.asks]
            named += [("umum", each) for each in subject.as_general]
            for where, aspect in named:
                if aspect not in aspects:
                    words = f"pokok {name}: bagian '{aspect}' tidak ada di atas"
                    raise EditError(words, name, where, aspect)
            people = (("dewasa", subject.for_adult), ("anak", subject.for_child))
            for whose, other in people:
                if other not in (None, *subjects):
                    words = f"pokok {name}: {whose} '{other}' bukan pokok di sini"
                    raise EditError(words, name, whose)
            for aspect in subject.as_general:
                if aspects[aspect].in_general is None:
                    raise ValueError(f"pokok {name}: bagian '{aspect}' belum punya 'umum'")
        return subjects

    def ask(self, subject: str | None, aspect: str, application: str | None = None) -> Ask | None:
        """The question that the two make, of the application that goes with the subject where that
        tells; None when the table has no answer for it.
        """
        if subject and application and aspect in self.subjects[subject].of_application:
            return self.ask(application, aspect) or self.ask(subject, aspect)
        general = self.aspects[aspect].in_general
        if subject is None:
            return general
        known = self.subjects[subject]
        return known.asks.get(aspect) or (general if aspect in known.as_general else None)

    def for_family(self, subject: str | None, aspect: str) -> Ask | None:
        """What is asked for somebody else of the family, where it is not the same once more."""
        own = self.subjects[subject].for_family if subject else None
        return own or self.aspects[aspect].for_family

    @property
    def child_subjects(self) -> frozenset[str]:
        """The subjects that are a child's."""
        return frozenset(one.for_child for one in self.subjects.values() if one.for_child)

    def of_age(self, subject: str | None, is_child: bool) -> str | None:
        """The same subject for a child or a grown-up; where nothing is talked about, the general
        one.
        """
        known = self.subjects.get(subject or "") or self.subjects.get(
            self.checklist.in_general or ""
        )
        other = known and (known.for_child if is_child else known.for_adult)
        return other or subject or self.checklist.in_general

    def subject_of(self, intent: str, kind: str | None, situation: str | None = None) -> str | None:
        """The subject that a question leaves behind: by its situation, by its intent, else by the
        kind it names.
        """
        in_it = (name for name, one in self.subjects.items() if situation in one.situations)
        if (told := next(in_it, None)) is not None:
            return told
        for name, subject in self.subjects.items():
            if intent in subject.left_by:
                return name
        named = (name for name, subject in self.subjects.items() if kind and kind in subject.kinds)
        return next(named, None)

    def application_in(self, subject: str | None, named: Collection[str]) -> str | None:
        """The application among those named that goes with a subject which only says for whom it
        is: renewing, of "istri hamil mau perpanjang paspor".
        """
        if subject is None or not self.subjects[subject].of_application:
            return None
        return next((name for name in self.subjects if name in named and name != subject), None)

    def aspect_of(self, intent: str) -> str | None:
        """The aspect that a question leaves behind."""
        if any(intent in subject.left_by for subject in self.subjects.values()):
            return self._aspect_of_subject(intent)
        found = (name for name, aspect in self.aspects.items() if intent in aspect.left_by)
        return next(found, None)

    def bare_aspect_of(self, intent: str) -> str | None:
        """The aspect that a question of this intent asks of whatever is talked about."""
        aspects = ((name, one) for name, one in self.aspects.items() if not one.keeps_subject)
        return next((name for name, one in aspects if intent in one.left_by), None)

    def general_aspect_of(self, intent: str) -> str | None:
        """The aspect that this intent answers where nothing is talked about: a grown-up's first
        passport for "bawa apa".
        """
        asked = ((name, one.in_general) for name, one in self.aspects.items())
        whole = (name for name, ask in asked if ask and ask.intent == intent and not ask.entities)
        found = next(whole, None)
        return None if found is None or self.aspects[found].keeps_subject else found

    def aspect_asked_by(self, intent: str) -> str | None:
        """The aspect that a question of this intent asks, of whatever subject."""
        return self.bare_aspect_of(intent) or self._aspect_of_subject(intent)

    def _aspect_of_subject(self, intent: str) -> str | None:
        for subject in self.subjects.values():
            for aspect, ask in subject.asks.items():
                if ask.intent == intent and intent in subject.left_by:
                    return aspect
        return None

    def commands(self) -> Iterator[tuple[tuple[str, ...], Ask]]:
        """Every question of the table, with its place in the file."""
        for name, aspect in self.aspects.items():
            general = {
                "umum": aspect.in_general,
                "keluarga": aspect.for_family,
                "di_tempat": aspect.at_place,
            }
            yield from ((("bagian", name, where), ask) for where, ask in general.items() if ask)
            for other, ask in aspect.after.items():
                yield ("bagian", name, "sesudah", other), ask
            for other, ask in aspect.after_subject.items():
                yield ("bagian", name, "sesudah_pokok", other), ask
            for part, ask in aspect.parts_alone.items():
                yield ("bagian", name, "sebagian_saja", part), ask
        for name, subject in self.subjects.items():
            if subject.for_family:
                yield ("pokok", name, "keluarga"), subject.for_family
            for aspect_name, ask in subject.asks.items():
                yield ("pokok", name, "tanya", aspect_name), ask

    def intents(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """Every intent that leaves something behind, with its place in the file."""
        for name, aspect in self.aspects.items():
            yield from ((("bagian", name, "dari"), intent) for intent in aspect.left_by)
        for name, subject in self.subjects.items():
            yield from ((("pokok", name, "dari"), intent) for intent in subject.left_by)


def read_follow_ups(path: Path = FILE) -> FollowUps:
    """The table of a file.

    Raises:
        YamlError: with file, line and what to write instead.
    """
    return read_as(path, FollowUps)


@lru_cache(maxsize=1)
def follow_ups() -> FollowUps:
    """The table of the checkout, read once."""
    return read_follow_ups()
