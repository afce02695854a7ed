"""The report of a month: page, print, CSV, and the counts entered by hand."""

from __future__ import annotations

from typing import Annotated, Literal

from babel.dates import format_date
from fastapi import Form, Query, Request, Response

from riung import clock
from riung.backend.db import Reading, database
from riung.desk import audit, charts, exports, form_fields, reports
from riung.desk.access import DeskError, Exporter, Principal, Reader, RefusedError, Right
from riung.desk.pages import render, router, see

routes = router()

Month = Annotated[str, Query(max_length=7)]
OfficeId = Annotated[str, Query(max_length=40)]


@routes.get("/reports")
def reports_page(
    request: Request,
    who: Reader,
    month: Month = "",
    office: OfficeId = "",
    months: Annotated[int, Query(ge=1, le=12)] = 6,
) -> Response:
    """The month with its charts; printing it gives the report on paper."""
    return _page(request, who, month, office, months)


@routes.post("/reports/counts")
def enter_counts(
    request: Request,
    who: Reader,
    month: Annotated[str, Form()] = "",
    office: Annotated[str, Form()] = "",
    social_media: Annotated[str, Form()] = "",
    instagram: Annotated[str, Form()] = "",
    yankomas: Annotated[str, Form()] = "",
) -> Response:
    """Keep what was counted by hand."""
    if not who.may(Right.EXPORT):
        raise RefusedError("Mengisi rekap adalah wewenang penyelia.")
    chosen = who.pick_office(office)
    counts = {"social_media": social_media, "instagram": instagram, "yankomas": yankomas}
    try:
        first = form_fields.month(month, clock.today(chosen.zone))
        with database(request).writing() as session:
            reports.enter(session, chosen, first, counts)
            audit.write(session, who.login, "count_entered", f"{first:%Y-%m}", "", chosen.id)
    except DeskError as error:
        return _page(request, who, "", office, 6, error)
    return see(f"/desk/reports?month={first:%Y-%m}&office={chosen.id}")


@routes.get("/reports/csv")
def report_csv(
    request: Request,
    who: Exporter,
    what: Annotated[Literal["recap", "figures", "topics", "unanswered"], Query()] = "recap",
    month: Month = "",
    office: OfficeId = "",
    months: Annotated[int, Query(ge=1, le=12)] = 12,
) -> Response:
    """One of the report's tables as a file; that it was taken is noted."""
    made = _report(request, who, month, office, months)
    is_one = made.key != reports.SEVERAL
    name = f"{what}-{made.office.id if is_one else 'gabungan'}-{made.month:%Y-%m}"
    with database(request).writing() as session:
        audit.write(session, who.login, "exported", name, "", made.office.id if is_one else "")
    if what == "figures":
        return exports.csv_file(name, ["Angka", "Nilai"], reports.figures(made))
    if what == "topics":
        return exports.csv_file(name, ["Topik", "Pesan"], made.topics)
    if what == "unanswered":
        return exports.csv_file(name, ["Pertanyaan", "Kali"], made.unanswered)
    rows = [
        [f"{row.month:%Y-%m}", *(row.counts[key] for key in reports.CHANNELS), row.total]
        for row in made.rows
    ]
    return exports.csv_file(name, ["Bulan", *reports.CHANNELS.values(), "Jumlah"], rows)


@routes.get("/audit/csv")
def audit_csv(request: Request, who: Exporter, session: Reading) -> Response:
    """The newest ten thousand lines of the audit trail as a file; that too is noted."""
    seen = [office.id for office in who.visible_offices()]
    found = audit.entries(session, seen, limit=10_000)
    with database(request).writing() as writing:
        audit.write(writing, who.login, "exported", "jejak audit")
    rows = [
        (
            one.at.astimezone(clock.WIB).isoformat(" ", "seconds"),
            one.login,
            one.action,
            one.subject,
            one.detail,
            one.office,
        )
        for one in found
    ]
    heading = ["Waktu (WIB)", "Siapa", "Tindakan", "Tentang", "Rincian", "Kantor"]
    return exports.csv_file("jejak-audit", heading, rows)


def _report(
    request: Request, who: Principal, month: str, office: str, months: int
) -> reports.Report:
    is_several = office == reports.SEVERAL and len(who.visible_offices()) > 1
    chosen = who.visible_offices() if is_several else [who.pick_office(office)]
    first = form_fields.month(month, clock.today(chosen[0].zone))
    with database(request).reading() as session:
        return reports.report(session, chosen, first, months=months)


def _each(request: Request, made: reports.Report) -> list[reports.Report]:
    """The month of each office alone, where there are several."""
    if len(made.offices) == 1:
        return []
    with database(request).reading() as session:
        return [reports.report(session, [one], made.month, months=1) for one in made.offices]


def _page(
    request: Request,
    who: Principal,
    month: str,
    office: str,
    months: int,
    error: DeskError | None = None,
) -> Response:
    made = _report(request, who, month, office, months)
    names = [format_date(row.month, "MMM yy", locale="id") for row in made.rows]
    return render(
        request,
        "reports.html",
        status=error.status if error else 200,
        page="reports",
        report=made,
        each=_each(request, made),
        several=reports.SEVERAL,
        month_name=format_date(made.month, "MMMM y", locale="id"),
        names=names,
        charts={
            "wide": charts.stacks(made.rows, names),
            "narrow": charts.stacks(made.rows, names, charts.NARROW),
        },
        topics=charts.shares(made.topics),
        scores=charts.shares(list(made.scores.items())),
        channels=reports.CHANNELS,
        by_hand=reports.BY_HAND,
        visible=who.visible_offices(),
        months=months,
        promise=made.office.meja.janji_menit if made.key != reports.SEVERAL else None,
        printed=clock.now(),
        error=error.message if error else None,
    )
