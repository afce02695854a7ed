"""The channel's own sentences, from `kalimat/saluran.yml`; the dialogue says everything else."""

from __future__ import annotations

from pathlib import Path

from pydantic import validator

from riung import limits
from riung.localized import ButtonTitle, Plain
from riung.validation import Edited, edited_file, read_as

PATH = edited_file("kalimat/saluran.yml")


class Sentence(Plain):
    """A sentence that fits into a message with buttons."""

    @validator("id", "en")
    def _fits(cls, text: str) -> str:
        return limits.fitting(text, limits.INTERACTIVE_BODY)


class Words(Edited):
    """One attribute a sentence, named as in the file."""

    gangguan: Sentence
    tidak_didukung: Sentence
    terlalu_banyak: Sentence
    silakan_pilih: Sentence
    lihat_pilihan: ButtonTitle


def read_words(path: Path = PATH) -> Words:
    """The sentences, each there and short enough.

    Raises:
        YamlError: with file, line and what to write instead.
    """
    return read_as(path, Words)
