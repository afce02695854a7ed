"""Digits as people type them: of any script, with marks between them."""

from __future__ import annotations

import re
import unicodedata


def plain_digits(text: str) -> str:
    """`text` with every decimal digit as 0 to 9: full-width, Arabic and Devanagari ones too."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in text)


def digits_of(text: str) -> str:
    """The digits of `text` as 0 to 9, without the marks people put between them."""
    return re.sub(r"\D", "", plain_digits(text))
