"""Reading the YAML that people edit: one error form, with file and line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from riung.settings import ROOT


class YamlError(ValueError):
    """A file that somebody edits cannot be used: where, and what to write instead (Indonesian)."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        self.path, self.line, self.message = path, line, message
        shown = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
        super().__init__(f"{shown}:{line}: {message}")


def read_yaml(path: Path) -> Any:
    """The mapping or list in `path`, in containers that remember their lines (for `line_of`).

    Raises:
        YamlError: not readable, not YAML, a key stands twice, or only a word.
    """
    try:
        content = YAML(typ="rt").load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise YamlError(path, 1, "berkas tidak bisa dibaca sebagai teks UTF-8") from error
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlError(path, mark.line + 1 if mark else 1, _say(error)) from error
    except YAMLError as error:
        raise YamlError(path, 1, "bukan YAML yang sah") from error
    except ValueError as error:  # the YAML reader's own, for 2026-02-31
        raise _impossible_date(path) from error
    if not isinstance(content, (Mapping, list)):
        raise YamlError(path, 1, "berkas harus berisi 'kunci: nilai' atau daftar")
    return content


def _impossible_date(path: Path) -> YamlError:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        for written in re.findall(r"\b\d{4}-\d\d?-\d\d?\b", line):
            try:
                datetime.strptime(written, "%Y-%m-%d")
            except ValueError:
                return YamlError(path, number, f"tanggal {written} tidak ada di kalender")
    return YamlError(path, 1, "ada nilai yang tidak bisa dibaca; beri tanda kutip")


def _say(error: MarkedYAMLError) -> str:
    problem = error.problem or ""
    if "duplicate key" in problem:
        return "kunci ini sudah ada di atasnya; hapus salah satu"
    if "found character" in problem and "\\t" in problem:
        return "ada tab; pakai spasi"
    return (
        f"YAML rusak di sini; periksa spasi di awal baris, titik dua, dan tanda kutip ({problem})"
    )


def line_of(content: Any, location: Sequence[str | int]) -> int:
    """The line (from 1) of the deepest part of `location` that the file really has."""
    line = 1
    for part in location:
        marks = getattr(content, "lc", None)
        try:
            if marks is not None:
                position = marks.key(part) if isinstance(content, Mapping) else marks.item(part)
                line = position[0] + 1
            content = content[part]
        except (KeyError, IndexError, TypeError, AttributeError):
            break
    return line


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


def plain(value: Any) -> Any:
    """Turn the YAML reader's line-keeping containers into plain ones (fast to copy and to send)."""
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value
