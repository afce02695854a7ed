"""The API as a page: plain HTML made here, for an office may have no way to a script elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment

router = APIRouter(include_in_schema=False)

_page = Environment(autoescape=True).from_string(
    (Path(__file__).parent / "api_page.html").read_text("utf-8")
)


@router.get("/docs")
def api_page(request: Request) -> HTMLResponse:
    """Every call with its parameters."""
    described = request.app.openapi()
    return HTMLResponse(_page.render(title=described["info"]["title"], calls=_calls(described)))


def _calls(described: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "method": method.upper(),
            "path": path,
            "words": call.get("description") or call.get("summary", ""),
            "parameters": call.get("parameters", []),
        }
        for path, calls in described["paths"].items()
        for method, call in calls.items()
    ]
