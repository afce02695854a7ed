"""`make check`: every figure and date in an answer or an office's text comes from a cited fact.

A citizen acts on a figure: pays it, comes on that day. So each one must stand in a fact that the
answer cites (`metadata: {sumber: […]}`) or that the office's file cites for the value (`sumber:`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from riung.office.facts import Fact
from riung.yaml_files import YamlError, YamlMapping, line_of, read_yaml

_NO_FIGURES = re.compile(r"\{[^{}]*\}|\*\d\*|\"[^\"]*\"")
"""Placeholders, digits to type (`*0* menu`) and quoted examples of what to write state nothing."""
_AMOUNT = re.compile(r"\d+(?:[.,:]\d+)*")
_PRICE = re.compile(r"Rp ?(\d+(?:\.\d{3})+)")
_MONTHS = (
    "januari|february|februari|january|maret|march|april|mei|may|juni|june|juli|july|agustus|august"
    "|september|oktober|october|november|desember|december"
)
_MONTH = re.compile(rf"(?<=\d )(?:{_MONTHS})\b|\b(?:{_MONTHS})(?= \d)", re.IGNORECASE)
"""Beside a figure only: "it may take" names no month."""
_MONTH_NUMBERS = {
    "januari": 1, "january": 1, "februari": 2, "february": 2, "maret": 3, "march": 3, "april": 4,
    "mei": 5, "may": 5, "juni": 6, "june": 6, "juli": 7, "july": 7, "agustus": 8, "august": 8,
    "september": 9, "oktober": 10, "october": 10, "november": 11, "desember": 12, "december": 12,
}  # fmt: skip
_ISO_DATE = re.compile(r"\b(20\d\d)-(\d\d)(?:-(\d\d))?\b")

_TEXTS = ("nama", "alamat", "kontak", "jam", "teks", "fakta", "tempat")
"""What an office's file says to citizens."""

_NO_WORDS = re.compile(
    r"tempat\.\w+\.(id|sebutan|koordinat|pendaftaran|layanan|datang_awal_menit|kuota|aturan)"
    r"|alamat\.koordinat|jam\.\w+\.hari|fakta\.jumlah|fakta\.batas\.(simpan_antrean|status_terakhir)"
)
"""Parts of those that are rules of the office's own, or read by the program alone."""

_Location = tuple[str | int, ...]


@lru_cache(maxsize=8192)
def figures(text: str) -> frozenset[str]:
    """The figures of a text, written alike: `Rp650.000` and `650000`, `08.00` and `8:00`.

    A month is a figure too (`bulan 8`); placeholders and digits to type are none.
    """
    plain = _NO_FIGURES.sub(" ", text)
    months = {f"bulan {_MONTH_NUMBERS[name.casefold()]}" for name in _MONTH.findall(plain)}
    return frozenset(months | {_alike(amount) for amount in _AMOUNT.findall(plain)})


def _alike(amount: str) -> str:
    parts = re.split(r"[.,:]", amount)
    grouped = len(parts) > 1 and all(len(part) == 3 for part in parts[1:])
    if grouped or len(parts) == 1:
        return str(int("".join(parts)))
    return ":".join(str(int(part)) for part in parts)


def supported(cited: Iterable[Fact]) -> frozenset[str]:
    """The figures that these facts bear out."""
    found: frozenset[str] = frozenset()
    for fact in cited:
        found |= figures(fact.text) | _of_value(fact.value) | figures(fact.as_of or "")
        found |= _of_dates(fact.as_of or "")
    return found


def _of_value(value: Any) -> frozenset[str]:
    if isinstance(value, Mapping):
        return frozenset(
            {one for key, item in value.items() for one in _of_value(item) | figures(str(key))}
        )
    if isinstance(value, (list, tuple)):
        return frozenset({one for item in value for one in _of_value(item)})
    return figures(str(value)) | _of_dates(str(value))


def _of_dates(text: str) -> set[str]:
    """The figures of dates written as 2026-08-31: year, month and day."""
    found: set[str] = set()
    for year, month, day in _ISO_DATE.findall(text):
        found |= {year, f"bulan {int(month)}"} | ({str(int(day))} if day else set())
    return found


def mistakes(
    known: Mapping[str, Fact], answers: Mapping[str, tuple[Path, Any]], offices: Iterable[Path]
) -> Iterator[YamlError]:
    """Cited facts that do not exist, and figures that no cited fact bears out.

    Args:
        known: the facts by id.
        answers: response name → its file and the file's content.
        offices: the files of `offices/`.
    """
    for name, (path, content) in answers.items():
        yield from _of_answer(known, path, content, name)
    for path in offices:
        yield from _of_office(known, path)


def _of_answer(
    known: Mapping[str, Fact], path: Path, content: Any, name: str
) -> Iterator[YamlError]:
    for place, wording in enumerate(content["responses"][name]):
        where = ("responses", name, place)
        cited = (wording.get("metadata") or {}).get("sumber") or ()
        for missing in [one for one in cited if one not in known]:
            line = line_of(content, (*where, "metadata", "sumber"))
            yield YamlError(path, line, f"{name}: fakta '{missing}' tidak ada di fakta/")
        if price := _PRICE.search(wording.get("text", "")):
            line = _line_of_figure(content, (*where, "text"), wording["text"], _alike(price[1]))
            words = "harga ditulis di offices/nasional.yml; di sini {kantor.fakta.tarif.…}"
            yield YamlError(path, line, f"{name}: '{price[0]}': {words}")
        borne_out = supported(known[one] for one in cited if one in known)
        for figure in sorted(figures(wording.get("text", "")) - borne_out):
            line = _line_of_figure(content, (*where, "text"), wording["text"], figure)
            words = f"{name}: '{figure}' tidak ada di fakta yang disebut sumbernya"
            yield YamlError(path, line, f"{words}; tambahkan id faktanya di sumber, atau perbaiki")


def _line_of_figure(content: Any, where: _Location, text: str, figure: str) -> int:
    """The line of a block text on which a figure stands."""
    lines = text.splitlines()
    offset = next((i for i, line in enumerate(lines, 1) if figure in figures(line)), 0)
    return line_of(content, where) + (offset if len(lines) > 1 else 0)


def _of_office(known: Mapping[str, Fact], path: Path) -> Iterator[YamlError]:
    content = read_yaml(path)
    if not isinstance(content, YamlMapping):
        return  # told by its own reader
    listed: dict[str, Any] = content.get("sumber") or {}
    sources = {value: entry for value, entry in listed.items() if isinstance(entry, Mapping)}
    for value, entry in sources.items():
        for missing in [one for one in entry.get("fakta") or () if one not in known]:
            line = line_of(content, ("sumber", value))
            yield YamlError(path, line, f"{value}: fakta '{missing}' tidak ada di fakta/")
    for where, dotted, text in _texts(content):
        cited = _sources_of(sources, dotted)
        borne_out = supported(known[one] for one in cited if one in known)
        for figure in sorted(figures(text) - borne_out):
            words = f"{dotted}: '{figure}' tidak ada di fakta yang disebut di bagian sumber"
            yield YamlError(path, line_of(content, where), words)


def _texts(content: Mapping[str, Any]) -> Iterator[tuple[_Location, str, str]]:
    """The texts for citizens: where, dotted path (a place by its id), text."""
    waiting: list[tuple[_Location, str, Any]] = [
        ((key,), key, content[key]) for key in _TEXTS if key in content
    ]
    while waiting:
        where, dotted, node = waiting.pop()
        if isinstance(node, Mapping):
            if node.get("contoh") is True:  # marked as not yet confirmed by the office
                continue
            below = [((*where, key), f"{dotted}.{key}", item) for key, item in node.items()]
            waiting += [part for part in below if not _NO_WORDS.fullmatch(part[1])]
        elif isinstance(node, list):
            waiting += [
                ((*where, place), f"{dotted}.{_name(item, place)}", item)
                for place, item in enumerate(node)
            ]
        elif isinstance(node, (str, int)) and not isinstance(node, bool):
            yield where, dotted, str(node)


def _name(item: Any, place: int) -> str:
    return str(item["id"]) if isinstance(item, Mapping) and "id" in item else str(place)


def _sources_of(sources: Mapping[str, Any], dotted: str) -> list[str]:
    """The facts cited for a value or for what holds it; English stands on the Indonesian's."""
    plain = dotted.replace(".en_", ".")
    return [
        fact
        for value, entry in sources.items()
        if any(f"{one}.".startswith(f"{value}.") for one in (dotted, plain))
        for fact in entry.get("fakta") or ()
    ]
