"""fastText as a classifier: `python fasttext_peer.py FOLDER` (see README.md)."""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path

import fasttext

MOST = 10


def plain(text: str) -> str:
    """Lower case, words and signs apart: what fastText's own examples do."""
    return " ".join(re.findall(r"\w+|[?!]", text.lower()))


def rows(file: Path) -> list[dict[str, str]]:
    """The objects of a JSONL file."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


folder = Path(sys.argv[1])
labelled = [
    f"__label__{row['intent']} {plain(row['text'])}" for row in rows(folder / "examples.jsonl")
]
(folder / "fasttext.txt").write_text("\n".join(labelled) + "\n", "utf-8")
began = time.process_time()
model = fasttext.train_supervised(
    str(folder / "fasttext.txt"),
    lr=0.5,
    epoch=25,
    wordNgrams=2,
    minn=2,
    maxn=5,
    dim=100,
    loss="softmax",
    bucket=200_000,
    thread=1,
    verbose=0,
    seed=42,
)
trained = time.process_time()
messages = rows(folder / "messages.jsonl")
rankings = []
for message in messages:
    labels, shares = model.predict(plain(message["text"]), k=MOST)
    rankings.append(
        [[one.removeprefix("__label__"), float(p)] for one, p in zip(labels, shares, strict=True)]
    )
asked = time.process_time()
answers = {
    "training_seconds": trained - began,
    "milliseconds": (asked - trained) * 1000 / len(messages),
    "rankings": rankings,
}
(folder / "fasttext.answers.json").write_text(json.dumps(answers), "utf-8")
