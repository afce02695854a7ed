"""Filling the placeholders of an answer: `{kantor.alamat.lengkap}` from the office of the talk."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import structlog

from riung.office.model import Office

log = structlog.get_logger()

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*)\}")
"""`{name}` or `{kantor.path.of.value}`; the braces of a payload's JSON are no placeholder."""


def fill(content: Any, values: Mapping[str, Any], office: Office, where: str) -> Any:
    """A copy of `content` in which every text's placeholders are filled.

    What can't be filled is left out and logged under the response's name: a citizen must not see
    braces. `make check` finds such a placeholder before.
    """
    if isinstance(content, str):
        return PLACEHOLDER.sub(lambda found: _value(found[1], values, office, where), content)
    if isinstance(content, Mapping):
        return {key: fill(item, values, office, where) for key, item in content.items()}
    if isinstance(content, list):
        return [fill(item, values, office, where) for item in content]
    return content


def tidy(text: str) -> str:
    """Close the gaps that empty values leave: blanks before a line, more than one empty line."""
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"(?m)^[ \t]+", "", text)).strip()


def _value(
    name: str, values: Mapping[str, Any], office: Office, where: str, inside: tuple[str, ...] = ()
) -> str:
    """The value of one placeholder; an office's text may name other values of the office.

    `inside` holds the names that are being filled: a text that leads back to itself has no value.
    """
    value = None
    if not name.startswith("kantor."):
        value = values.get(name)
    elif name not in inside:
        text = _office_text(office, name)
        value = text and PLACEHOLDER.sub(
            lambda found: _value(found[1], values, office, where, (*inside, name)), text
        )
    if value is None:
        log.error("nlg.placeholder_empty", response=where, placeholder=name, office=office.id)
        return ""
    return str(value)


def _office_text(office: Office, name: str) -> str | None:
    try:
        return office.value(name.removeprefix("kantor."))
    except KeyError:
        return None
