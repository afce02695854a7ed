"""Uploading the day's status list: look, take, undo."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

from fastapi import File, Form, Request, Response, UploadFile

from riung import clock
from riung.backend.db import database
from riung.desk import accounts, audit, imports
from riung.desk.access import DeskError, Importer, Principal
from riung.desk.exports import csv_file
from riung.desk.pages import render, router
from riung.desk.routes.dependencies import configured

routes = router()


@routes.get("/imports")
def imports_page(request: Request, who: Importer) -> Response:
    """The form and the latest imports."""
    return _page(request, who)


@routes.post("/imports")
def look(
    request: Request, who: Importer, file: Annotated[UploadFile | None, File()] = None
) -> Response:
    """Show what the file would do; nothing is changed yet."""
    content = file.file.read(imports.SIZE_LIMIT + 1) if file else b""
    filename = (file.filename if file else "") or ""
    try:
        if not content:
            raise DeskError("Berkas ini kosong." if filename else "Pilih dahulu berkasnya.")
        report, changes = imports.preview(database(request), content, who, clock.now())
    except DeskError as error:
        return _page(request, who, error=error)
    name = imports.keep_for_later(_folder(request), content)
    return _page(
        request,
        who,
        preview=report,
        changes=changes,
        moved=len(changes),
        kept=name,
        filename=filename,
    )


@routes.post("/imports/take")
def take(
    request: Request,
    who: Importer,
    kept: Annotated[str, Form(max_length=80)] = "",
    filename: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Take the file that was just looked at."""
    try:
        content = imports.fetch(_folder(request), kept)
        with database(request).writing() as session:
            made, report = imports.take(session, content, filename, who, clock.now())
            detail = f"{made.taken} diambil, {made.refused} ditolak"
            audit.write(session, who.login, "statuses_imported", f"impor {made.id}", detail)
            moved = made.taken
    except DeskError as error:
        return _page(request, who, error=error)
    return _page(request, who, done=f"{moved} status diperbarui.", preview=report, moved=moved)


@routes.post("/imports/refused")
def refused(
    request: Request, who: Importer, kept: Annotated[str, Form(max_length=80)] = ""
) -> Response:
    """The refused lines of the file just looked at, to be mended and sent again."""
    content = imports.fetch(_folder(request), kept, keep=True)
    report, _ = imports.preview(database(request), content, who, clock.now())
    rows = [(one["line"], one["reason"], report.refused[one["line"]]) for one in report.errors]
    return csv_file("baris-ditolak", ("baris", "alasan", "isi"), rows)


@routes.post("/imports/{import_id}/undo")
def undo(request: Request, who: Importer, import_id: int) -> Response:
    """Put back what an import changed."""
    try:
        with database(request).writing() as session:
            put_back, moved_on = imports.undo(session, import_id, who, clock.now())
            detail = f"{put_back} dikembalikan, {moved_on} dibiarkan"
            audit.write(session, who.login, "import_undone", f"impor {import_id}", detail)
    except DeskError as error:
        return _page(request, who, error=error)
    left = f" {moved_on} sudah berubah lagi dan dibiarkan." if moved_on else ""
    return _page(request, who, done=f"{put_back} status dikembalikan.{left}")


def _page(
    request: Request,
    who: Principal,
    *,
    error: DeskError | None = None,
    **shown: Any,
) -> Response:
    values: dict[str, Any] = {
        "since": datetime.fromisoformat,
        "preview": None,
        "changes": [],
        "moved": 0,
        "kept": "",
        "filename": "",
        "done": "",
        **shown,
    }
    with database(request).reading() as session:
        return render(
            request,
            "imports.html",
            status=error.status if error else 200,
            page="imports",
            error=error.message if error else None,
            latest=imports.newest(session, who),
            names=accounts.names(session),
            stages=_stages(who),
            **values,
        )


def _stages(who: Principal) -> list[tuple[str, str]]:
    """Code and label of every stage, as the first of one's offices words it."""
    office = next(iter(who.visible_offices()), None)
    stages = office.fakta.get("tahap", {}) if office else {}
    return [(code, str(words.get("label", code))) for code, words in stages.items()]


def _folder(request: Request) -> Path:
    return configured(request).var_dir / "desk_imports"
