from riung.server import tables
from tests.riung.backend.citizens import Api, phone


def erase(api: Api, citizen: int) -> dict[str, int]:
    return dict(api.call("DELETE", "/people", params={"phone": phone(citizen)}).json())


def test_what_is_over_is_erased(any_api: Api) -> None:
    any_api.cancel(any_api.book(1).json()["code"])
    assert erase(any_api, 1)["bookings"] == 1
    with any_api.client.app.state.database.reading() as session:
        row = session.query(tables.Booking).one()
        tries = session.query(tables.Attempt).count()
    assert (row.sender, row.name, row.identity_hash, row.identity_last4) == (None,) * 4
    assert tries == 0


def test_what_still_has_to_be_done_stays_and_is_told(api: Api) -> None:
    code = api.book(1).json()["code"]
    api.call(
        "POST",
        "/tickets",
        json={"kind": "complaint", "office": "bandung", "phone": phone(1)},
    )
    told = erase(api, 1)
    assert (told["open_bookings"], told["open_tickets"]) == (1, 1)
    assert api.get(f"/bookings/{code}").json()["name"] == "Warga Contoh"


def test_wishes_are_erased(api: Api) -> None:
    body = {"kind": "quota", "office": "pemalang", "subject": "mpp_batang", "phone": phone(1)}
    api.call("POST", "/subscriptions", json=body)
    erase(api, 1)
    assert api.get("/subscriptions", phone=phone(1)).json() == []


def test_others_lose_nothing(api: Api) -> None:
    api.book(1)
    erase(api, 2)
    assert len(api.get("/bookings", phone=phone(1)).json()) == 1
