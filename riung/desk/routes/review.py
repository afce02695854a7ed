"""Reviewing real messages: look, say what was meant, collect it in the draft."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from fastapi import Form, Query, Request, Response

from riung.backend.db import Reading, database
from riung.desk import audit, intent_names, review
from riung.desk.access import DeskError, Principal, Trainer
from riung.desk.pages import render, router, see
from riung.desk.routes.dependencies import configured
from riung.desk.transcript import FALLBACK
from riung.intents import intents
from riung.workshop.edits import add_examples, add_reviewed, one_line, topic_of
from riung.workshop.examples import examples, nearest, would_move
from riung.workshop.versions import working_folder
from riung.yaml_files import YamlError

routes = router()

SHOWN = 30
"""Groups on one page, the most frequent."""

SKIPPED = "-"
"""Reviewed, and nothing to be learned from it."""

Text = Annotated[str, Query(max_length=1000)]


@routes.get("/review")
def review_page(request: Request, who: Trainer, session: Reading, cause: Text = "") -> Response:
    """What is in doubt, grouped by likeness, the most frequent first."""
    return _page(request, who, cause)


@routes.get("/review/near")
def near(
    request: Request, who: Trainer, session: Reading, text: Text = "", intent: Text = ""
) -> Response:
    """The nearest examples, and which other messages the choice would move (a part of the page)."""
    known = examples(_work(request))
    others = review.understood_now(session, _offices(who))
    return render(
        request,
        "_near.html",
        near=nearest(text, known),
        moving=would_move(text, intent, others, known) if intent in known.values() else [],
        name=intent_names.name,
        others=others,
        intent=intent,
    )


@routes.post("/review")
def decide(
    request: Request,
    who: Trainer,
    ids: Annotated[str, Form(pattern=r"^\d+(,\d+)*$", max_length=4000)],
    text: Annotated[str, Form(max_length=1000)] = "",
    intent: Annotated[str, Form(max_length=60)] = "",
) -> Response:
    """Take a group off the list: its right intent goes into the draft, with the words as a test."""
    work, words = _work(request), review.masked(one_line(text))
    try:
        if intent != SKIPPED:
            learn(work, words, intent, who.login)
        with database(request).writing() as session:
            count = review.mark(session, _numbers(ids), _offices(who), intent)
            audit.write(session, who.login, "message_reviewed", intent, f"{count} pesan")
    except (DeskError, YamlError) as error:
        return _page(request, who, "", str(error))
    return see("/desk/review")


def learn(work: Path, words: str, intent: str, login: str) -> None:
    """An example and a test at once, in the draft.

    Raises:
        DeskError: no words, or no such intent.
        YamlError: a file of the draft cannot be read.
    """
    known = examples(work)
    if not words:
        raise DeskError("Pesannya masih kosong.")
    if intent not in known.values():
        raise DeskError(
            f"Maksud '{intent}' tidak ada. Pilih dari daftar, atau buat pertanyaan baru."
        )
    if known.get(words, intent) != intent:
        raise DeskError(f"Kalimat ini sudah menjadi contoh untuk {known[words]}.")
    if words not in known:
        add_examples(topic_of(work, intent), intent, [words], login)
    add_reviewed(work, words, intent)


def _page(request: Request, who: Principal, cause: str, error: str = "") -> Response:
    with database(request).reading() as session:
        found = review.doubts(session, _offices(who))
    shown = [group for group in found if not cause or cause in group.causes]
    return render(
        request,
        "review.html",
        status=400 if error else 200,
        page="review",
        groups=shown[:SHOWN],
        total=sum(len(group.doubts) for group in shown),
        more=max(len(shown) - SHOWN, 0),
        causes=review.CAUSES,
        cause=cause,
        choices=choices(_work(request)),
        out_of_scope=intents().role.out_of_scope,
        skipped=SKIPPED,
        fallback=FALLBACK,
        names_of=lambda found: ", ".join(map(intent_names.name, found)),
        days=review.DAYS,
        error=error,
    )


def choices(work: Path) -> list[tuple[str, str]]:
    """Every intent that has examples, with the name that people read."""
    known = sorted(set(examples(work).values()))
    return sorted(((one, intent_names.name(one)) for one in known), key=lambda one: one[1])


def _work(request: Request) -> Path:
    return working_folder(configured(request))


def _offices(who: Principal) -> list[str]:
    return [office.id for office in who.visible_offices()]


def _numbers(ids: str) -> list[int]:
    return [int(one) for one in ids.split(",")]
