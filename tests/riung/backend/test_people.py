import pytest

from riung.backend.db import Database
from riung.backend.people import (
    checked_name,
    identity_from_token,
    identity_of,
    sender_hash,
)
from riung.backend.problems import Problem
from tests.riung.backend.citizens import Api, code_of, nik


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        ("3325010106900001", None),
        ("3325 0101 0690 0001", None),
        ("3325.0101.0690.0001", None),
        ("3325014106900001", None),  # a woman born on the 1st
        ("3325017112900001", None),  # a woman born on 31 December
        ("3325013112900001", None),
        ("332501010690000", "nik_length"),
        ("33250101069000011", "nik_length"),
        ("", "nik_format"),
        ("332501010690000A", "nik_format"),
        ("nomor saya", "nik_format"),
        ("0025010106900001", "nik_region"),
        ("9925010106900001", "nik_region"),
        ("3325010013900001", "nik_birth_date"),
        ("3325013113900001", "nik_birth_date"),
        ("3325013102900001", "nik_birth_date"),
        ("3325013501900001", "nik_birth_date"),  # 32 to 40 are no days
        ("3325014001900001", "nik_birth_date"),
        ("3325017201900001", "nik_birth_date"),  # nor is 72
        ("3325018501900001", "nik_birth_date"),
        ("1179000000001234", "nik_birth_date"),  # an application number
    ],
)
def test_a_nik_is_checked_and_the_reason_is_plain(
    database: Database, number: str, problem: str | None
) -> None:
    with database.reading() as session:
        if problem is None:
            assert identity_of(session, number).last4 == "0001"
            return
        with pytest.raises(Problem) as refused:
            identity_of(session, number)
    assert refused.value.code == problem


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Siti Aminah", "Siti Aminah"),
        ("  siti   aminah ", "siti aminah"),
        ("A. Rahman, S.H.", "A. Rahman, S.H."),
        ("Nur'aini", "Nur'aini"),
        ("Nur’aini", "Nur’aini"),
        ("M. Al-Fatih", "M. Al-Fatih"),
        ("Zoë", "Zoë"),
    ],
)
def test_names_are_taken_as_people_write_them(typed: str, kept: str) -> None:
    assert checked_name(typed) == kept


@pytest.mark.parametrize("typed", ["", "   ", "123", "Budi 2", "a@b.id", "=1+1", "😀", "x" * 100])
def test_what_is_no_name_is_refused(typed: str) -> None:
    with pytest.raises(Problem) as refused:
        checked_name(typed)
    assert refused.value.code == "name_invalid"


def test_a_token_brings_the_same_person_back(database: Database) -> None:
    with database.reading() as session:
        person = identity_of(session, nik(7))
        assert identity_from_token(session, person.token(session)) == person


@pytest.mark.parametrize("token", ["", "x", "WyJoYXNoIiwiMDAwMSJd.AAAA"])
def test_a_token_from_elsewhere_is_refused(database: Database, token: str) -> None:
    with database.reading() as session, pytest.raises(Problem) as refused:
        identity_from_token(session, token)
    assert refused.value.code == "identity_invalid"


def test_two_keys_give_two_hashes(database: Database) -> None:
    other = Database(database.url, "another-key")
    with database.reading() as here, other.reading() as there:
        assert identity_of(here, nik(1)).hash != identity_of(there, nik(1)).hash
        assert sender_hash(here, "62899") != sender_hash(there, "62899")
    other.dispose()


def test_the_api_gives_a_token_without_the_nik(api: Api) -> None:
    told = api.call("POST", "/identities", json={"nik": nik(5)})
    assert told.status_code == 201
    assert told.json()["last4"] == nik(5)[-4:]
    assert nik(5)[:12] not in told.text


def test_a_wrong_nik_is_not_repeated(api: Api) -> None:
    refused = api.call("POST", "/identities", json={"nik": "9925010106900001"})
    assert code_of(refused) == "nik_region"
    assert "9925" not in refused.text
