"""The draft and its versions: train, compare, publish, go back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Form, Query, Request, Response

from riung import clock
from riung.backend.db import database
from riung.desk import audit, intent_names
from riung.desk.access import ConflictError, MissingError, Principal, Trainer
from riung.desk.pages import render, router, see
from riung.desk.routes.dependencies import configured
from riung.desk.training import Training
from riung.workshop import comparison
from riung.workshop.edits import patch
from riung.workshop.versions import RASA, Publication, VersionError, Versions, working_folder

routes = router()

LISTED = 20
"""Versions on the page."""


@routes.get("/workshop")
def workshop_page(
    request: Request, who: Trainer, version: Annotated[int, Query(ge=0)] = 0
) -> Response:
    """What the draft changes, the versions, and what one of them understands otherwise."""
    return _page(request, who, version)


@routes.get("/workshop/state")
def state(request: Request, who: Trainer) -> Response:
    """Whether a training or a publication is under way; when neither is any more, the page that
    asked loads itself anew and shows what came of it.
    """
    shown = _state(request)
    response = render(request, "_workshop_state.html", **shown)
    if not (shown["is_training"] or shown["is_loading"]):
        response.headers["HX-Refresh"] = "true"
    return response


@routes.post("/workshop/train")
def train(
    request: Request, who: Trainer, why: Annotated[str, Form(min_length=1, max_length=200)]
) -> Response:
    """Train the draft beside the bot that answers."""
    Training(configured(request)).start(who.login, " ".join(why.split()))
    _note(request, who, "draft_trained", why)
    return see("/desk/workshop")


@routes.post("/workshop/publish")
def publish(request: Request, who: Trainer, version: Annotated[int, Form(ge=1)]) -> Response:
    """Let a version go live."""
    store = _store(request)
    return _published(request, who, lambda: store.publish(version, who.login), "version_published")


@routes.post("/workshop/back")
def back(request: Request, who: Trainer) -> Response:
    """Let the version before go live again."""
    store = _store(request)
    return _published(request, who, lambda: store.back(who.login), "version_taken_back")


@routes.get("/workshop/patch")
def patch_file(request: Request, who: Trainer) -> Response:
    """What the draft changes, for whoever keeps the files in Git."""
    name = f"draf-{clock.now():%Y%m%d-%H%M}.patch"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(_patch(request), media_type="text/x-diff; charset=utf-8", headers=headers)


def _published(
    request: Request, who: Principal, act: Callable[[], Publication], audited: str
) -> Response:
    try:
        made = act()
    except VersionError as error:
        raise ConflictError(str(error)) from error
    _note(request, who, audited, f"versi {made.version}, sebelumnya {made.before}")
    return see("/desk/workshop")


def _page(request: Request, who: Principal, version: int) -> Response:
    store = _store(request)
    known = store.all()[:LISTED]
    if version and version not in {one.number for one in known}:
        raise MissingError("Versi itu tidak ada.")
    shown = version or next((one.number for one in known if one.state == "siap"), 0)
    return render(
        request,
        "workshop.html",
        page="workshop",
        versions=known,
        shown=store.find(shown) if shown else None,
        compared=comparison.read(store.place(shown)) if shown else None,
        changed=_changed(_patch(request)),
        name=intent_names.name,
        is_demo=configured(request).demo,
        **_state(request),
    )


def _state(request: Request) -> dict[str, Any]:
    store, training = _store(request), Training(configured(request))
    made = next(iter(reversed(store.publications())), None)
    loaded = store.loaded(RASA)
    is_loading = bool(made and loaded and loaded.version != made.version)
    return {
        "live": store.live(),
        "before": store.before(),
        "publication": made,
        "loaded": loaded,
        "is_loading": is_loading,
        "is_training": training.is_running,
        "training_problem": training.problem,
    }


def _changed(text: str) -> list[tuple[str, list[str]]]:
    """File → its added and removed lines, of a patch."""
    found: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if line.startswith(("--- ", "+++ ")):
            name = line[4:].split("/", 1)[-1]
            if line.startswith("+++ "):
                found.append((name if name != "null" else "(dihapus)", []))
        elif found and line[:1] in "+-":
            found[-1][1].append(line)
    return found


def _patch(request: Request) -> str:
    store = _store(request)
    live = store.live()
    return patch(working_folder(configured(request)), store.place(live)) if live else ""


def _store(request: Request) -> Versions:
    return Versions.of(configured(request))


def _note(request: Request, who: Principal, action: str, detail: str) -> None:
    with database(request).writing() as session:
        audit.write(session, who.login, action, "draf", detail[:200])
