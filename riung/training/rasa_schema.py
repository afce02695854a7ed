"""The shape of Rasa's files as trainers write them: a slip of the hand gets a line and words."""

from __future__ import annotations

import re
from typing import Any, Literal

from pydantic import BaseModel, Extra, Field, StrictStr, conlist, root_validator, validator
from pydantic.errors import DictError

from riung.validation import EditError, allow_nothing

Version = Literal["3.1"]
"""Rasa passes over a file of any other version, and says so to nobody."""

_MONTH = re.compile(r"^20\d\d(-(0[1-9]|1[0-2]))?$")
_SLOT_TYPES = ("text", "bool", "float", "list", "any", "categorical")
_MAPPINGS = ("from_entity", "from_text", "from_intent", "from_trigger_intent", "custom")
_STEPS = ("intent", "user", "action", "bot", "slot_was_set", "active_loop", "checkpoint", "or")


class _Shape(BaseModel):
    class Config:
        extra = Extra.forbid

        @staticmethod
        def schema_extra(schema: dict[str, Any], model: type[BaseModel]) -> None:
            allow_nothing(schema, model)

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
    description: str = ""


class AnswerCondition(_Shape):
    """When a wording is meant: while a slot holds this value."""

    type: Literal["slot"]
    name: StrictStr
    value: Any


class Variation(_Shape):
    """One wording of an answer."""

    text: str = ""
    buttons: list[Button] = []
    image: str = ""
    custom: dict[str, Any] = {}
    metadata: dict[str, Any] = {}
    condition: list[AnswerCondition] = []
    channel: str = ""

    @validator("metadata")
    def _is_of_a_month(cls, metadata: dict[str, Any]) -> dict[str, Any]:
        if not _MONTH.match(str(metadata.get("per", "2026"))):
            raise EditError("'per' harus tahun atau bulan, misalnya \"2026-11\"", "per")
        return metadata


class Step(_Shape):
    """One step of a rule or story."""

    intent: StrictStr | None
    user: str | None
    entities: list[str | dict[str, Any]] = []
    action: StrictStr | None
    bot: str | None
    slot_was_set: list[str | dict[str, Any]] | None
    active_loop: StrictStr | None
    checkpoint: str | None
    either: list[dict[str, Any]] | None
    metadata: dict[str, Any] = {}

    class Config:
        """Rasa's word is Python's."""

        fields = {"either": "or"}

    @root_validator(pre=True)
    def _says_something(cls, values: dict[str, Any]) -> dict[str, Any]:
        said = [key for key in values if key in _STEPS]
        if not said:
            raise ValueError(f"langkah butuh salah satu: {', '.join(_STEPS[:1] + _STEPS[2:6])}")
        for key in ("intent", "action"):
            if key in values and not values[key]:
                raise ValueError(f"'{key}' kosong; tulis namanya")
        if len({*said} - {"user"}) > 1:  # an intent may stand with the words that mean it
            raise ValueError(f"satu langkah satu tanda hubung; tulis '- {said[-1]}: …'")
        return values


class RuleCondition(_Shape):
    """What has to hold before a rule's first step."""

    active_loop: StrictStr | None
    slot_was_set: list[str | dict[str, Any]] | None


class Rule(_Shape):
    """What follows what."""

    rule: str | None
    story: str | None
    steps: list[Step]
    condition: list[RuleCondition] = []
    wait_for_user_input: bool = True
    conversation_start: bool = False
    metadata: dict[str, Any] = {}

    @validator("steps")
    def _has_steps(cls, steps: list[Step]) -> list[Step]:
        if not steps:
            raise ValueError("butuh langkah; tulis '- intent: …' lalu '- action: …'")
        return steps


class Examples(_Shape):
    """Sentences of one intent; the block of lines begins with `examples: |`."""

    intent: str | None
    synonym: str | None
    regex: str | None
    lookup: str | None
    examples: StrictStr
    metadata: dict[str, Any] = {}

    @root_validator(pre=True)
    def _belong_to_something(cls, values: dict[str, Any]) -> dict[str, Any]:
        if not any(values.get(key) for key in ("intent", "synonym", "regex", "lookup")):
            raise ValueError("tulis '- intent: nama_maksud' di atas 'examples: |'")
        return values


class Topic(_Shape):
    """A file of `data/`."""

    version: Version
    responses: dict[str, list[Variation]] = {}
    rules: list[Rule] = []
    stories: list[Rule] = []
    nlu: list[Examples] = []

    @validator("responses", pre=True)
    def _is_mapping(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            raise DictError()
        return value


class MappingCondition(_Shape):
    """Where a slot is filled in this way: in a form, or at one of its questions."""

    active_loop: StrictStr | None
    requested_slot: StrictStr | None


class SlotMapping(_Shape):
    """One way to fill a slot. Rasa passes over a key that it does not know."""

    type: str
    conditions: list[MappingCondition] = []
    entity: StrictStr | None
    role: StrictStr | None
    group: StrictStr | None
    intent: StrictStr | list[StrictStr] | None
    not_intent: StrictStr | list[StrictStr] | None
    value: Any
    action: StrictStr | None

    @validator("type")
    def _type_exists(cls, name: str) -> str:
        if name not in _MAPPINGS:
            choices = ", ".join(_MAPPINGS)
            raise EditError(f"'type: {name}' tidak dikenal; pilih: {choices}")
        return name


class Slot(_Shape):
    """What a conversation remembers."""

    type: str
    mappings: list[SlotMapping]
    influence_conversation: bool = True
    initial_value: Any
    values: list[Any] = []
    min_value: float | None
    max_value: float | None

    @validator("type")
    def _type_exists(cls, name: str) -> str:
        if name not in _SLOT_TYPES and "." not in name:
            choices = ", ".join(_SLOT_TYPES)
            raise ValueError(f"'{name}' bukan jenis slot; pilih salah satu: {choices}")
        return name


class Form(_Shape):
    """Slots that are asked for one after the other."""

    required_slots: list[str]
    ignored_intents: str | list[str] = []


class Session(_Shape):
    """When a conversation begins anew."""

    session_expiration_time: float = Field(gt=0)
    carry_over_slots_to_new_session: bool = True


class Domain(_Shape):
    """`domain.yml`."""

    version: Version
    intents: list[str | dict[str, Any]]
    entities: list[str | dict[str, Any]] = []
    slots: dict[str, Slot] = {}
    forms: dict[str, Form] = {}
    actions: list[StrictStr] = []
    responses: dict[str, list[Variation]] = {}
    session_config: Session | None
    config: dict[str, Any] = {}

    @validator("intents", "entities", "actions")
    def _stand_once(cls, entries: list[Any]) -> list[Any]:
        names = [str(next(iter(one), "")) if isinstance(one, dict) else one for one in entries]
        for place, name in enumerate(names):
            if name in names[:place]:
                raise EditError(f"'{name}' sudah ada di atas; hapus salah satu", place)
        return entries


class Component(_Shape, extra=Extra.allow):
    """A part of the pipeline or a policy; `make check` asks the component about its settings."""

    name: StrictStr


class Pipeline(_Shape):
    """`config.yml`."""

    recipe: str
    language: str = ""
    assistant_id: str
    pipeline: conlist(Component, min_items=1)  # type: ignore[valid-type]
    policies: conlist(Component, min_items=1)  # type: ignore[valid-type]
    spaces: list[dict[str, Any]] = []
