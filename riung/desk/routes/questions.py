"""The page "Pertanyaan baru": one form, and every file that an intent needs."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Form, Query, Request, Response
from pydantic import ValidationError

from riung.backend.db import database
from riung.desk import audit, review
from riung.desk.access import Principal, Trainer
from riung.desk.pages import render, router
from riung.desk.routes.dependencies import configured
from riung.desk.training import check
from riung.workshop.edits import shown_name
from riung.workshop.examples import similar
from riung.workshop.questions import FEWEST, TITLE, NewQuestion, QuestionError, add, topics
from riung.workshop.versions import working_folder
from riung.yaml_files import YamlError

routes = router()

SUGGESTED = 12
"""Real messages that are offered as examples."""

Field = Annotated[str, Form(max_length=6000)]


@routes.get("/questions/new")
def question_page(
    request: Request, who: Trainer, example: Annotated[str, Query(max_length=1000)] = ""
) -> Response:
    """The form; an example brings messages like it along."""
    return _page(request, who, {"examples": example}, example)


@routes.post("/questions/new")
def write(
    request: Request,
    who: Trainer,
    topic: Field = "",
    label: Field = "",
    label_en: Field = "",
    answer: Field = "",
    answer_en: Field = "",
    examples: Field = "",
) -> Response:
    """Write the question into the draft, and show what the check says of it."""
    typed = {
        "topic": topic,
        "label": label,
        "label_en": label_en,
        "answer": answer,
        "answer_en": answer_en,
        "examples": examples,
    }
    work = working_folder(configured(request))
    try:
        given = NewQuestion.parse_obj({**typed, "examples": examples.splitlines()})
        changed = [shown_name(path, work) for path in add(work, given, who.login)]
    except ValidationError as error:
        return _page(request, who, typed, error=str(error.errors()[0]["msg"]))
    except (QuestionError, YamlError) as error:
        return _page(request, who, typed, error=str(error))
    with database(request).writing() as session:
        audit.write(session, who.login, "question_added", given.intent)
    found = check(configured(request))
    return _page(request, who, {}, written=given, changed=changed, verdict=found)


def _page(
    request: Request,
    who: Principal,
    typed: dict[str, str],
    example: str = "",
    **shown: Any,
) -> Response:
    offices = [office.id for office in who.visible_offices()]
    with database(request).reading() as session:
        asked = [group.text for group in review.doubts(session, offices)]
    error = shown.get("error", "")
    return render(
        request,
        "question.html",
        status=400 if error else 200,
        page="question",
        typed=typed,
        topics=topics(working_folder(configured(request))),
        suggested=similar(example, asked)[:SUGGESTED] if example else asked[:SUGGESTED],
        fewest=FEWEST,
        title=TITLE,
        **{"error": "", "written": None, "changed": [], "verdict": [], **shown},
    )
