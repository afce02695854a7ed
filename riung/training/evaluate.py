"""`make eval`: how well messages are understood.

Cross-validation by batch on our own examples (its figure is the one to expect of strangers), then
each file of real messages that is there, citizens' words apart, with what changed since the last
released model. Writes reports/nlu/. `make eval PEER=1` trains Rasa's default pipeline as well.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path

import structlog

from riung.clock import today
from riung.settings import ROOT
from riung.training.nlu_batches import own_examples
from riung.training.nlu_crossval import Settings, cross_validated
from riung.training.nlu_released import RELEASED, changes, write_released
from riung.training.nlu_report import (
    Report,
    Row,
    changes_table,
    intents_table,
    rows_of,
    table,
    write,
)
from riung.training.nlu_runs import Example, Run, real_examples, run
from riung.training.nlu_scores import score

CONFIG = ROOT / "config.yml"
PEER = Path(__file__).parent / "rasa_default.yml"
SHARED = Path(os.environ.get("RIUNG_SHARED", ROOT.parent / "shared")) / "nlu"
REAL = (SHARED / "real_dev.jsonl", SHARED / "real_dev2.jsonl")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the tables and write the report."""
    options = _options(arguments)
    _be_quiet()
    examples = own_examples(ROOT / "data")
    real = {file: real_examples(file) for file in options.real if file.exists()}
    report = Report([_about(examples)])
    report.notes += [f"There is no {file}; left out." for file in options.real if file not in real]

    _say(f"Cross-validation by batch on {len(examples)} examples …")
    ours = cross_validated(Settings.read(CONFIG), examples)
    report.rows += rows_of("Our examples, by batch", ours)
    report.rows += [_batch_row(ours, batch) for batch in sorted({e.batch for e in examples})]
    if real:
        _say("The real messages, through Rasa …")
        _add_real(report, examples, real)
    if real and options.peer:
        _say("Rasa's default pipeline on the same; its training takes 40 minutes …")
        for file, peer in _asked(PEER, examples, real).items():
            report.rows += rows_of(f"Rasa default, {file.stem}", peer)
    if real and options.release:
        write_released(RELEASED, {f: r.answers for f, r in report.real.items()}, today())
    return _finish(report, ours, options.out)


def _add_real(
    report: Report, examples: Sequence[Example], real: Mapping[Path, Sequence[Example]]
) -> None:
    report.real = _asked(CONFIG, examples, real)
    for file, answered in report.real.items():
        report.rows += rows_of(file.stem, answered)
        report.sections.append((f"{file.stem} by intent", intents_table(answered.answers)))
        changed = changes(RELEASED, file, answered.answers) if RELEASED.exists() else None
        if changed is None:
            report.notes.append(f"{file.stem} was not answered by the last released model.")
        else:
            report.sections.append(
                (
                    f"{file.stem}: other answers than the last released model's",
                    changes_table(changed),
                )
            )


def _asked(
    config: Path, train: Sequence[Example], real: Mapping[Path, Sequence[Example]]
) -> dict[Path, Run]:
    """One training for all files."""
    messages = [message for part in real.values() for message in part]
    whole, first, runs = run(config, train, messages), 0, {}
    for file, part in real.items():
        answers = whole.answers[first : first + len(part)]
        runs[file] = Run(answers, whole.training_seconds, whole.milliseconds)
        first += len(part)
    return runs


def _batch_row(whole: Run, batch: str) -> Row:
    answers = [answer for answer in whole.answers if answer.example.batch == batch]
    return f"… left out: {batch}", score(answers), whole


def _about(examples: Sequence[Example]) -> str:
    batches = len({example.batch for example in examples})
    intents = len({example.intent for example in examples})
    return f"{len(examples)} training examples of {intents} intents in {batches} batches."


def _finish(report: Report, ours: Run, folder: Path) -> int:
    pictured = list(report.real.values())[-1] if report.real else ours
    page = write(folder, report, pictured)
    print("\n".join(report.notes))
    print(table(report.rows))
    for title, text in report.sections:
        print(f"\n{title}\n\n{text}")
    print(f"Report: {page}")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="evaluate", description=__doc__)
    parser.add_argument(
        "--real", type=Path, nargs="*", default=REAL, help="labelled real messages (JSONL)"
    )
    parser.add_argument("--out", type=Path, default=ROOT / "reports" / "nlu", help="report folder")
    parser.add_argument("--peer", action="store_true", help="train Rasa's default pipeline as well")
    parser.add_argument(
        "--release", action="store_true", help="keep these answers as the released model's"
    )
    return parser.parse_args(arguments)


def _be_quiet() -> None:
    """Rasa, TensorFlow and structlog say a lot while training; only the report matters here."""
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    os.environ["RASA_MAX_CACHE_SIZE"] = "0"  # a part taken from the cache was not trained just now
    warnings.simplefilter("ignore")
    logging.disable(logging.INFO)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
