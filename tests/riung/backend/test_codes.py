import pytest

from riung.backend.bookings.tables import Booking
from riung.backend.codes import ALPHABET, new_code, normal_code
from riung.backend.db import Database
from riung.nlu.cleaning import clean
from riung.nlu.numbers import find_references


def test_codes_hold_nothing_that_looks_like_another(database: Database) -> None:
    assert not set(ALPHABET) & set("0O1IL2Z5S8BAEU")
    with database.reading() as session:
        codes = [new_code(session, Booking) for _ in range(200)]
    assert all(len(code) == 6 and set(code) <= set(ALPHABET) for code in codes)
    assert all(code[:2].isalpha() and not code.isalpha() for code in codes)
    assert all(find_references(clean(code), code) for code in codes), "the chat knows each"
    written = [code.lower() for code in codes]
    assert all(find_references(clean(code), code) for code in written), "also typed in a hurry"
    assert len(set(codes)) == 200


@pytest.mark.parametrize("typed", ["KQJ7CQ", "kqj7cq", " KQJ 7CQ ", "kqj-7cq", "*KQJ7CQ*"])
def test_codes_are_read_as_people_type_them(typed: str) -> None:
    assert normal_code(typed) == "KQJ7CQ"
