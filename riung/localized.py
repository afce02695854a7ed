"""Words in the languages that Riung speaks: one form in every file of `kalimat/`, one way to fill.

nama: {id: "sisa {sisa} tempat", en: "{sisa} places left"}
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

from pydantic import Field, validator

from riung import limits
from riung.validation import Edited, EditError

Language = Literal["id", "en"]

LANGUAGE = "language"
"""Key of a bot message's metadata: what it is in, where that is not Indonesian."""

LANGUAGES: tuple[Language, ...] = ("id", "en")

_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_.]*)\}")
_BRACKET = re.compile(r"[{}]")


class Localized(Edited):
    """A sentence, a label or a piece of one, in Indonesian and in English."""

    id: str = Field(min_length=1)
    en: str = Field(min_length=1)

    @validator("id", "en")
    def _brackets_match(cls, text: str) -> str:
        if _BRACKET.search(_PLACEHOLDER.sub("", text)):
            raise ValueError("kurung kurawal harus berpasangan: {nama}, huruf kecil, tanpa spasi")
        return text

    def in_language(self, language: str) -> str:
        """The text in that language; in Indonesian where we speak another one."""
        return self.en if language == "en" else self.id

    def say(self, language: str, **values: object) -> str:
        """The text with its values."""
        return fill(self.in_language(language), values)

    def placeholders(self) -> list[str]:
        """The names between curly brackets in either language."""
        return list(dict.fromkeys([*placeholders(self.id), *placeholders(self.en)]))

    def require(self, known: Iterable[str], *where: str | int) -> None:
        """Raise a mistake at `where` for a placeholder that nothing fills."""
        for language in LANGUAGES:
            for name in placeholders(self.in_language(language)):
                if name not in known:
                    there = ", ".join(f"{{{one}}}" for one in sorted(known)) or "tanpa kurung"
                    words = f"{{{name}}} tidak ada di kalimat ini; yang ada: {there}"
                    raise EditError(words, *where, language)

    def require_all(self, names: Iterable[str], *where: str | int) -> None:
        """Raise a mistake at `where` for a value that one of the languages leaves out."""
        for language in LANGUAGES:
            for name in names:
                if name not in placeholders(self.in_language(language)):
                    raise EditError(f"{{{name}}} harus ada di kalimat ini", *where, language)

    def fit_a_row(self, *where: str | int) -> None:
        """Raise a mistake at `where` for what is too long to be tapped, in either language."""
        for language in LANGUAGES:
            try:
                limits.fitting(self.in_language(language), limits.ROW_TITLE)
            except ValueError as error:
                raise EditError(str(error), *where, language) from error


class Plain(Localized):
    """Words that nothing fills: a bracket would reach the citizen as it stands."""

    @validator("id", "en")
    def _has_no_placeholder(cls, text: str) -> str:
        if found := placeholders(text):
            raise ValueError(f"{{{found[0]}}} tidak diisi di sini; tulis kata biasa")
        return text


class ButtonTitle(Plain):
    """What stands on a button."""

    @validator("id", "en")
    def _fits(cls, text: str) -> str:
        return limits.fitting(text, limits.BUTTON_TITLE)


Value = Localized | str
"""What fills a placeholder: the same in every language, or told in each."""


def in_both(say: Callable[[str], str]) -> dict[str, str]:
    """What `say` makes of each language: a date, for a reader whose language is not known here."""
    return {language: say(language) for language in LANGUAGES}


def placeholders(text: str) -> list[str]:
    """The names between curly brackets, each once, in order."""
    return list(dict.fromkeys(_PLACEHOLDER.findall(text)))


def fill(text: str, values: Mapping[str, Any]) -> str:
    """The text with a value for each placeholder.

    Raises:
        KeyError: a value is missing.
    """
    return _PLACEHOLDER.sub(lambda found: str(values[found[1]]), text)
