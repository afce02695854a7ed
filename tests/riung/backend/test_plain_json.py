"""A plain answer is written as FastAPI would write it."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

import pytest
from fastapi.encoders import jsonable_encoder

from riung.backend.plain_json import PlainJSON

WIB = timezone(timedelta(hours=7))


@pytest.mark.parametrize(
    "answer",
    [
        {},
        [{"date": date(2026, 11, 24), "remaining": 3, "closed_reason": None, "bookable": True}],
        {"updated_at": datetime(2026, 11, 24, 9, 30, tzinfo=WIB), "arrive_at": time(8, 0)},
        {"stage_text": "Sedang dicetak – sabar ya 🙏", "history": [{"at": datetime(2026, 1, 2)}]},
    ],
)
def test_it_is_what_fastapi_writes(answer: Any) -> None:
    assert json.loads(PlainJSON(answer).body) == jsonable_encoder(answer)


@pytest.mark.parametrize("answer", [{"who": object()}, {"share": float("nan")}])
def test_what_json_does_not_know_is_refused(answer: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        PlainJSON(answer)
