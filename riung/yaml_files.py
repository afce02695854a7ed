"""Reading the YAML that people edit: one error form, with file and line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from riung import yaml_faults
from riung.settings import EDITED, ROOT


class YamlError(ValueError):
    """A file that somebody edits cannot be used: where, and what to write instead (Indonesian)."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        self.path, self.line, self.message = path, line, message
        self.shown = shown(path)
        super().__init__(f"{self.shown}:{line}: {message}")


def shown(path: Path) -> Path:
    """The path as somebody who edits knows it: from the folder that holds `data/`."""
    folder = next((one for one in (EDITED, ROOT) if path.is_relative_to(one)), None)
    return path.relative_to(folder) if folder else path


class YamlMapping(dict[str, Any]):
    """A file's content that knows where it came from, so that `line_of` can look there."""

    path: Path
    text: str = ""


class YamlList(list[Any]):
    """The same for a file that is a list."""

    path: Path
    text: str = ""


def read_yaml(path: Path) -> Any:
    """The mapping or list in `path`.

    Raises:
        YamlError: not readable, not YAML, a key stands twice, or only a word.
    """
    try:
        text = _merged(path)
        content, loops, quoted = _examined(text)
    except (OSError, UnicodeDecodeError) as error:
        raise YamlError(path, *yaml_faults.of_file(path)) from error
    except MarkedYAMLError as error:
        fault = yaml_faults.of_structure(path.read_text("utf-8"), error)
        raise YamlError(path, *fault) from error
    except YAMLError as error:
        raise YamlError(path, *yaml_faults.of_signs(path.read_text("utf-8"))) from error
    except YamlError:
        raise
    except ValueError as error:  # the YAML reader's own, for 2026-02-31
        raise _impossible_date(path) from error
    if not isinstance(content, (dict, list)):
        raise YamlError(path, 1, yaml_faults.of_nothing(path.read_text("utf-8")))
    if loops:
        raise _looping(path)
    if quoted:
        raise _word_quotes(path, quoted)
    known = YamlMapping(content) if isinstance(content, dict) else YamlList(content)
    known.path, known.text = path, text
    return known


def _merged(path: Path) -> str:
    text = path.read_text("utf-8")
    if half_merged := _HALF_MERGED.search(text):
        line = text.count("\n", 0, half_merged.start()) + 1
        raise YamlError(path, line, _MERGE_WORDS)
    return text


_HALF_MERGED = re.compile(r"^(?:[ \t]*(?:<{7}|>{7})|={7})(?= |$)", re.MULTILINE)
_MERGE_WORDS = (
    "sisa penggabungan Git (<<<<<<<, =======, >>>>>>>);"
    " pilih salah satu isinya, lalu hapus baris-baris tanda itu"
)


MOST_FILES = 2048
"""More files than an assistant has: the check reads all of them several times, in turn, and a
smaller cache would forget each just before it is asked for."""


@lru_cache(maxsize=MOST_FILES)
def _examined(text: str) -> tuple[Any, bool, str]:
    """The content of a text, once, as nobody changes what they read; whether it holds itself, and
    the first value between quotation marks of a word processor.
    """
    content = _parsed(text)
    loops = _loops(content)
    return content, loops, "" if loops else _quoted_by_word(content)


def _parsed(text: str) -> Any:
    reader = YAML(typ="safe")
    reader.Constructor = _AsWritten
    return reader.load(text)


class _AsWritten(SafeConstructor):
    """Leaves `${NAME}` as it stands; Rasa, once loaded, lets every reader look for a variable."""


_AsWritten.add_constructor("!env_var", SafeConstructor.construct_yaml_str)


def _loops(content: Any, inside: tuple[int, ...] = ()) -> bool:
    """Whether a value holds itself, by an anchor (`&`) and its alias (`*`)."""
    if not isinstance(content, (dict, list)):
        return False
    if id(content) in inside:
        return True
    values = content.values() if isinstance(content, dict) else content
    return any(_loops(value, (*inside, id(content))) for value in values)


_WORD_QUOTED = re.compile(r"[“”„‘’‚][^“”„\n]*[“”‘’]")


def _quoted_by_word(content: Any) -> str:
    """The first value that stands between quotation marks of a word processor: YAML does not
    take them away, and a citizen would read them.
    """
    if isinstance(content, str):
        return content if _WORD_QUOTED.fullmatch(content) else ""
    if isinstance(content, dict):
        content = [*content, *content.values()]
    parts = content if isinstance(content, list) else ()
    return next(filter(None, map(_quoted_by_word, parts)), "")


def _word_quotes(path: Path, quoted: str) -> YamlError:
    lines = enumerate(path.read_text("utf-8").splitlines(), start=1)
    number = next((number for number, line in lines if quoted in line), 1)
    return YamlError(path, number, f'{quoted} memakai tanda kutip dari Word; ganti dengan " biasa')


def _looping(path: Path) -> YamlError:
    lines = enumerate(path.read_text("utf-8").splitlines(), start=1)
    number = next((number for number, line in lines if re.search(r"(?<!\S)\*\w+", line)), 1)
    words = "nilai ini memuat dirinya sendiri (tanda & dan *); tulis isinya lengkap"
    return YamlError(path, number, words)


def _impossible_date(path: Path) -> YamlError:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        for written in re.findall(r"\b\d{4}-\d\d?-\d\d?\b", line):
            try:
                datetime.strptime(written, "%Y-%m-%d")
            except ValueError:
                return YamlError(path, number, f"tanggal {written} tidak ada di kalender")
    return YamlError(path, 1, "ada nilai yang tidak bisa dibaca; beri tanda kutip")


def line_of(content: YamlMapping | YamlList, location: Sequence[str | int]) -> int:
    """The line (from 1) of the deepest part of `location` that the file really has.

    The reader that keeps the content keeps no lines, so its text is read again here, where
    somebody has a mistake to mend.
    """
    lines, line = _with_lines(content.text), 1
    for part in location:
        found = lines.inside(part)
        if found is None:
            break
        line, lines = found
    return line


class _Lines:
    """A value of a file, and the lines of its parts; looked through once, when it is asked."""

    def __init__(self, node: Node | None) -> None:
        self._node = node

    @cached_property
    def _by_key(self) -> dict[str, tuple[int, _Lines]]:
        """Key as it is written → its line, and the value."""
        found: dict[str, tuple[int, _Lines]] = {}
        for key, value in self._node.value if isinstance(self._node, MappingNode) else ():
            if isinstance(key, ScalarNode):
                found.setdefault(key.value, (key.start_mark.line + 1, _Lines(value)))
        return found

    @cached_property
    def _items(self) -> list[tuple[int, _Lines]]:
        items = self._node.value if isinstance(self._node, SequenceNode) else ()
        return [(item.start_mark.line + 1, _Lines(item)) for item in items]

    def inside(self, part: str | int) -> tuple[int, _Lines] | None:
        """The line that a part of a value has (its key's, in a mapping), and the part itself."""
        if isinstance(self._node, SequenceNode):
            is_there = isinstance(part, int) and part < len(self._items)
            return self._items[int(part)] if is_there else None
        if (found := self._by_key.get(str(part))) or isinstance(part, str):
            return found
        alike = (one for key, one in self._by_key.items() if _scalar(key) == part)  # `01` is 1
        return next(alike, None)


@lru_cache(maxsize=MOST_FILES)
def _with_lines(text: str) -> _Lines:
    return _Lines(YAML(typ="safe").compose(text))


@lru_cache(maxsize=MOST_FILES)
def _scalar(text: str) -> Any:
    """What a single value is read as."""
    return _parsed(text)


def merge(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """`own` laid over `base`: mappings are merged key by key, everything else is replaced."""
    merged = dict(base)
    for key, value in own.items():
        under = merged.get(key)
        if isinstance(under, Mapping) and isinstance(value, Mapping):
            merged[key] = merge(under, value)
        else:
            merged[key] = value
    return merged
