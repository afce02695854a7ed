"""A new question with its answer: every file that an intent needs, written at once in the draft."""

from __future__ import annotations

import json
import re
from pathlib import Path

from pydantic import BaseModel, validator

from riung import clock
from riung.workshop.edits import add_examples, change, one_line, with_entry
from riung.workshop.examples import examples
from riung.yaml_files import read_yaml

FEWEST = 10
"""Examples that an intent needs; `make check` refuses fewer."""

TITLE = 20
"""Letters of a button's title (WhatsApp's limit)."""

NEEDED = ("nlu.yml", "rules.yml", "responses.yml")
"""Files of a topic that a question is written into."""


class NewQuestion(BaseModel):
    """What the page "Pertanyaan baru" asks for; messages are Indonesian."""

    topic: str
    label: str
    label_en: str
    answer: str
    answer_en: str
    examples: list[str]

    @validator("label", "label_en")
    def _fits_a_button(cls, title: str) -> str:
        title = one_line(title)
        if not 0 < len(title) <= TITLE:
            raise ValueError(f"Nama pendek wajib diisi, paling banyak {TITLE} huruf.")
        return title

    @validator("answer", "answer_en")
    def _says_something(cls, text: str) -> str:
        text = "\n".join(line.rstrip() for line in text.strip().splitlines())
        if not text:
            raise ValueError("Jawaban wajib diisi, dalam bahasa Indonesia dan Inggris.")
        return text

    @validator("examples")
    def _are_enough(cls, given: list[str]) -> list[str]:
        distinct = list(dict.fromkeys(filter(None, map(one_line, given))))
        if len(distinct) < FEWEST:
            words = f"Tulis paling sedikit {FEWEST} contoh yang berbeda; sekarang {len(distinct)}."
            raise ValueError(words)
        return distinct

    @property
    def intent(self) -> str:
        """Its name in the files, from the label."""
        return re.sub(r"[^a-z0-9]+", "_", self.label.casefold()).strip("_")


class QuestionError(ValueError):
    """The question cannot be written; the message says why (Indonesian)."""


def topics(work: Path) -> list[str]:
    """The topic folders that a question can go into."""
    folders = sorted(path for path in (work / "data").iterdir() if path.is_dir())
    return [one.name for one in folders if all((one / name).exists() for name in NEEDED)]


def add(work: Path, question: NewQuestion, writer: str) -> list[Path]:
    """Write the question into the draft; the files that were changed.

    Raises:
        QuestionError: the topic is unknown, or the intent exists.
        YamlError: a file cannot be read.
    """
    intent, folder = question.intent, work / "data" / question.topic
    if question.topic not in topics(work):
        raise QuestionError(f"Topik '{question.topic}' tidak ada.")
    if not re.match(r"[a-z]", intent) or intent in _intents(work):
        raise QuestionError(f"Maksud '{intent}' sudah ada; beri nama pendek lain.")
    known = examples(work)
    taken = [one for one in question.examples if one in known]
    if taken:
        raise QuestionError(f"Contoh '{taken[0]}' sudah ada di maksud {known[taken[0]]}.")
    changed = [
        change(work / "domain.yml", lambda text: with_entry(text, "intents", [f"- {intent}"])),
        change(folder / "rules.yml", lambda text: with_entry(text, "rules", _rule(question))),
        change(
            folder / "responses.yml", lambda text: with_entry(text, "responses", _answers(question))
        ),
        change(work / "kalimat" / "label_intent.yml", lambda text: text + _label(question)),
    ]
    changed.append(add_examples(folder, intent, question.examples, writer))
    return changed


def _intents(work: Path) -> set[str]:
    listed = read_yaml(work / "domain.yml").get("intents") or ()
    return {str(next(iter(one))) if isinstance(one, dict) else str(one) for one in listed}


def _rule(question: NewQuestion) -> list[str]:
    name = json.dumps(f"Warga bertanya {question.label.casefold()}", ensure_ascii=False)
    steps = [f"  - intent: {question.intent}", f"  - action: utter_{question.intent}"]
    return ["", f"- rule: {name}", "  steps:", *steps]


def _answers(question: NewQuestion) -> list[str]:
    name = f"utter_{question.intent}"
    return ["", *_answer(name, question.answer), "", *_answer(f"{name}_en", question.answer_en)]


def _answer(name: str, text: str) -> list[str]:
    lines = [f"    {line}" if line else "" for line in text.splitlines()]
    return [f"{name}:", "- text: |-", *lines, f'  metadata: {{per: "{clock.now():%Y-%m}"}}']


def _label(question: NewQuestion) -> str:
    titles = [json.dumps(one, ensure_ascii=False) for one in (question.label, question.label_en)]
    return f"{question.intent}: {{id: {titles[0]}, en: {titles[1]}}}\n"
