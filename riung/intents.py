"""What intents are to the programs: `aturan/maksud.yml`, so that no program names one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from pydantic import Field, validator

from riung.validation import Edited, EditError, edited_file, read_as, unknown

FILE = edited_file("aturan/maksud.yml")

FURTHER = "pertanyaan_lain"
"""Entity of a further question of a message: the intent that it asks."""

ASKED_AT_THE_END = "pertanyaan_di_akhir"
"""Entity of what a grievance asks in its last clause: the intent."""


REASONS = ("misunderstood", "late", "darurat", "hapus_data", "pengaduan")
"""Why a conversation is handed over, beside the citizen's own wish, which needs no word."""


class Roles(Edited):
    """The intents by which programs do one particular thing."""

    greeting: str = Field(alias="salam")
    menu_choice: str = Field(alias="angka_menu")
    status: str
    my_bookings: str = Field(alias="antrean_saya")
    book: str = Field(alias="daftar")
    cancel_booking: str = Field(alias="batalkan")
    change_language: str = Field(alias="ganti_bahasa")
    out_of_scope: str = Field(alias="di_luar_topik")
    stop: str = Field(alias="berhenti")
    survey: str = Field(alias="penilaian")
    complaint: str = Field(alias="pengaduan")
    not_helpful: str = Field(alias="tidak_membantu")
    refuse: str = Field(alias="menolak")
    place: str = Field(alias="tempat")
    any_office: str = Field(alias="kantor_mana_pun")


class Attachments(Edited):
    """The intents that stand for messages without words."""

    media: str
    location: str = Field(alias="lokasi")
    contact: str = Field(alias="kontak")
    order: str = Field(alias="pesanan")
    form: str = Field(alias="formulir")
    other: str = Field(alias="lain")


class Intents(Edited):
    """The file."""

    courtesy: frozenset[str] = Field(alias="santun")
    other_small_talk: frozenset[str] = Field(alias="basa_basi")
    background: frozenset[str] = Field(alias="latar")
    other_without_topic: frozenset[str] = Field(alias="tanpa_topik")
    own_record: frozenset[str] = Field(alias="data_sendiri")
    told_at_length: tuple[str, ...] = Field(alias="cerita")
    form_answers: frozenset[str] = Field(alias="jawaban_isian")
    beside_fragment: frozenset[str] = Field(alias="di_samping")
    grown_up_and_child: tuple[str, ...] = Field((), alias="dewasa_dan_anak")
    role: Roles = Field(alias="peran")
    attachment: Attachments = Field(alias="kiriman")
    handover_reasons: Mapping[str, str] = Field(alias="alasan")

    @validator("handover_reasons")
    def _are_reasons(cls, written: Mapping[str, str]) -> Mapping[str, str]:
        for reason in written:
            if reason not in REASONS:
                raise EditError(f"alasan '{reason}' {unknown(reason, REASONS)}", reason)
        for reason in REASONS:
            if not written.get(reason):
                raise EditError(f"alasan '{reason}' belum ditulis; tulis '{reason}: …' di sini")
        return written

    @property
    def small_talk(self) -> frozenset[str]:
        """Courtesy, agreeing, refusing, the menu: no question, and no topic."""
        return self.courtesy | self.other_small_talk

    @property
    def no_question(self) -> frozenset[str]:
        """What a part of a longer message has as courtesy or as background."""
        return self.small_talk | self.background

    @property
    def no_topic(self) -> frozenset[str]:
        """What leaves a conversation's topic as it is: messages without words say none either."""
        attachments = frozenset(self.attachment.dict().values())
        return self.small_talk | self.other_without_topic | attachments

    def named(self) -> frozenset[str]:
        """Every intent that the file names."""
        lists = (self.no_question, self.no_topic, self.own_record, self.told_at_length)
        family = self.grown_up_and_child
        single = (self.role.dict().values(), self.attachment.dict().values())
        return frozenset().union(*lists, self.form_answers, self.beside_fragment, family, *single)


def read_intents(path: Path = FILE) -> Intents:
    """The intents of a file.

    Raises:
        YamlError: with file, line and what to write instead.
    """
    return read_as(path, Intents)


@lru_cache(maxsize=1)
def intents() -> Intents:
    """The intents of the checkout, read once."""
    return read_intents()
