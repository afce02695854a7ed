"""`make eval`: how well messages are understood, beside Rasa's default pipeline.

Three measurements in one run: cross-validation on our own examples, real messages if the file of
real messages is there, and the same data under the default pipeline. Writes reports/nlu/.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import structlog
from sklearn.model_selection import StratifiedKFold

from riung.settings import ROOT
from riung.training.nlu_report import Row, rows_of, table, write
from riung.training.nlu_runs import Example, Run, own_examples, real_examples, run

CONFIG = ROOT / "config.yml"
PEER = Path(__file__).parent / "rasa_default.yml"
REAL = Path(os.environ.get("RIUNG_SHARED", ROOT.parent / "shared")) / "nlu" / "real_dev.jsonl"
FOLDS = 5


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table and write the report."""
    options = _options(arguments)
    _be_quiet()
    examples = own_examples(ROOT / "data")
    real = real_examples(options.real) if options.real.exists() else []
    notes = [
        f"{len(examples)} training examples of {len({e.intent for e in examples})} intents.",
        "The examples carry no entity annotations: Riung finds entities by rules, and the default "
        "pipeline has none to learn from.",
    ]
    if not real:
        notes.append(f"There is no file of real messages at {options.real}; only our own data.")

    _say(f"{FOLDS}-fold cross-validation on {len(examples)} examples …")
    ours = cross_validated(CONFIG, examples, options.folds)
    rows = rows_of("Riung, cross-validation", ours)
    tested = real or _sample(examples)
    on = "real messages" if real else "a sample of our own messages"
    _say(f"Riung on {on} …")
    pictured = run(CONFIG, examples, tested)
    rows += rows_of(f"Riung, {on}", pictured)
    if options.peer:
        write(options.out, rows, pictured, [*notes, "Rasa's default pipeline is still to come."])
        _say("Rasa's default pipeline on the same; its training takes half an hour …")
        rows += rows_of(f"Rasa default, {on}", run(PEER, examples, tested))
    return _report(rows, pictured, notes, options.out)


def cross_validated(config: Path, examples: Sequence[Example], folds: int) -> Run:
    """Each example answered by a model that has not seen it; costs are means over the folds."""
    splitter = StratifiedKFold(folds, shuffle=True, random_state=42)
    intents = np.array([example.intent for example in examples])
    whole = Run()
    for number, (train, test) in enumerate(splitter.split(intents, intents), start=1):
        _say(f"  fold {number} of {folds}")
        part = run(config, [examples[i] for i in train], [examples[i] for i in test])
        whole.answers += part.answers
        whole.training_seconds += part.training_seconds / folds
        whole.milliseconds += part.milliseconds / folds
    return whole


def _sample(examples: Sequence[Example]) -> list[Example]:
    """Some of our own messages, to compare pipelines where there are no real ones."""
    return list(examples[::10])


def _report(rows: Sequence[Row], pictured: Run, notes: Sequence[str], folder: Path) -> int:
    page = write(folder, rows, pictured, notes)
    print("\n".join(notes))
    print(table(rows))
    print(f"Report: {page}")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="evaluate", description=__doc__)
    parser.add_argument("--real", type=Path, default=REAL, help="labelled real messages (JSONL)")
    parser.add_argument("--out", type=Path, default=ROOT / "reports" / "nlu", help="report folder")
    parser.add_argument("--folds", type=int, default=FOLDS, help="folds of the cross-validation")
    parser.add_argument(
        "--no-peer", dest="peer", action="store_false", help="leave out Rasa's default pipeline"
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
