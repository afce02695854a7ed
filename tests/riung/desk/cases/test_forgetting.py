"""How long what is known of a case is kept."""

from __future__ import annotations

from riung.clock import now
from riung.desk.cases import work
from riung.desk.cases.tables import Case, CaseStep
from tests.riung.backend.citizens import Api, Clock, phone
from tests.riung.desk.cases.test_routes import MORNING, _services_on, ask, move
from tests.riung.desk.test_retention import night

__all__ = ["_services_on"]


def stored(api: Api) -> tuple[Case, list[CaseStep]]:
    with api.client.app.state.database.reading() as session:
        case = session.query(Case).one()
        return case, work.history(session, case)


def test_an_ended_case_is_emptied_after_its_days_and_its_steps_stay(
    any_api: Api, clock: Clock
) -> None:
    clock.at(MORNING)
    wish = {"details": {"address": "RSUD"}, "files": [{"id": "a"}], "conversation_id": "c"}
    code = ask(any_api, key="k", **wish).json()["code"]
    move(any_api, code, "cancelled", note="Pemohon sudah pulih")

    night(any_api, clock, "2027-02-21T09:00:00+07:00")  # the 90th day after
    assert stored(any_api)[0].details == {"address": "RSUD"}
    night(any_api, clock, "2027-02-21T10:01:00+07:00")

    case, steps = stored(any_api)
    assert (case.sender, case.conversation_id, case.details, case.files) == (None, None, {}, [])
    assert [(one.step, one.note) for one in steps] == [("received", ""), ("cancelled", "")]


def test_one_that_goes_on_is_kept_however_long(api: Api, clock: Clock) -> None:
    clock.at(MORNING)
    ask(api, details={"address": "RSUD"})
    night(api, clock, "2028-01-01T00:00:00+07:00")
    assert stored(api)[0].sender == phone(1)


def test_a_day_that_is_over_ends_what_was_for_it(any_api: Api, clock: Clock) -> None:
    clock.at(MORNING)
    ask(any_api, kind="sambang", date="2026-11-23")
    night(any_api, clock, "2026-11-23T23:07:00+07:00")
    assert stored(any_api)[0].step == "announced"
    night(any_api, clock, "2026-11-24T00:07:00+07:00")
    assert stored(any_api)[0].step == "missed"


def test_a_seat_that_was_served_ends_as_served(api: Api, clock: Clock) -> None:
    clock.at(MORNING)
    code = ask(api, kind="sambang", date="2026-11-23").json()["code"]
    move(api, code, "interview")
    night(api, clock, "2026-11-24T00:07:00+07:00")
    assert (stored(api)[0].step, stored(api)[0].ended_at) == ("served", now())


def test_who_asks_is_forgotten_once_it_is_over(any_api: Api) -> None:
    code = ask(any_api, details={"address": "RSUD"}).json()["code"]
    mine = {"phone": phone(1)}
    told = any_api.call("DELETE", "/people", params=mine).json()
    assert (told["cases"], told["open_cases"]) == (0, 1)
    any_api.call("DELETE", f"/cases/{code}", params=mine)
    told = any_api.call("DELETE", "/people", params=mine).json()
    assert (told["cases"], told["open_cases"]) == (1, 0)
    assert stored(any_api)[0].details == {}
