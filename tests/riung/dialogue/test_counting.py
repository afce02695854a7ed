"""Workers of one dialogue server count together; the figures of one that ended stay counted."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.paths import ROOT

WORKERS = """
import os
from multiprocessing import get_context
from riung.dialogue.counting import add_up_workers, forget_worker
add_up_workers()
from riung.whatsapp.metrics import Metrics

metrics, hand_over = Metrics(), get_context("fork").SimpleQueue()

def work(turns):
    metrics.turns.labels("answered").inc(turns)
    metrics.follow(metrics.working, lambda: turns)
    hand_over.put(metrics.text().decode())

def told(figures):
    wanted = "whatsapp_turns_total{", "whatsapp_conversations_working "
    print([float(line.split()[-1]) for line in figures.splitlines() if line.startswith(wanted)])

ended = []
for turns in (2, 3):
    one = get_context("fork").Process(target=work, args=(turns,))
    one.start()
    one.join()
    ended.append(one.pid)
    told(hand_over.get())
forget_worker(ended[0])
told(metrics.text().decode())
print(os.environ.get("PROMETHEUS_MULTIPROC_DIR"))
"""


def told_by(workers: str) -> list[str]:
    """What the workers print; the library takes its variable only when it is first imported."""
    variables = {"RIUNG_RASA_WORKERS": workers, "PATH": os.environ["PATH"]}
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", WORKERS],
        cwd=ROOT,
        env=variables,
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout.splitlines()


def test_any_of_several_tells_the_sum_and_an_ended_one_has_nothing_in_hand() -> None:
    first, second, after_the_first, folder = told_by("2")

    assert sorted(map(float, first[1:-1].split(","))) == [2, 2]
    assert sorted(map(float, second[1:-1].split(","))) == [5, 5]
    assert sorted(map(float, after_the_first[1:-1].split(","))) == [3, 5]
    assert not os.path.exists(folder), "it goes with the server"


def test_one_alone_needs_no_folder() -> None:
    assert told_by("1")[-1] == "None"
