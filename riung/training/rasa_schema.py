"""The shape of Rasa's files as trainers write them: a slip of the hand gets a line and words.

Only what `make check` reads is described; the rest is Rasa's to judge.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Extra, StrictStr, ValidationError, validator
from pydantic.errors import DictError

from riung.validation import explain
from riung.yaml_files import YamlError, YamlMapping, line_of, read_yaml


class _Shape(BaseModel):
    class Config:
        extra = Extra.allow

    @classmethod
    def validate(cls, value: Any) -> _Shape:
        """Take mappings only; pydantic would make one of a list of pairs."""
        if not isinstance(value, (dict, cls)):
            raise DictError()
        return super().validate(value)


class Button(_Shape):
    """A button below an answer."""

    title: str
    payload: str


class Variation(_Shape):
    """One wording of an answer."""

    text: str = ""
    buttons: list[Button] = []


class Step(_Shape):
    """One step of a rule or story."""

    intent: str | None
    action: str | None


class Rule(_Shape):
    """What follows what."""

    steps: list[Step]


class Examples(_Shape):
    """Sentences of one intent; the block of lines begins with `examples: |`."""

    intent: str | None
    examples: StrictStr


class Topic(_Shape):
    """A file of `data/`."""

    responses: dict[str, list[Variation]] = {}
    rules: list[Rule] = []
    stories: list[Rule] = []
    nlu: list[Examples] = []

    @validator("responses", pre=True)
    def _is_mapping(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            raise DictError()
        return value


class Domain(_Shape):
    """`domain.yml`."""

    intents: list[str | dict[str, Any]]
    actions: list[str] = []
    forms: dict[str, Any] = {}


def misshapen(path: Path, shape: type[_Shape]) -> Iterator[YamlError]:
    """What is wrong with the file's shape: the first mistake, or nothing."""
    content = read_yaml(path)
    if not isinstance(content, YamlMapping):
        yield YamlError(path, 1, "berkas harus berisi 'kunci: nilai', bukan daftar")
        return
    try:
        shape.parse_obj(content)
    except ValidationError as error:
        where, words = explain(error)
        yield YamlError(path, line_of(content, where), words)
