import csv
import io

import pytest
from icalendar import Calendar

from riung.backend.bookings.tables import Booking
from riung.backend.counter.exports import as_csv
from tests.riung.backend.citizens import ADMIN_KEY, PLACE, TUESDAY, Api


def export(api: Api, form: str) -> bytes:
    params = {**PLACE, "date": TUESDAY, "format": form}
    answer = api.call("GET", "/counter/day", key=ADMIN_KEY, params=params)
    assert f"mpp_batang-{TUESDAY}.{form}" in answer.headers["content-disposition"]
    return answer.content


def test_a_spreadsheet_gets_a_line_a_person(api: Api) -> None:
    code = api.book(1).json()["code"]
    rows = list(csv.DictReader(io.StringIO(export(api, "csv").decode("utf-8-sig")), delimiter=";"))
    assert [(row["nomor"], row["kode"], row["nama"]) for row in rows] == [
        ("1", code, "Warga Contoh")
    ]


@pytest.mark.parametrize("name", ["=1+1", "+62", "-1", "@SUM(A1)"])
def test_no_name_becomes_a_formula(name: str) -> None:
    line = as_csv([Booking(queue_number=1, code="X", name=name, kind="baru")]).decode("utf-8-sig")
    assert f"'{name}" in line


def test_a_calendar_gets_the_day_without_names(api: Api) -> None:
    code = api.book(1).json()["code"]
    content = export(api, "ics")
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert event["DTSTART"].dt.isoformat() == "2026-11-24T08:00:00+07:00"
    assert f"1. {code} baru" in str(event["DESCRIPTION"])
    assert b"Warga" not in content


def test_a_calendar_brings_the_definition_of_its_zone(api: Api) -> None:
    api.book(1)
    (zone,) = Calendar.from_ical(export(api, "ics")).walk("VTIMEZONE")
    assert zone["TZID"] == "Asia/Jakarta"
