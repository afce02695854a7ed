"""A menu as an office's file has it: the rows of its base, and what the office has otherwise.

The base (`offices/nasional.yml`) holds the rows that all offices share. An office writes only what
differs: other words for a row (`ubah`), rows of its own (`tambah`), rows that it lacks (`tanpa`).
Rows of services that are switched off need no word: `riung.office.menu` leaves them out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from pydantic import Field, root_validator, validator

from riung import limits
from riung.validation import Edited, EditError, Location, unknown

OFFICE_NAME = "{nama_singkat}"
"""Stands in a title for the office's short name."""


def _fitting_label(label: str) -> str:
    """One line of words: WhatsApp refuses the whole list for a row without any."""
    if not label.strip() or "\n" in label:
        raise ValueError("harus satu baris yang tidak kosong")
    return limits.fitting(label, limits.ROW_TITLE)


def _without_braces(title: str) -> str:
    if re.search(r"[{}]", title.replace(OFFICE_NAME, "")):
        raise ValueError(f"hanya {OFFICE_NAME} yang diisi di sini; tulis kata biasa")
    return title


class RowWords(Edited):
    """Other words for a row of the base; what is not written stays as it is."""

    label: str | None = None
    keterangan: str | None = None
    judul: str | None = None

    @validator("label")
    def _label_fits(cls, label: str) -> str:
        return _fitting_label(label)

    @validator("judul")
    def _title_has_no_other_braces(cls, title: str) -> str:
        return _without_braces(title)

    @validator("keterangan")
    def _description_fits(cls, text: str) -> str:
        return limits.fitting(text, limits.ROW_DESCRIPTION)


class MenuOption(Edited):
    """One line of a menu: a branch with `pilihan`, or a leaf that asks an intent (`tanya`)."""

    id: str = Field(regex=r"^[a-z][a-z0-9_]*$")
    label: str
    keterangan: str = ""
    judul: str = ""
    tanya: str = ""
    isi: dict[str, str] = {}
    pilihan: tuple[MenuOption, ...] = ()

    @root_validator(skip_on_failure=True)
    def _branch_or_leaf(cls, values: dict[str, Any]) -> dict[str, Any]:
        if bool(values["tanya"]) == bool(values["pilihan"]):
            raise ValueError("isi salah satu: 'tanya' (sebuah intent) atau 'pilihan' (submenu)")
        if values["pilihan"] and not values["judul"]:
            raise ValueError("submenu butuh 'judul', kalimat di atas pilihannya")
        _check_options(values["pilihan"], "pilihan")
        return values

    @validator("label")
    def _label_fits(cls, label: str) -> str:
        return _fitting_label(label)

    @validator("judul")
    def _title_has_no_other_braces(cls, title: str) -> str:
        return _without_braces(title)

    @validator("keterangan")
    def _description_fits(cls, text: str) -> str:
        return limits.fitting(text, limits.ROW_DESCRIPTION)


class AddedRow(MenuOption):
    """A row of the office's own: in which branch (none: the main menu), and after which row."""

    di: str = ""
    sesudah: str = ""

    def as_option(self) -> MenuOption:
        """The row without where it goes."""
        return MenuOption.construct(**{name: getattr(self, name) for name in MenuOption.__fields__})


Options = tuple[MenuOption, ...]


Tree = TypeVar("Tree", bound="MenuTree")


class MenuTree(Edited):
    """A menu in one language; `pilihan` already holds what the other three keys say."""

    judul: str
    kembali: str = Field(..., min_length=1, max_length=limits.ROW_TITLE)
    petunjuk: str = ""
    pilihan: Options
    ubah: dict[str, RowWords] = {}
    tambah: tuple[AddedRow, ...] = ()
    tanpa: tuple[str, ...] = ()

    @validator("judul", "petunjuk")
    def _title_has_no_other_braces(cls, title: str) -> str:
        return _without_braces(title)

    @root_validator(skip_on_failure=True)
    def _rows_are_the_offices(cls, values: dict[str, Any]) -> dict[str, Any]:
        options: Options = values["pilihan"]
        _check_options(options, "pilihan")
        for path in values["tanpa"]:
            options = _at(options, path, lambda _: (), ("tanpa",))
        for path, words in values["ubah"].items():
            options = _at(options, path, partial(_reworded, words), ("ubah", path))
        for place, row in enumerate(values["tambah"]):
            options = _with(options, row, place)
        return {**values, "pilihan": options}

    def named(self: Tree, office: str) -> Tree:
        """The menu with the office's short name in its titles."""
        title = self.judul.replace(OFFICE_NAME, office)
        return self.copy(update={"judul": title, "pilihan": _named(self.pilihan, office)})


class Menu(MenuTree):
    """The office's menu, with an optional English one for foreigners."""

    en: MenuTree | None = None


def _reworded(words: RowWords, row: MenuOption) -> Options:
    return (row.copy(update=words.dict(exclude_none=True)),)


def _named(options: Options, office: str) -> Options:
    return tuple(
        option.copy(
            update={
                "judul": option.judul.replace(OFFICE_NAME, office),
                "pilihan": _named(option.pilihan, office),
            }
        )
        for option in options
    )


def _at(
    options: Options, path: str, changed: Callable[[MenuOption], Options], where: Location
) -> Options:
    """The rows with the one at `path` changed; `where` is where the file names it.

    Raises:
        EditError: there is no such row.
    """
    first, _, rest = path.partition(".")
    ids = [option.id for option in options]
    if first not in ids:
        raise EditError(f"baris menu '{first}' {unknown(first, ids)}", *where)
    found: list[MenuOption] = []
    for option in options:
        if option.id != first:
            found.append(option)
        elif not rest:
            found += changed(option)
        else:
            inside = _at(option.pilihan, rest, changed, where)
            found.append(option.copy(update={"pilihan": inside}))
    _refuse_twice(found, lambda _: where)
    return tuple(found)


def _with(options: Options, row: AddedRow, place: int) -> Options:
    """The rows with an added one in its branch."""
    if not row.di:
        return _inserted(options, row, place)

    def extended(branch: MenuOption) -> Options:
        return (branch.copy(update={"pilihan": _inserted(branch.pilihan, row, place)}),)

    return _at(options, row.di, extended, ("tambah", place, "di"))


def _inserted(options: Options, row: AddedRow, place: int) -> Options:
    ids = [option.id for option in options]
    if row.sesudah and row.sesudah not in ids:
        words = f"sesudah: baris '{row.sesudah}' {unknown(row.sesudah, ids)}"
        raise EditError(words, "tambah", place, "sesudah")
    at = ids.index(row.sesudah) + 1 if row.sesudah else len(ids)
    together = (*options[:at], row.as_option(), *options[at:])
    _refuse_many(together, "tambah", place)
    _refuse_twice(together, lambda _: ("tambah", place))
    return together


def _check_options(options: Options, key: str) -> None:
    _refuse_many(options, key)
    _refuse_twice(options, lambda place: (key, place))


def _refuse_many(options: Options, *where: str | int) -> None:
    if len(options) > limits.LIST_ROWS - 1:
        words = f"paling banyak {limits.LIST_ROWS - 1} pilihan; baris ke-10 untuk kembali"
        raise EditError(words, *where)


def _refuse_twice(options: Sequence[MenuOption], where: Callable[[int], Location]) -> None:
    """Refuse a name that two rows have; `where` is where the file has the row of that place."""
    for key in ("id", "label"):
        seen: set[str] = set()
        for place, option in enumerate(options):
            name = getattr(option, key).casefold().strip()
            if name in seen:
                words = f"{key} '{name}' dipakai dua kali di menu ini; ganti salah satu"
                raise EditError(words, *where(place), key)
            seen.add(name)


MenuOption.update_forward_refs()
AddedRow.update_forward_refs()
