"""What the answers rest on, for staff: each fact with its source and its age."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request, Response

from riung import clock
from riung.desk import fact_list
from riung.desk.access import Account
from riung.desk.pages import render, router

routes = router()


@routes.get("/facts")
def facts_page(
    request: Request,
    who: Account,
    office: Annotated[str, Query(max_length=40)] = "",
    show: Annotated[fact_list.Show, Query()] = "old",
    q: Annotated[str, Query(max_length=80)] = "",
    page: Annotated[int, Query(ge=1, le=99)] = 1,
) -> Response:
    """Those older than the office's limit first; all of them, or those that hold some words."""
    chosen = who.pick_office(office)
    today, limit = clock.today(chosen.zone), chosen.umur_fakta_bulan
    found = fact_list.rows(today, limit, show, q)
    first = (page - 1) * fact_list.PAGE
    return render(
        request,
        "facts.html",
        page="facts",
        visible=who.visible_offices(),
        office=chosen,
        limit=limit,
        show=show,
        words=q,
        old=fact_list.old_ones(today, limit),
        found=len(found),
        rows=found[first : first + fact_list.PAGE],
        number=page,
        more=len(found) > first + fact_list.PAGE,
        confidences=fact_list.CONFIDENCES,
    )
