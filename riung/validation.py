"""Files that people edit, read as a pydantic model; what is wrong with one, in Indonesian."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, Extra, ValidationError, root_validator, validator
from pydantic.error_wrappers import ErrorWrapper
from pydantic.errors import DateError, IntegerError, PydanticValueError, StrError, StrictBoolError
from pydantic.fields import ModelField

from riung.settings import EDITED, ENGINE
from riung.yaml_faults import NO_LIST
from riung.yaml_files import YamlError, YamlMapping, line_of, read_yaml

_WORDS = {
    "value_error.missing": "wajib diisi",
    "type_error.none.not_allowed": "wajib diisi",
    "value_error.extra": "tidak dikenal; periksa ejaannya",
    "value_error.str.regex": "bentuknya salah{like}",
    "value_error.const": "'{given}' tidak dikenal; pilih salah satu: {choices}",
    "value_error.any_str.min_length": "tidak boleh kosong; tulis isinya",
    "value_error.any_str.max_length": "paling banyak {limit_value} huruf",
    "value_error.number.not_ge": "paling kecil {limit_value}",
    "value_error.number.not_gt": "harus lebih dari {limit_value}",
    "value_error.number.not_le": "paling besar {limit_value}",
    "value_error.date": "harus tanggal, misalnya 2026-12-25",
    "value_error.datetime": "harus tanggal dan jam, misalnya 2026-12-25T10:00:00+07:00",
    "type_error.integer": "harus angka bulat",
    "value_error.strictint": "harus angka bulat",
    "type_error.float": "harus angka",
    "type_error.bool": "harus true atau false",
    "value_error.strictbool": "harus true atau false",
    "type_error.str": "harus kata atau kalimat; angka ditulis dalam tanda kutip",
    "type_error.tuple": "harus daftar, misalnya [satu, dua]",
    "type_error.list": "harus daftar, misalnya [satu, dua]",
    "type_error.dict": "harus berisi 'kunci: nilai' di baris-baris bawahnya",
    "value_error.list.min_items": "butuh paling sedikit {limit_value} isi",
    "value_error.tuple.min_items": "butuh paling sedikit {limit_value} isi",
}
"""pydantic's error type → what to write instead. Our own validators raise Indonesian messages."""

_NO_KEY = (
    "'{key}' terbaca sebagai kunci; angka pecahan memakai titik (-6.9), kata dalam tanda kutip"
)

_SHAPES = {
    "08:00": '; tulis jam dari 00:00 sampai 23:59, misalnya "08:00"',
    "2026-11": '; tulis tahun atau bulan, misalnya "2026-11"',
    "huruf_kecil": "; hanya huruf kecil dan garis bawah, misalnya huruf_kecil",
    "@nama.contoh": "; tulis misalnya @nama.contoh",
    "0": "; satu angka dari 0 sampai 9, dalam tanda kutip",
    "01": '; dua angka dalam tanda kutip, misalnya "01"',
}
"""Something that has the wanted shape → what to write."""

_FEW = 12
"""Keys that are all told to somebody who wrote another one."""

Location = tuple["str | int", ...]


class EditError(PydanticValueError):
    """A mistake that a validator finds deeper in its value: `where` in it, and what is wrong."""

    code = "mistake"
    msg_template = "{words}"

    def __init__(self, words: str, *where: Any) -> None:
        super().__init__(words=words, where=where)


class Edited(BaseModel):
    """Part of a file that people edit: an unknown key is a mistake; nothing changes it later."""

    class Config:
        """Strict, and with a JSON Schema that says where nothing is a value."""

        extra = Extra.forbid
        allow_mutation = False

        @staticmethod
        def schema_extra(schema: dict[str, Any], model: type[BaseModel]) -> None:
            """Called by pydantic with the schema it has made."""
            allow_nothing(schema, model)

    @classmethod
    def validate(cls, value: Any) -> Any:
        """Say which key is none: pydantic can't read it, and says no more than that."""
        if isinstance(value, Mapping) and "__root__" not in cls.__fields__:
            for key in value:
                if not isinstance(key, str):
                    raise EditError(_NO_KEY.format(key=key), key)
        return super().validate(value)

    @root_validator(pre=True)
    def _keys_are_what_they_should_be(cls, values: dict[str, Any]) -> dict[str, Any]:
        """A wrong key of a `dict[date, …]` or `dict[int, …]`, told at its own line."""
        for field in cls.__fields__.values():
            given, kind = values.get(field.alias), field.key_field
            for key in given if kind and isinstance(given, Mapping) else ():
                fault = kind.validate(key, {}, loc="")[1] if kind else None
                if isinstance(fault, ErrorWrapper):
                    mistake = ValidationError([fault], BaseModel).errors()[0]
                    raise EditError(f"'{key}' {_say(mistake)}", field.alias, key)
        return values

    @validator("*", pre=True, each_item=True)
    def _take_as_written(cls, value: Any, field: ModelField) -> Any:
        """Numbers and switches as they are: pydantic would make 1 of `true`, `1.5` and "1"."""
        wanted = field.type_
        if value is None or not isinstance(wanted, type):
            return value
        if wanted is bool and type(value) is not bool:
            raise StrictBoolError()
        if wanted is not bool and issubclass(wanted, int) and type(value) is not int:
            raise IntegerError()
        if issubclass(wanted, date) and isinstance(value, (int, float)):  # else seconds since 1970
            raise DateError()
        if issubclass(wanted, str) and not hasattr(wanted, "takes_numbers"):
            if isinstance(value, _NUMBERS):
                raise StrError()
            for where in _numbers_in(value):
                raise EditError(_WORDS["type_error.str"], *where)
        return value


_NUMBERS = (bool, int, float)


def _numbers_in(value: Any, where: Location = ()) -> Iterator[Location]:
    """Where a list of words has a number or a switch: `017` would be read as the word "17"."""
    if where and isinstance(value, _NUMBERS):
        yield where
    elif isinstance(value, (list, tuple)):
        for place, one in enumerate(value):
            yield from _numbers_in(one, (*where, place))


CODE_LENGTH = 40
"""Characters of an office, a place, a service or a stage, as the backend's tables keep them."""


def require_short(names: Iterable[str], most: int = CODE_LENGTH) -> None:
    """Refuse a key that is longer than what a table keeps.

    Raises:
        EditError: there is one (Indonesian, for who edits it).
    """
    for name in names:
        if len(name) > most:
            raise EditError(f"'{name[:12]}…' paling banyak {most} huruf", name)


File = TypeVar("File", bound=BaseModel)


SHARED = frozenset(
    {
        *(f"kamus/{name}.yml" for name in ("bahasa", "dilindungi", "isian", "jawaban", "kosakata")),
        *(f"kamus/{name}.yml" for name in ("kota", "nada", "pilihan", "sapaan", "singkatan")),
        *(f"kamus/{name}.yml" for name in ("tanggal", "tanya", "kata_dasar")),
        *(f"kamus/{name}.yml" for name in ("ingatkan", "rombongan")),
        "aturan/pendamping.yml",
        *(f"kalimat/{name}.yml" for name in ("balas_salam", "membantu", "saluran")),
        *(f"aturan/{name}.yml" for name in ("galat_whatsapp", "libur", "simpan", "tiket")),
        "aturan/wilayah.yml",
    }
)
"""How Indonesians write, what WhatsApp and the calendar do: an assistant without such a file of its
own uses the checkout's."""


def edited_file(name: str, root: Path = EDITED) -> Path:
    """Where a file that people edit stands: `kalimat/frasa.yml` of the assistant in `root`."""
    own = root / name
    return own if name not in SHARED or own.exists() else ENGINE / name


def read_as(path: Path, shape: type[File]) -> File:
    """The content of a file as `shape`; a model with `__root__` takes the file as it is.

    Raises:
        YamlError: not readable, or not of that shape, with line and what to write instead.
    """
    content = read_yaml(path)
    if not isinstance(content, YamlMapping):
        raise YamlError(path, 1, NO_LIST)
    try:
        return shape.parse_obj(dict(content))
    except ValidationError as error:
        if told := _of_another_file(error.raw_errors):
            raise told from error
        where, words = explain(error)
        raise YamlError(path, line_of(content, where), words) from error


def _of_another_file(errors: Sequence[Any]) -> YamlError | None:
    """The mistake of a file that a validator read, to compare this one with it."""
    for error in errors:
        fault = getattr(error, "exc", None)
        inside = error if isinstance(error, Sequence) else getattr(fault, "raw_errors", ())
        if isinstance(fault, YamlError):
            return fault
        if told := _of_another_file(inside):
            return told
    return None


def explain(error: ValidationError) -> tuple[Location, str]:
    """Where the first mistake stands, and what is wrong there."""
    mistakes = error.errors()
    misspelt = [one for one in mistakes if one["type"] == "value_error.extra"]
    first = (misspelt or mistakes)[0]
    where = tuple(part for part in first["loc"] if part != "__root__")
    where += tuple(first.get("ctx", {}).get("where", ()))
    if first["type"] == "value_error.extra":
        known = _fields_at(error.model, where[:-1])
        return where, f"'{'.'.join(map(str, where))}' {unknown(str(where[-1]), known)}"
    if first["type"] == f"value_error.{EditError.code}" or not where:
        return where, _say(first)
    return where, f"'{'.'.join(map(str, where))}' {_say(first)}"


def allow_nothing(schema: dict[str, Any], model: type[BaseModel]) -> None:
    """Let `null` be a value of the fields whose type has `None`."""
    for field in model.__fields__.values():
        shown = schema["properties"].get(field.alias)
        if shown is not None and field.allow_none and field.type_ is not Any:
            default = {"default": shown.pop("default")} if "default" in shown else {}
            schema["properties"][field.alias] = {"anyOf": [shown, {"type": "null"}], **default}
        elif shown is not None and _values_may_be_nothing(field):
            shown["additionalProperties"] = {"type": ["string", "null"]}


def _values_may_be_nothing(field: ModelField) -> bool:
    """Whether it is a `dict[str, … | None]`."""
    inside: tuple[Any, ...] = getattr(field.outer_type_, "__args__", ())
    return bool(inside) and type(None) in getattr(inside[-1], "__args__", ())


def name_keys(schema: dict[str, Any], names: Iterable[str]) -> None:
    """Make a schema of `dict[str, …]` one of these keys, each required and no other."""
    each = schema.pop("additionalProperties")
    schema["properties"] = dict.fromkeys(names, each)
    schema["required"] = sorted(schema["properties"])
    schema["additionalProperties"] = False


def refuse_twice(groups: Mapping[Any, Iterable[str]]) -> None:
    """Raise a mistake where a word stands in two of the groups."""
    seen: dict[str, Any] = {}
    for group, words in groups.items():
        for word in words:
            if seen.setdefault(word.casefold(), group) != group:
                raise EditError(f"'{word}' juga berarti {seen[word.casefold()]}; pilih satu", group)


def unknown(name: str, known: Iterable[str]) -> str:
    """`tidak dikenal`, with the nearest name that is known, or with all when they are few."""
    return f"tidak dikenal{nearest(name, known)}"


def nearest(name: str, known: Iterable[str]) -> str:
    """What to write instead of a name that nobody knows, to follow what is said of it."""
    names = list(known) if isinstance(known, (Sequence, Mapping)) else sorted(known)
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    if near:
        return f"; {meant(near[0])}"
    if 0 < len(names) <= _FEW:
        return f"; yang ada: {', '.join(map(str, names))}"
    return "; periksa ejaannya"


def meant(name: str) -> str:
    """What was probably meant."""
    return f"barangkali maksudnya '{name}'"


def _say(mistake: Mapping[str, Any]) -> str:
    words = _WORDS.get(mistake["type"])
    if words is None:
        own = mistake["type"] in ("value_error", f"value_error.{EditError.code}")
        return str(mistake["msg"]) if own else "isinya tidak cocok; lihat contoh di docs/pelatih.md"
    known = mistake.get("ctx", {})
    permitted = tuple(map(str, known.get("permitted", ())))
    if str(known.get("given")) in permitted:  # right, but a number or a switch to YAML
        return f'ditulis dalam tanda kutip: "{known["given"]}"'
    return words.format(**{"like": _like(known), **known}, choices=", ".join(permitted))


def _like(known: Mapping[str, Any]) -> str:
    """What to write instead of something that has another shape than the pattern's."""
    fitting = (words for one, words in _SHAPES.items() if re.match(known.get("pattern", "$."), one))
    return next(fitting, "")


def _fields_at(model: Any, where: Sequence[str | int]) -> list[str]:
    """The keys that the model has at that place, as the file writes them."""
    for part in where:
        fields = getattr(model, "__fields__", {})
        if "__root__" in fields:  # the part is a name that the file chose
            model = _inmost(fields["__root__"].type_)
            continue
        found = next((f for f in fields.values() if part in (f.alias, f.name)), None)
        model = _inmost(found.type_) if found else model
    return [field.alias for field in getattr(model, "__fields__", {}).values()]


def _inmost(kind: Any) -> Any:
    """What stands inside `list[…]`, `tuple[…, ...]`, `conlist(…)` and `dict[str, …]`."""
    while inside := [one for one in getattr(kind, "__args__", ()) if one not in (..., None)]:
        kind = inside[-1]
    return kind
