import pytest

from riung.backend.applications.transitions import normal_number
from riung.backend.problems import Problem
from tests.riung.backend.citizens import Api, code_of

NUMBER = "1179000000001234"


@pytest.mark.parametrize(
    "typed",
    [NUMBER, "1179 0000 0000 1234", "1179.0000.0000.1234", "1179-0000-0000-1234", f" {NUMBER}\n"],
)
def test_marks_between_the_digits_do_not_matter(typed: str) -> None:
    assert normal_number(typed) == NUMBER


@pytest.mark.parametrize("typed", ["", "117900000000123", f"{NUMBER}5", f"A{NUMBER}", "nomor saya"])
def test_anything_but_sixteen_digits_is_refused(typed: str) -> None:
    with pytest.raises(Problem) as refused:
        normal_number(typed)
    assert refused.value.code == "number_malformed"


def test_an_application_is_created_at_any_stage(any_api: Api) -> None:
    told = any_api.move(NUMBER, "printing").json()
    assert (told["stage"], told["stage_label"]) == ("printing", "Pencetakan")
    assert told["updated_at"] == "2026-11-21T09:00:00+07:00"


def test_each_stage_stays_in_the_history(any_api: Api) -> None:
    any_api.move(NUMBER, "registered", updated_at="2026-11-17T10:00:00+07:00")
    told = any_api.move(NUMBER, "paid", updated_at="2026-11-18T10:00:00+07:00").json()
    assert [step["stage"] for step in told["history"]] == ["registered", "paid"]


def test_the_same_stage_again_changes_nothing(api: Api) -> None:
    first = api.move(NUMBER, "paid").json()
    again = api.move(NUMBER, "paid", updated_at="2026-11-01T10:00:00+07:00").json()
    assert again == first


def test_a_stage_that_cannot_follow_is_refused(api: Api) -> None:
    api.move(NUMBER, "printing")
    refused = api.move(NUMBER, "registered")
    assert (refused.status_code, code_of(refused)) == (409, "stage_impossible")
    assert refused.json()["stage"] == "printing"


def test_force_takes_it_all_the_same(api: Api) -> None:
    api.move(NUMBER, "printing")
    assert api.move(NUMBER, "registered", force=True).json()["stage"] == "registered"


def test_the_route_cannot_change_but_by_force(api: Api) -> None:
    api.move(NUMBER, "registered")
    walk_in = {"route": "datang_langsung"}
    assert code_of(api.move(NUMBER, "document_check", **walk_in)) == "route_fixed"
    assert api.move(NUMBER, "document_check", **walk_in, force=True).status_code == 200


@pytest.mark.parametrize("moment", ["2026-11-21T09:06:00+07:00", "2026-11-16T10:00:00+07:00"])
def test_a_change_in_the_future_or_before_the_last_one_is_refused(api: Api, moment: str) -> None:
    api.move(NUMBER, "registered", updated_at="2026-11-17T10:00:00+07:00")
    assert code_of(api.move(NUMBER, "paid", updated_at=moment)) == "moment_impossible"


@pytest.mark.parametrize(
    "wrong",
    [{"stage": "prnting"}, {"route": "udara"}, {"updated_at": "2026-11-17T10:00:00"}, {"x": 1}],
)
def test_a_body_with_a_mistake_is_refused(api: Api, wrong: dict[str, object]) -> None:
    body = {"stage": "paid", **wrong}
    assert code_of(api.move(NUMBER, **body)) == "invalid_request"


def test_an_unknown_office_is_named_with_those_there_are(api: Api) -> None:
    refused = api.move(NUMBER, "paid", office="atlantis")
    assert code_of(refused) == "office_not_found"
    assert "bandung" in refused.json()["detail"]
