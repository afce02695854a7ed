"""Changes of the draft's files that a page makes: lines are added, everything else stays as it is.

Comments, order and quotes of a trainer's file are nobody's to change, so a new line goes where the
YAML says that a block ends; then the file is read again, and put back if that fails.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from ruamel.yaml import YAML

from riung import clock
from riung.settings import ROOT
from riung.workshop.reviewed import FILE as REVIEWED
from riung.workshop.reviewed import reviewed
from riung.workshop.versions import NAMES
from riung.yaml_files import YamlError, read_yaml

_HEADER = '# yaml-language-server: $schema=../../skema/data.json\nversion: "3.1"\n\nnlu:\n'
_REVIEWED_HEADER = "# yaml-language-server: $schema=../skema/ulasan.json\npesan:\n"


def add_examples(topic: Path, intent: str, texts: Iterable[str], writer: str) -> Path:
    """Add sentences to an intent, in the writer's own file of the month in a topic; the file.

    Raises:
        YamlError: its file cannot be read.
    """
    name = re.sub(r"[^a-z0-9]", "", writer.casefold()) or "meja"
    path = topic / f"nlu_{clock.now():%Y_%m}_{name}.yml"
    after = path.read_text("utf-8") if path.exists() else _HEADER
    for text in texts:
        after = with_example(after, intent, one_line(text))
    _write(path, after)
    return path


def change(path: Path, edit: Callable[[str], str]) -> Path:
    """Edit a file's text; the file.

    Raises:
        YamlError: it would be no YAML any more, and stays as it was.
    """
    _write(path, edit(path.read_text("utf-8")))
    return path


def add_reviewed(work: Path, text: str, intent: str) -> Path:
    """Keep a message with its right intent as a test of every version; the file."""
    path = work / REVIEWED
    before = path.read_text("utf-8") if path.exists() else _REVIEWED_HEADER
    words = json.dumps(one_line(text), ensure_ascii=False)
    start = f"- {{warga: {words}, maksud: "
    kept = [line for line in before.splitlines() if not line.startswith(start)]
    _write(path, "\n".join([*kept, f"{start}{intent}}}"]) + "\n")
    reviewed(work)
    return path


def topic_of(work: Path, intent: str) -> Path:
    """The topic folder that holds an intent's examples.

    Raises:
        YamlError: there is none.
    """
    named = re.compile(rf"^\s*- intent: {re.escape(intent)}\s*(#.*)?$", re.MULTILINE)
    for path in sorted((work / "data").glob("*/nlu.yml")):
        if named.search(path.read_text("utf-8")):
            return path.parent
    raise YamlError(work / "domain.yml", 1, f"maksud '{intent}' belum punya contoh di data/")


def with_example(text: str, intent: str, example: str) -> str:
    """The text of an `nlu.yml` with one more sentence under the intent."""
    content = YAML(typ="rt").load(text) or {}
    lines = text.splitlines()
    for block in content.get("nlu") or ():
        if block.get("intent") == intent:
            first = block.lc.key("examples")[0]
            last = block_end(lines, first)
            indent = re.match(r"\s*", lines[last] if last > first else f"{lines[first]}  ")
            lines.insert(last + 1, f"{indent[0] if indent else ''}- {example}")
            return "\n".join(lines) + "\n"
    block_lines = [f"  - intent: {intent}", "    examples: |", f"      - {example}"]
    return "\n".join([*lines, *block_lines]) + "\n"


def with_entry(text: str, key: str, entry: Sequence[str]) -> str:
    """The text of a file with lines added at the end of the block under a key at the margin.

    Args:
        text: the file's.
        key: of the block (`intents`, `responses`).
        entry: the lines without the block's own indent.
    """
    lines = text.splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith(f"{key}:"))
    last = block_end(lines, first, dashes=True)
    begins = (line for line in lines[first + 1 : last + 1] if line.strip(" #") and "#" not in line)
    indent = re.match(r"\s*", next(begins, "  x"))
    added = [f"{indent[0] if indent else ''}{line}".rstrip() for line in entry]
    return "\n".join([*lines[: last + 1], *added, *lines[last + 1 :]]) + "\n"


def block_end(lines: Sequence[str], first: int, dashes: bool = False) -> int:
    """The last line of the block that the key in line `first` opens (both from 0).

    Args:
        lines: of the file.
        first: the key's line.
        dashes: whether a list may stand as far left as its key.
    """
    margin = len(lines[first]) - len(lines[first].lstrip())
    last = first
    for number in range(first + 1, len(lines)):
        line = lines[number]
        inside = len(line) - len(line.lstrip()) > margin or (dashes and line.startswith("- "))
        if line.strip() and not inside:
            break
        last = number if line.strip() else last
    return last


def one_line(text: str) -> str:
    """A sentence as an example holds it: one line, without what Rasa would read as an entity."""
    return " ".join(text.translate(str.maketrans("[]{}", "()()")).split())


def patch(work: Path, live: Path) -> str:
    """What the draft changes, as `git apply` takes it."""
    names = sorted(_files(work) | _files(live))
    return "".join(_file_patch(work / name, live / name, str(name)) for name in names)


def _file_patch(new: Path, old: Path, name: str) -> str:
    before = old.read_text("utf-8").splitlines(keepends=True) if old.exists() else []
    after = new.read_text("utf-8").splitlines(keepends=True) if new.exists() else []
    source = f"a/{name}" if old.exists() else "/dev/null"
    target = f"b/{name}" if new.exists() else "/dev/null"
    lines = list(difflib.unified_diff(before, after, source, target))
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


def _files(root: Path) -> set[Path]:
    places = [root / name for name in NAMES]
    found = [file for place in places for file in [place, *place.rglob("*.yml")]]
    return {file.relative_to(root) for file in found if file.suffix == ".yml" and file.exists()}


def _write(path: Path, text: str) -> None:
    """Write a file that can be read; else it stays as it was.

    Raises:
        YamlError: the new text is no YAML.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.baru")
    half.write_text(text, "utf-8")
    try:
        read_yaml(half)
    except YamlError:
        half.unlink()
        raise
    half.replace(path)


def shown_name(path: Path, work: Path) -> str:
    """A draft's file as its people know it."""
    return str(path.relative_to(work if path.is_relative_to(work) else ROOT))
