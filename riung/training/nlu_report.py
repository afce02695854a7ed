"""The evaluation as Markdown and HTML, with its pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import matplotlib as mpl
import numpy as np
from jinja2 import Template

from riung.training.nlu_released import Change
from riung.training.nlu_runs import Answer, Run
from riung.training.nlu_scores import (
    Scores,
    by_citizens,
    by_intent,
    counted_as,
    risk_and_coverage,
    score,
)

mpl.use("Agg")
from matplotlib import pyplot as plt

Row = tuple[str, Scores, Run]
"""Label, figures and run of one line of the table."""


@dataclass
class Report:
    """What is told of an evaluation.

    Attributes:
        notes: sentences above the table.
        rows: the table.
        sections: further tables in Markdown, each with its title.
        real: the runs on real messages, by file.
    """

    notes: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    sections: list[tuple[str, str]] = field(default_factory=list)
    real: dict[Path, Run] = field(default_factory=dict)


_COLUMNS = (
    "what",
    "messages",
    "first guess right",
    "answered rightly",
    "answered wrongly",
    "asked back",
    "helped",
    "calibration error",
    "precision",
    "macro-F1",
    "out-of-scope recall",
    "… or asked back",
    "entity F1",
    "training s",
    "ms/message",
)

_PICTURES = (
    ("Confusions (expected down, understood across)", "confusion.png"),
    ("Confidences", "confidence.png"),
    ("Risk and coverage", "risk.png"),
)

_PAGE = Template(
    """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>How well Riung understands</title>
<style>body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:75rem;padding:0 1rem}
table{border-collapse:collapse;font-size:14px}td,th{border:1px solid #ccc;padding:.3rem .5rem}
td{text-align:right}td:first-child{text-align:left}img{max-width:100%}</style>
<h1>How well Riung understands</h1>
{% for note in notes %}<p>{{ note }}</p>{% endfor %}
<table><tr>{% for name in columns %}<th>{{ name }}</th>{% endfor %}</tr>
{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}
</table>
{% for title, text in sections %}<h2>{{ title }}</h2><pre>{{ text }}</pre>{% endfor %}
{% for title, file in pictures %}<h2>{{ title }}</h2>
<img src="{{ file }}" alt="{{ title }}">{% endfor %}
<h2>Most frequent mistakes</h2>
<ul>{% for line in mistakes %}<li>{{ line }}</li>{% endfor %}</ul></html>
""",
    autoescape=True,
)


def rows_of(label: str, run: Run) -> list[Row]:
    """The lines of the table for one run: all messages and, apart, those of citizens."""
    rows = [(label, score(run.answers), run)]
    if citizens := by_citizens(run.answers):
        rows.append((f"{label}: citizens' words", score(citizens), run))
    return rows


def write(folder: Path, report: Report, pictured: Run) -> Path:
    """Write report.md, report.html and the pictures.

    Args:
        folder: where to; made when missing.
        report: what is told.
        pictured: the run whose mistakes and confidences are shown.

    Returns:
        The HTML file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _confusions(pictured.answers, folder / "confusion.png")
    _confidences(pictured.answers, folder / "confidence.png")
    _risk(pictured.answers, folder / "risk.png")
    cells, mistakes = [cells_of(row) for row in report.rows], _mistakes(pictured.answers)
    (folder / "report.md").write_text(_markdown(report, mistakes), "utf-8")
    page = folder / "report.html"
    page.write_text(
        _PAGE.render(
            columns=_COLUMNS,
            rows=cells,
            sections=report.sections,
            pictures=_PICTURES,
            mistakes=mistakes,
            notes=report.notes,
        ),
        "utf-8",
    )
    return page


def cells_of(row: Row) -> list[str]:
    """One line of the table as text."""
    label, figures, run = row
    shares = (figures.guessed, figures.right, figures.wrong, figures.asked, figures.helped)
    return [
        label,
        str(figures.messages),
        *(_percent(share) for share in shares),
        f"{figures.calibration_error:.3f}",
        _percent(figures.precision),
        f"{figures.macro_f1:.3f}",
        _percent(figures.out_of_scope),
        _percent(figures.turned_away),
        "–" if figures.entity_f1 is None else f"{figures.entity_f1:.3f}",
        f"{run.training_seconds:.1f}",
        f"{run.milliseconds:.1f}",
    ]


def table(rows: Sequence[Row]) -> str:
    """The table in Markdown."""
    return _markdown_table([cells_of(row) for row in rows])


def intents_table(answers: Sequence[Answer]) -> str:
    """How each intent fares, in Markdown."""
    cells = [
        [
            entry.intent,
            str(entry.messages),
            _percent(entry.right),
            _percent(entry.helped),
            _percent(entry.asked),
        ]
        for entry in by_intent(answers)
    ]
    return _markdown_table(cells, ("intent", "messages", "right", "helped", "asked back"))


def changes_table(changed: Sequence[Change]) -> str:
    """What is answered otherwise than before, message by message, in Markdown."""
    signs = {1: "better", -1: "worse", 0: "as wrong"}
    counts = Counter(signs[change.gain] for change in changed)
    told = ", ".join(f"{counts[sign]} {sign}" for sign in signs.values())
    cells = [
        [str(change.place), change.meant, change.before, change.now, signs[change.gain]]
        for change in changed
    ]
    head = ("message", "meant", "before", "now", "that is")
    return f"{told}\n\n{_markdown_table(cells, head)}"


def _markdown_table(cells: Sequence[Sequence[str]], columns: Sequence[str] = _COLUMNS) -> str:
    head = [" | ".join(columns), " | ".join("---" for _ in columns)]
    return "\n".join(f"| {line} |" for line in [*head, *(" | ".join(row) for row in cells)])


def _markdown(report: Report, mistakes: Sequence[str]) -> str:
    images = "\n\n".join(f"## {title}\n\n![{title}]({file})" for title, file in _PICTURES)
    listed = "\n".join(f"- {line}" for line in mistakes)
    sections = [f"## {title}\n\n{text}" for title, text in report.sections]
    return "\n\n".join(
        [
            "# How well Riung understands",
            *report.notes,
            table(report.rows),
            *sections,
            images,
            f"## Most frequent mistakes\n\n{listed}\n",
        ]
    )


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"


def _mistakes(answers: Sequence[Answer], most: int = 20) -> list[str]:
    """Intents taken for others, counted; no message is quoted."""
    pairs = Counter(
        (answer.example.intent, answer.guess) for answer in answers if not answer.guessed_right
    )
    return [
        f"{meant} understood as {guess}: {count}"
        for (meant, guess), count in pairs.most_common(most)
    ]


def _confusions(answers: Sequence[Answer], file: Path) -> None:
    meant = [answer.example.intent for answer in answers]
    understood = [counted_as(answer) for answer in answers]
    names = sorted({*meant, *understood})
    matrix = np.zeros((len(names), len(names)))
    for row, column in zip(meant, understood, strict=True):
        matrix[names.index(row), names.index(column)] += 1
    figure, axes = plt.subplots(figsize=(14, 13))
    axes.imshow(np.log1p(matrix), cmap="Blues")
    axes.set_xticks(range(len(names)), names, rotation=90, fontsize=7)
    axes.set_yticks(range(len(names)), names, fontsize=7)
    for row, column in zip(*matrix.nonzero(), strict=True):
        axes.text(column, row, int(matrix[row, column]), ha="center", va="center", fontsize=6)
    figure.savefig(file, dpi=110, bbox_inches="tight")
    plt.close(figure)


def _confidences(answers: Sequence[Answer], file: Path) -> None:
    figure, axes = plt.subplots(figsize=(8, 4))
    right = [answer.confidence for answer in answers if answer.guessed_right]
    wrong = [answer.confidence for answer in answers if not answer.guessed_right]
    steps = np.linspace(0, 1, 21)
    axes.hist([right, wrong], bins=steps.tolist(), stacked=True, label=["right", "wrong"])
    axes.set_xlabel("confidence of the first guess")
    axes.set_ylabel("messages")
    axes.legend()
    figure.savefig(file, dpi=110, bbox_inches="tight")
    plt.close(figure)


def _risk(answers: Sequence[Answer], file: Path) -> None:
    coverage, risk = zip(*risk_and_coverage(answers), strict=True)
    figure, axes = plt.subplots(figsize=(8, 4))
    axes.plot(coverage, risk)
    axes.set_xlabel("share answered, the surest first")
    axes.set_ylabel("share wrong among them")
    axes.set_ylim(bottom=0)
    figure.savefig(file, dpi=110, bbox_inches="tight")
    plt.close(figure)
