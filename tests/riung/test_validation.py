"""Each mistake that our models can find has Indonesian words."""

from __future__ import annotations

import pytest
from pydantic import BaseModel, Field, ValidationError, validator

from riung.validation import explain


class Example(BaseModel):
    count: int = Field(1, ge=1, le=9)
    word: str = Field("", max_length=3)
    days: tuple[str, ...] = ()
    inner: dict[str, float] = {}

    @validator("word")
    def _no_x(cls, word: str) -> str:
        if word == "x":
            raise ValueError("jangan pakai x")
        return word


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"count": 0}, "'count' paling kecil 1"),
        ({"count": 10}, "'count' paling besar 9"),
        ({"count": "dua"}, "'count' harus angka bulat"),
        ({"count": None}, "'count' wajib diisi"),
        ({"word": "empat"}, "'word' paling banyak 3 huruf"),
        ({"word": "x"}, "'word' jangan pakai x"),
        ({"days": "senin"}, "'days' harus daftar, misalnya [satu, dua]"),
        ({"inner": {"a": "b"}}, "'inner.a' harus angka"),
        ({"inner": [("a",)]}, "'inner' harus berisi 'kunci: nilai' di baris-baris bawahnya"),
    ],
)
def test_a_mistake_is_explained(values: dict[str, object], words: str) -> None:
    with pytest.raises(ValidationError) as error:
        Example.parse_obj(values)

    assert explain(error.value)[1] == words


def test_the_place_is_told_as_a_path() -> None:
    with pytest.raises(ValidationError) as error:
        Example.parse_obj({"days": ("a", {})})

    assert explain(error.value) == (
        ("days", 1),
        "'days.1' harus kata atau kalimat; angka ditulis dalam tanda kutip",
    )
