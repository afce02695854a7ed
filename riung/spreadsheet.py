"""Tables as CSV that an office's spreadsheet opens with one click, and that cannot harm it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

_FORMULA = re.compile(r"(^|[,;\t|])(\s*)(?=[=+\-@\t\r＝＋－＠])")
"""Where a program that splits at another separator would see the beginning of a formula."""

_KEPT_AS_TEXT = re.compile(r"0\d+|\d{12,}")
"""Digits of which a spreadsheet drops the first zero, or rounds the last."""


def as_csv(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with BOM and semicolons, as spreadsheets set to Indonesian expect it."""
    written = io.StringIO()
    lines = csv.writer(written, delimiter=";")
    lines.writerow(heading)
    for row in rows:
        lines.writerow([cell(value) for value in row])
    return written.getvalue().encode("utf-8-sig")


def cell(value: object) -> object:
    """A text that begins like a formula stays text; digits stay as they are."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    if _KEPT_AS_TEXT.fullmatch(value):
        return f'="{value}"'
    return _FORMULA.sub(r"\1\2'", value)
