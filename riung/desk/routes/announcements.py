"""Putting announcements up and taking them down."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import Form, Request, Response

from riung import clock
from riung.backend.db import Reading, database
from riung.desk import accounts, announcements, audit, form_fields
from riung.desk.access import Announcer, DeskError, MissingError, Principal
from riung.desk.canned_replies import replies
from riung.desk.pages import render, router, see
from riung.desk.tables import Announcement

routes = router()


@routes.get("/announcements")
def announcements_page(request: Request, who: Announcer, session: Reading) -> Response:
    """What is up now, the form, and what was."""
    return _page(request, who)


@routes.post("/announcements")
def start(
    request: Request,
    who: Announcer,
    office: Annotated[str, Form()] = "",
    kind: Annotated[str, Form()] = "",
    text: Annotated[str, Form()] = "",
    starts: Annotated[str, Form()] = "",
    ends: Annotated[str, Form()] = "",
) -> Response:
    """Put one up; without a start it holds from now on."""
    chosen = who.pick_office(office)
    try:
        now = clock.now()
        begin = form_fields.moment(starts, chosen.zone, "Waktu mulai") if starts else now
        finish = form_fields.moment(ends, chosen.zone, "Waktu selesai")
        with database(request).writing() as session:
            made = announcements.start(
                session,
                office=chosen.id,
                kind=kind,
                text=text,
                starts_at=begin,
                ends_at=finish,
                author_id=who.id,
            )
            audit.write(
                session, who.login, "announcement_started", f"#{made.id}", made.text, chosen.id
            )
    except DeskError as error:
        return _page(request, who, error=error, typed=text)
    return see("/desk/announcements")


@routes.post("/announcements/{announcement_id}/end")
def end(request: Request, who: Announcer, announcement_id: int) -> Response:
    """Take it down now."""
    with database(request).writing() as session:
        found = session.get(Announcement, announcement_id)
        if found is None or not who.sees(found.office):
            raise MissingError("Pengumuman itu tidak ada.")
        announcements.end(session, found, clock.now())
        audit.write(session, who.login, "announcement_ended", f"#{found.id}", "", found.office)
    return see("/desk/announcements")


def _page(
    request: Request, who: Principal, *, error: DeskError | None = None, typed: str = ""
) -> Response:
    visible = who.visible_offices()
    now = clock.now()
    with database(request).reading() as session:
        found = announcements.newest(session, [office.id for office in visible])
        names = accounts.names(session)
    return render(
        request,
        "announcements.html",
        status=error.status if error else 200,
        page="announcements",
        visible=visible,
        zones={office.id: office.zone for office in visible},
        office_names={office.id: office.nama_singkat for office in visible},
        up=[one for one in found if one.ends_at > now],
        over=[one for one in found if one.ends_at <= now],
        now=now,
        tonight=(now + timedelta(hours=4)).astimezone(visible[0].zone if visible else clock.WIB),
        names=names,
        kinds=announcements.KINDS,
        suggestions=replies().suggestions,
        limit=announcements.TEXT_LIMIT,
        typed=typed,
        error=error.message if error else None,
    )
