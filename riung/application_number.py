"""The shape of an application's number: `aturan/nomor.yml`."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import Field, root_validator

from riung.validation import Edited, EditError, edited_file, read_as

FILE = edited_file("aturan/nomor.yml")


class NumberShape(Edited):
    """How many digits a number has, and from how many to how many it is one with a slip."""

    length: int = Field(alias="panjang", ge=4, le=32)
    shortest: int = Field(alias="terpendek", ge=4, le=32)
    longest: int = Field(alias="terpanjang", ge=4, le=32)

    @root_validator(skip_on_failure=True)
    def _in_order(cls, values: dict[str, Any]) -> dict[str, Any]:
        for key, fits in (
            ("terpendek", values["shortest"] <= values["length"]),
            ("terpanjang", values["length"] <= values["longest"]),
        ):
            if not fits:
                bound = "paling besar" if key == "terpendek" else "paling kecil"
                raise EditError(f"'{key}' {bound} {values['length']}, yaitu 'panjang'", key)
        return values


def read_shape(path: Path = FILE) -> NumberShape:
    """The shape that a file states.

    Raises:
        YamlError: with file, line and what to write instead.
    """
    return read_as(path, NumberShape)


@lru_cache(maxsize=1)
def number_shape() -> NumberShape:
    """The shape in force, read once."""
    return read_shape()
