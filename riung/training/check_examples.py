"""`make check` of the example sentences: each is read, belongs to one intent, and says enough."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from riung.training.project import Project
from riung.validation import nearest, unknown
from riung.yaml_files import YamlError, YamlMapping, line_of

FEWEST_EXAMPLES = 10
"""An intent with fewer examples is guessed, not learned."""

_EXAMPLE = re.compile(r"^\s*-(?:\s+|$)(.*)$")
_WORD_DASH = re.compile(r"^\s*[–—−•*]\s*\S")
_ANNOTATION = re.compile(r"\[([^\]]+)\](?:\((\w+)[^)]*\)|(\{[^{}]*\}))")
_PIECE = re.compile(r"\]\s*[({]|\[[^\]]*\(\w+\)")
_NEVER_READ = ("synonym", "regex", "lookup")
"""Blocks of Rasa's for components that our pipeline does not have."""

_IN_BRACKETS = re.compile(r"[\[({]\s*(\w+)\s*[\])}]")
_PARTS = ("entity", "value", "role", "group")
_NOTE = re.compile(r"\s#\s")
"""What is left of an annotation that is not read as one; brackets alone are words."""


@dataclass(frozen=True)
class Example:
    """One sentence: where it stands, whose it is, and its words without annotations."""

    path: Path
    content: YamlMapping
    block: int
    offset: int
    intent: str
    text: str

    @property
    def line(self) -> int:
        """The line in the file; looked up for a mistake only, as it takes a slow reading."""
        return line_of(self.content, ("nlu", self.block, "examples")) + self.offset

    def mistake(self, words: str) -> YamlError:
        """A mistake in this example."""
        return YamlError(self.path, self.line, words)

    def mistake_of_intent(self, words: str) -> YamlError:
        """A mistake in the block of examples that this one stands in."""
        return YamlError(self.path, line_of(self.content, ("nlu", self.block, "intent")), words)


def mistakes(project: Project) -> Iterator[YamlError]:
    """Intents that the domain does not know, that have few examples, or share one; bad syntax."""
    seen: dict[str, Example] = {}
    counts: Counter[str] = Counter()
    first: dict[str, Example] = {}
    for example in examples(project):
        counts[example.intent] += 1
        first.setdefault(example.intent, example)
        other = seen.setdefault(example.text, example)
        if other.intent != example.intent:
            place = f"{other.mistake('').shown}:{other.line}"
            words = f"contoh '{example.text[:60]}' juga ada di {other.intent} ({place}); pilih satu"
            yield example.mistake(words)
    for intent, example in first.items():
        if intent not in project.intents:
            words = f"intent '{intent}' tidak ada di domain.yml{nearest(intent, project.intents)}"
            yield example.mistake_of_intent(words)
        if counts[intent] < FEWEST_EXAMPLES:
            words = f"'{intent}' butuh paling sedikit {FEWEST_EXAMPLES} contoh"
            yield example.mistake_of_intent(words)
    yield from _unread(project)


def examples(project: Project) -> Iterator[Example]:
    """Every example of an intent, in the order of the files."""
    for path, content in project.topics.items():
        for place, block in enumerate(content.get("nlu") or ()):
            if not block.get("intent"):
                continue
            for offset, line in enumerate(block["examples"].splitlines(), 1):
                if match := _EXAMPLE.match(line):
                    text = _ANNOTATION.sub(r"\1", match[1]).strip().casefold()
                    yield Example(path, content, place, offset, str(block["intent"]), text)


def _unread(project: Project) -> Iterator[YamlError]:
    """Lines that are dropped without a word, and annotations that are not read as such."""
    for path, content in project.topics.items():
        for place, block in enumerate(content.get("nlu") or ()):
            lines = block["examples"].splitlines()
            if kind := next((one for one in _NEVER_READ if block.get(one)), ""):
                words = f"'{kind}' tidak dibaca di sini; tulis kata-katanya di kamus/"
                yield YamlError(path, line_of(content, ("nlu", place)), words)
            if not any(map(_EXAMPLE.match, lines)):
                line = line_of(content, ("nlu", place, "examples"))
                yield YamlError(path, line, "belum ada contoh; tulis '- kalimat' di bawahnya")
            elif len(lines) == 1 and lines[0].count(" - ") > 1:
                line = line_of(content, ("nlu", place, "examples"))
                words = "semua contoh terbaca sebagai satu kalimat; tulis 'examples: |'"
                yield YamlError(path, line, f"{words}, dengan garis tegak")
            for offset, text in enumerate(lines, 1):
                for words in _line_problems(project, text):
                    line = line_of(content, ("nlu", place, "examples")) + offset
                    yield YamlError(path, line, words)


def _line_problems(project: Project, line: str) -> Iterator[str]:
    if not line.strip() or line.lstrip().startswith("#"):
        return
    match = _EXAMPLE.match(line)
    if match is None:
        kind = "tanda pisah dari Word" if _WORD_DASH.match(line) else "baris ini tidak dibaca"
        yield f"{kind}; contoh harus berawal tanda hubung dan spasi: '- kalimat'"
        return
    if not match[1].strip():
        yield "contoh kosong; tulis kalimat warga atau hapus baris ini"
    if match[1].startswith("/"):
        yield "contoh berawal '/' dibaca sebagai tombol; tulis kalimat warga"
    if _NOTE.search(match[1]):
        yield "catatan di belakang contoh ikut dilatih; tulis '# catatan' di baris sendiri"
    for _, short, written in _ANNOTATION.findall(match[1]):
        yield from _annotation_problems(project, short, written)
    rest = _ANNOTATION.sub("", match[1])
    if _PIECE.search(rest) or project.entities & {*_IN_BRACKETS.findall(rest)}:
        yield "penanda entitas rusak; tulis [kata](nama_entitas) atau hapus kurungnya"


def _annotation_problems(project: Project, short: str, written: str) -> Iterator[str]:
    try:
        parts = {"entity": short} if short else json.loads(written)
    except ValueError:
        yield 'penanda entitas bukan JSON; tulis [kata]{"entity": "nama"}'
        return
    entity = str(parts.get("entity", ""))
    for key in {*parts} - {*_PARTS}:
        yield f"'{key}' di penanda entitas {unknown(key, dict.fromkeys(_PARTS))}"
    if entity not in project.entities:
        yield f"entitas '{entity}' tidak ada di domain.yml{nearest(entity, project.entities)}"
