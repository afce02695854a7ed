import pytest

from riung.backend.subscriptions.tables import OptOut
from tests.riung.backend.citizens import Api, code_of, phone

NUMBER = "1179000000001234"


def wish(api: Api, kind: str, subject: str, office: str = "pemalang"):
    body = {"kind": kind, "office": office, "subject": subject, "phone": phone(1)}
    return api.call("POST", "/subscriptions", json=body)


def test_a_wish_is_kept_once(any_api: Api) -> None:
    any_api.move(NUMBER, "paid")
    for _ in range(2):
        wish(any_api, "status", "1179 0000 0000 1234")
    wish(any_api, "quota", "mpp_batang")
    kept = any_api.get("/subscriptions", phone=phone(1)).json()
    assert [(one["kind"], one["subject"]) for one in kept] == [
        ("status", NUMBER),
        ("quota", "mpp_batang"),
    ]


@pytest.mark.parametrize(
    ("kind", "subject", "code"),
    [
        ("status", NUMBER, "application_not_found"),
        ("status", "123", "number_malformed"),
        ("quota", "mpp_bulan", "place_not_found"),
        ("passport", "besok", "date_malformed"),
        ("passport", "2020-01-01", "date_past"),
        ("payment", "2026-11-20T10:00:00", "date_malformed"),
        ("payment", "2020-01-01T10:00:00+07:00", "date_past"),
        ("cuaca", "besok", "invalid_request"),
    ],
)
def test_what_does_not_exist_cannot_be_wished(api: Api, kind: str, subject: str, code: str) -> None:
    assert code_of(wish(api, kind, subject)) == code


def test_opting_out_ends_all_wishes_and_keeps_no_number(api: Api) -> None:
    wish(api, "quota", "mpp_batang")
    for _ in range(2):
        assert api.call("DELETE", "/subscriptions", params={"phone": phone(1)}).is_success
    assert api.get("/subscriptions", phone=phone(1)).json() == []
    with api.client.app.state.database.reading() as session:
        assert phone(1) not in session.query(OptOut).one().sender_hash


def test_a_new_wish_ends_the_opting_out(api: Api) -> None:
    api.call("DELETE", "/subscriptions", params={"phone": phone(1)})
    wish(api, "quota", "mpp_batang")
    with api.client.app.state.database.reading() as session:
        assert session.query(OptOut).count() == 0
