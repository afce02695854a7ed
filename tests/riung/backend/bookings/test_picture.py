import io

import zxingcpp
from PIL import Image

from tests.riung.backend.citizens import Api, code_of


def picture(api: Api, link: str):
    """The picture as the channel fetches it: without a key."""
    return api.client.get(link.removeprefix("http://127.0.0.1:8000"))


def test_a_ticket_comes_with_a_picture_whose_code_the_desk_can_read(api: Api) -> None:
    booked = api.book(1).json()
    answer = picture(api, booked["picture"])
    assert answer.headers["content-type"] == "image/png"
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(answer.content)))
    assert found.text == booked["code"]


def test_it_fits_whatsapps_limit_for_pictures(api: Api) -> None:
    assert len(picture(api, api.book(1).json()["picture"]).content) < 200_000


def test_an_address_cannot_be_made_up(api: Api) -> None:
    booked = api.book(1).json()
    assert booked["code"] not in booked["picture"]
    made_up = booked["picture"].replace(".png", "x.png")
    assert code_of(picture(api, made_up)) == "booking_not_found"


def test_a_moved_booking_and_an_accepted_offer_have_one_too(api: Api) -> None:
    api.set_day(capacity=1)
    api.set_day("2026-12-01", opens_at="2026-11-20T08:00:00+07:00")
    code = api.book(1).json()["code"]
    entry = api.wait(2).json()["code"]
    moved = api.reschedule(code, "2026-12-01").json()
    accepted = api.accept(entry).json()
    assert {picture(api, told["picture"]).status_code for told in (moved, accepted)} == {200}
