import pytest

from tests.riung.backend.citizens import ADMIN_KEY, Api, code_of

NUMBER = "1179000000001234"


def test_a_citizen_reads_stage_moment_and_next_step_and_nothing_personal(any_api: Api) -> None:
    any_api.move(NUMBER, "ready_for_pickup", office="pemalang")
    told = any_api.get("/applications/1179 0000 0000 1234").json()
    assert told["stage_label"] == "Siap diambil"
    assert told["next_step"].startswith("Ambil di kantor")
    assert set(told) == {
        "number", "office", "office_name", "kind", "route", "stage", "stage_label", "stage_text",
        "next_step", "updated_at", "history",
    }  # fmt: skip


def test_the_next_step_follows_the_route(api: Api) -> None:
    api.move(NUMBER, "paid", route="m_paspor")
    api.move("1179000000001235", "paid", route="datang_langsung")
    steps = [
        api.get(f"/applications/{number}").json()["next_step"]
        for number in (NUMBER, "1179000000001235")
    ]
    assert steps[0].startswith("Datang sesuai jadwal")
    assert steps[1].startswith("Tidak perlu datang lagi")


def test_an_unknown_number_is_not_found(api: Api) -> None:
    assert code_of(api.get(f"/applications/{NUMBER}")) == "application_not_found"


def test_a_malformed_number_says_what_form_is_right(api: Api) -> None:
    refused = api.get("/applications/12345")
    assert (refused.status_code, code_of(refused)) == (422, "number_malformed")


@pytest.mark.parametrize("way", ["body", "form"])
def test_a_file_is_taken_as_body_or_as_form(api: Api, way: str) -> None:
    content = f"nomor,kantor,tahap\n{NUMBER},bandung,printing\n".encode()
    sent = (
        {"content": content, "headers": {"Content-Type": "text/csv"}}
        if way == "body"
        else {"files": {"file": ("permohonan.csv", content)}}
    )
    told = api.call("POST", "/applications/import", key=ADMIN_KEY, **sent).json()
    assert told == {"created_or_moved": 1, "unchanged": 0, "errors": []}
    assert api.get(f"/applications/{NUMBER}").json()["stage"] == "printing"


@pytest.mark.parametrize("moment", [46353, "46353", 20261224, "20261224", 1796083200.5])
def test_a_bare_number_is_no_moment(api: Api, moment: object) -> None:
    body = {"office": "bandung", "stage": "printing", "updated_at": moment}
    answer = api.call("PUT", f"/applications/{NUMBER}", key=ADMIN_KEY, json=body)
    assert answer.status_code == 422


def test_a_year_in_which_nothing_was_is_refused_and_no_fault(api: Api) -> None:
    for moment in ("0001-01-01T00:00:00+07:00", "1970-01-01T19:52:00+07:00"):
        body = {"office": "bandung", "stage": "printing", "updated_at": moment}
        answer = api.call("PUT", f"/applications/{NUMBER}", key=ADMIN_KEY, json=body)
        assert (answer.status_code, answer.json()["code"]) == (422, "moment_impossible")
