"""The menu: one tree in the office file makes text, list, digits and tests.

An option has a printed digit (`angka`), a label and a payload. The shown digits and the digits
that are understood come from the same list, so they can't disagree.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import validator

from riung.digits import plain_digits
from riung.office.menu_tree import MenuOption, MenuTree
from riung.office.model import Office
from riung.office.modules import Modules, hides_row
from riung.validation import Edited, EditError, edited_file, read_as, refuse_twice

ROOT_PATH = "menu"
"""Path of the main menu; deeper paths name option ids: `paspor.paspor_baru`."""

BACK = "0"


@dataclass(frozen=True)
class Option:
    """What a citizen can choose: by digit, by tapping, or by the label's words."""

    digit: str
    label: str
    payload: str
    description: str = ""

    def as_button(self) -> dict[str, str]:
        """The option in the form Rasa's responses and channels use."""
        button = {"title": self.label, "payload": self.payload, "angka": self.digit}
        return {**button, "description": self.description} if self.description else button


@dataclass(frozen=True)
class Screen:
    """A menu as it is shown: the words above, and the options in order."""

    path: str
    title: str
    options: tuple[Option, ...]


def tree(office: Office, language: str = "id") -> MenuTree:
    """The office's menu in the conversation's language; Indonesian where there is no other.

    Rows of services that the office has switched off are left out (`aturan/modul.yml`).
    """
    menu = office.menu.en if language == "en" and office.menu.en else office.menu
    return menu.copy(update={"pilihan": _offered(menu.pilihan, office.modul)})


def _offered(options: tuple[MenuOption, ...], modules: Modules) -> tuple[MenuOption, ...]:
    """The options, at every depth, without those that are off and branches that became empty."""
    kept = []
    for option in options:
        inside = _offered(option.pilihan, modules)
        if option.tanya and hides_row(modules, option.tanya):
            continue
        if option.pilihan and not inside:
            continue
        kept.append(option if inside == option.pilihan else option.copy(update={"pilihan": inside}))
    return tuple(kept)


def find(menu: MenuTree, path: str) -> MenuTree | MenuOption | None:
    """The branch or leaf at `path`; None when the office has no such option (any more)."""
    node: MenuTree | MenuOption = menu
    if path == ROOT_PATH:
        return node
    for part in path.split("."):
        child = next((option for option in node.pilihan if option.id == part), None)
        if child is None:
            return None
        node = child
    return node


def leaf(menu: MenuTree, path: str) -> MenuOption | None:
    """The row at `path` that asks something; None for a branch and for what is not there."""
    node = find(menu, path)
    return node if isinstance(node, MenuOption) and node.tanya else None


def screen(menu: MenuTree, path: str = ROOT_PATH) -> Screen:
    """The screen of a branch.

    Raises:
        KeyError: there is no branch at `path`.
    """
    node = find(menu, path)
    if node is None or not node.pilihan:
        raise KeyError(path)
    prefix = "" if path == ROOT_PATH else f"{path}."
    options = [
        Option(str(number), option.label, choice_payload(prefix + option.id), option.keterangan)
        for number, option in enumerate(node.pilihan, start=1)
    ]
    if path != ROOT_PATH:
        parent = path.rpartition(".")[0] or ROOT_PATH
        options.append(Option(BACK, menu.kembali, choice_payload(parent)))
    return Screen(path, node.judul, tuple(options))


def choice_payload(path: str) -> str:
    """The command behind a menu row."""
    return command("pilihan", {"pilihan": path})


def command(intent: str, entities: Mapping[str, str] | None = None) -> str:
    """`/intent{"entity": "value"}`, the form in which Rasa takes a choice without classifying."""
    filled = json.dumps(entities, ensure_ascii=False) if entities else ""
    return f"/{intent}{filled}"


def numbered(options: Iterable[Option | Mapping[str, Any]], described: bool = False) -> str:
    """The options as lines `1. Label`, for the body of the message.

    With `described` the line also holds the description, where the choice depends on it.
    """
    return "\n".join(_line(option, described) for option in options)


def _line(option: Option | Mapping[str, Any], described: bool) -> str:
    shown = option.as_button() if isinstance(option, Option) else option
    description = f": {shown['description']}" if described and "description" in shown else ""
    return f"{shown['angka']}. {shown['title']}{description}"


def number(buttons: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Give buttons the digits 1, 2, 3 … in their order."""
    return [{**button, "angka": str(place)} for place, button in enumerate(buttons, start=1)]


def parse_choice(text: str) -> str | None:
    """The digit a message chooses, if the message is nothing but a choice.

    `1`, `1.`, `no 1`, `nomor satu`, `pilih 1`, `1️⃣` → "1"; `kembali` → "0"; `12` → "12" (on offer
    nowhere, but still a choice); anything else → None.
    """
    words = re.findall(r"[^\W_]+", _plain(text))
    digits, before, after = _vocabulary()
    while len(words) > 1 and words[0] in before:
        words = words[1:]
    while len(words) > 1 and words[-1] in after:
        words = words[:-1]
    if len(words) != 1:
        return None
    word = words[0]
    if word.isascii() and word.isdigit():
        return (word.lstrip("0") or BACK) if len(word) <= 2 else None
    glued = re.fullmatch(r"([a-z]+)(\d{1,2})", word)
    if glued and glued[1] in before:
        return glued[2].lstrip("0") or BACK
    return digits.get(word)


def _plain(text: str) -> str:
    """Lower case, compatibility forms resolved, keycap and variation marks removed."""
    text = unicodedata.normalize("NFKC", text[:64]) if len(text) <= 64 else ""
    return re.sub("[\u20e3\ufe0f\u200b-\u200f]", "", plain_digits(text)).casefold()


class Choices(Edited):
    """`kamus/pilihan.yml`: words for digits, and words that may stand before and after one."""

    angka: dict[str, tuple[str, ...]]
    awalan: tuple[str, ...]
    akhiran: tuple[str, ...]

    @validator("angka", pre=True)
    def _keys_are_digits(cls, words: Any) -> Any:
        for digit in words if isinstance(words, dict) else ():
            if not isinstance(digit, str) or digit not in [*"0123456789"]:
                raise EditError(f"'{digit}' harus satu angka dalam tanda kutip: \"1\"", digit)
        return words

    @validator("angka")
    def _mean_one_digit(cls, words: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        refuse_twice(words)
        return words


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[dict[str, str], frozenset[str], frozenset[str]]:
    choices = read_as(edited_file("kamus/pilihan.yml"), Choices)
    digits = {word: digit for digit, words in choices.angka.items() for word in words}
    return digits, frozenset(choices.awalan), frozenset(choices.akhiran)
