"""The shape of Rasa's files as trainers write them: a slip of the hand gets a line and words."""

from __future__ import annotations

import re
from typing import Any, Literal

from pydantic import (
    BaseModel,
    Extra,
    Field,
    StrictBool,
    StrictStr,
    conlist,
    root_validator,
    validator,
)
from pydantic.errors import DictError
from pydantic.fields import ModelField

from riung.validation import EditError, allow_nothing

Version = Literal["3.1"]
"""Rasa passes over a file of any other version, and says so to nobody."""

_MONTH = re.compile(r"^20\d\d(-(0[1-9]|1[0-2]))?$")
_PICTURE = re.compile(r"https://[\w.-]+\.\w+(:\d+)?/\S*?\.(jpe?g|png)([?#]\S*)?$", re.IGNORECASE)
_VIEWER = re.compile(
    r"https://([\w-]+\.)*(drive|docs|photos)\.google\.|https://([\w-]+\.)*(dropbox\.com|github\.com"
    r"|goo\.gl|sharepoint\.com|onedrive\.live\.com|1drv\.ms|icloud\.com|canva\.com|facebook\.com|instagram\.com)/",
    re.IGNORECASE,
)
"""Pages that show a picture instead of being one, although its name may end the address."""

_SLOT_TYPES = ("text", "bool", "float", "list", "any", "categorical")
_MAPPINGS = ("from_entity", "from_text", "from_intent", "from_trigger_intent", "custom")
_NEEDED = {"from_entity": "entity", "from_intent": "value", "from_trigger_intent": "value"}
"""Kind of a slot's mapping → what it cannot do without."""

INTENT_LENGTH = 60
"""Characters of an intent, as the desk's tables keep it."""

_NAME = re.compile(r"^[a-z][a-z0-9_]*$")
_RESPONSE = re.compile(r"^utter_[a-z0-9_]+$")
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


class Native(_Shape, extra=Extra.allow):
    """A message that stands ready-made for the Graph API."""

    type: Literal["image", "video", "audio", "document", "location"]


class Origin(_Shape):
    """The facts that an answer stands on, and the month they speak of."""

    sumber: list[StrictStr] = []
    per: str = "2026"

    @validator("per")
    def _is_a_month(cls, month: str) -> str:
        if not _MONTH.match(month):
            raise ValueError('harus tahun atau bulan, misalnya "2026-11"')
        return month


class Variation(_Shape):
    """One wording of an answer."""

    text: StrictStr = ""
    buttons: list[Button] = []
    image: str = ""
    custom: Native | None
    metadata: Origin = Origin()
    condition: list[AnswerCondition] = []

    @validator("image")
    def _is_a_picture(cls, address: str) -> str:
        if address and _VIEWER.match(address):
            raise ValueError(
                "ini halaman untuk melihat gambar, bukan gambarnya, jadi warga tidak menerimanya; "
                "taruh gambarnya di laman kantor dan tulis alamatnya (berakhir .jpg atau .png)"
            )
        if address and not _PICTURE.match(address):
            raise ValueError(
                "harus alamat gambarnya sendiri: berawal https:// dan berakhir .jpg atau .png"
            )
        return address

    @root_validator(pre=True)
    def _is_for_every_channel(cls, values: dict[str, Any]) -> dict[str, Any]:
        if "channel" in values:
            words = "'channel' tidak dipakai di sini: semua warga membaca jawaban yang sama"
            raise EditError(f"{words}; hapus baris itu", "channel")
        return values


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

    @classmethod
    def validate(cls, value: Any) -> Any:
        """A name alone is told how to be a step."""
        if isinstance(value, str):
            word = "action" if value.startswith(("utter_", "action_")) else "intent"
            raise ValueError(f"tulis '- {word}: {value}'")
        return super().validate(value)

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
        if "examples" in values and not isinstance(values["examples"], str):
            words = "tulis 'examples: |' (dengan garis tegak), lalu baris '- kalimat'"
            raise EditError(words, "examples")
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
        for name in value:
            if not _RESPONSE.match(str(name)):
                words = f"'{name}' harus berawal utter_, huruf kecil dan garis bawah: utter_contoh"
                raise EditError(words, name)
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

    @root_validator(skip_on_failure=True)
    def _says_from_what(cls, values: dict[str, Any]) -> dict[str, Any]:
        needed = _NEEDED.get(values["type"])
        if needed and values[needed] is None:
            raise ValueError(f"'type: {values['type']}' butuh '{needed}: …'; tulis di bawahnya")
        return values


class Slot(_Shape):
    """What a conversation remembers."""

    type: str
    mappings: conlist(SlotMapping, min_items=1)  # type: ignore[valid-type]
    influence_conversation: bool = True
    initial_value: Any
    values: list[Any] = []
    min_value: float | None
    max_value: float | None

    @validator("type")
    def _type_exists(cls, name: str) -> str:
        if name not in _SLOT_TYPES:
            choices = ", ".join(_SLOT_TYPES)
            raise ValueError(f"'{name}' bukan jenis slot; pilih salah satu: {choices}")
        return name

    @root_validator(skip_on_failure=True)
    def _has_values(cls, values: dict[str, Any]) -> dict[str, Any]:
        if values["type"] == "categorical" and not values["values"]:
            raise ValueError("slot 'categorical' butuh 'values: [satu, dua]'")
        lowest, highest = values["min_value"], values["max_value"]
        if values["type"] == "float" and (lowest or 0.0) >= (1.0 if highest is None else highest):
            raise ValueError("min_value harus lebih kecil dari max_value")
        return values


class Form(_Shape):
    """Slots that are asked for one after the other."""

    required_slots: conlist(str, min_items=1)  # type: ignore[valid-type]
    ignored_intents: str | list[str] = []


class Session(_Shape):
    """When a conversation begins anew."""

    session_expiration_time: float = Field(gt=0, le=10080)
    carry_over_slots_to_new_session: StrictBool = True


class Domain(_Shape):
    """`domain.yml`."""

    version: Version
    intents: list[StrictStr]
    entities: list[StrictStr] = []
    slots: dict[str, Slot] = {}
    forms: dict[str, Form] = {}
    actions: list[StrictStr] = []
    session_config: Session | None

    @root_validator(pre=True)
    def _holds_no_answers(cls, values: dict[str, Any]) -> dict[str, Any]:
        if "responses" in values:
            raise EditError(
                "jawaban ditulis di data/<topik>/responses.yml, bukan di sini", "responses"
            )
        return values

    @validator("intents", "entities", "actions", pre=True)
    def _are_names(cls, entries: Any, field: ModelField) -> Any:
        for place, name in enumerate(entries if isinstance(entries, list) else ()):
            if isinstance(name, dict):
                words = (
                    f"tulis '- {next(iter(name), '')}' saja; setelan di belakangnya tidak dipakai"
                )
                raise EditError(words, place)
            if field.name != "actions" and isinstance(name, str) and not _NAME.match(name):
                words = (
                    f"'{name}' harus satu kata: huruf kecil, angka, dan garis bawah (huruf_kecil)"
                )
                raise EditError(words, place)
            if field.name == "intents" and isinstance(name, str) and len(name) > INTENT_LENGTH:
                raise EditError(f"nama maksud paling banyak {INTENT_LENGTH} huruf", place)
        return entries

    @validator("intents", "entities", "actions")
    def _stand_once(cls, names: list[str]) -> list[str]:
        for place, name in enumerate(names):
            if name in names[:place]:
                raise EditError(f"'{name}' sudah ada di atas; hapus salah satu", place)
        return names


class Component(_Shape, extra=Extra.allow):
    """A part of the pipeline or a policy; `make check` asks the component about its settings."""

    name: StrictStr


class Pipeline(_Shape):
    """`config.yml`."""

    recipe: Literal["default.v1"]
    language: Literal["id"] = "id"
    assistant_id: StrictStr = Field(min_length=1)
    pipeline: conlist(Component, min_items=1)  # type: ignore[valid-type]
    policies: conlist(Component, min_items=1)  # type: ignore[valid-type]
    spaces: list[dict[str, Any]] = []
