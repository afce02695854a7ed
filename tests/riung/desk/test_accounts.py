import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from riung import clock
from riung.backend.db import Database
from riung.desk import accounts, audit, sessions
from riung.desk.access import COOKIE, Role, UnavailableError
from riung.desk.tables import LoginSession
from tests.riung.desk.conftest import PASSWORD, Browser


def test_the_password_is_stored_only_as_an_argon2_hash(
    database: Database, person: Callable[..., int]
) -> None:
    user_id = person("rina")
    with database.reading() as session:
        stored = accounts.get(session, user_id).password_hash
    assert stored.startswith("$argon2id$")
    assert PASSWORD not in stored


def test_a_right_password_opens_a_session_whose_cookie_is_stored_hashed(
    database: Database, person: Callable[..., int]
) -> None:
    person("rina")
    token = accounts.log_in(database, "Rina ", PASSWORD)
    found = sessions.find(database, token)
    assert found is not None
    assert found.login == "rina"
    with database.reading() as session:
        assert token not in [row.token_hash for row in session.query(LoginSession)]


@pytest.mark.parametrize(("login", "password"), [("rina", "salah sekali"), ("tidakada", PASSWORD)])
def test_wrong_name_and_wrong_password_get_the_same_answer(
    database: Database, person: Callable[..., int], login: str, password: str
) -> None:
    person("rina")
    with pytest.raises(accounts.LoginFailedError, match="Nama masuk atau kata sandi salah"):
        accounts.log_in(database, login, password)


def test_five_wrong_tries_lock_the_account_for_a_quarter_of_an_hour(
    database: Database, person: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    person("rina")
    monkeypatch.setenv("RIUNG_NOW", "2026-11-20T09:00:00+07:00")
    for _ in range(accounts.FAILURES):
        with pytest.raises(accounts.LoginFailedError, match="salah"):
            accounts.log_in(database, "rina", "bukan ini")
    with pytest.raises(accounts.LoginFailedError, match="15 menit"):
        accounts.log_in(database, "rina", PASSWORD)
    monkeypatch.setenv("RIUNG_NOW", "2026-11-20T09:15:01+07:00")
    assert accounts.log_in(database, "rina", PASSWORD)


def test_a_locked_account_an_unknown_name_and_a_wrong_password_get_the_same_words(
    database: Database, person: Callable[..., int]
) -> None:
    person("rina")
    said = set()
    for login in ["rina"] * (accounts.FAILURES + 1) + ["tidakada"]:
        with pytest.raises(accounts.LoginFailedError) as refused:
            accounts.log_in(database, login, "bukan ini")
        said.add(refused.value.message)

    assert len(said) == 1


def test_somebody_elses_wrong_tries_do_not_shut_the_owner_out(
    app: FastAPI, person: Callable[..., int]
) -> None:
    person("kepala", Role.ADMIN, ("*",))
    owner, other = Browser(TestClient(app)).log_in("kepala"), TestClient(app)
    wrong = {"login": "kepala", "password": "bukan ini"}
    for _ in range(accounts.FAILURES + 1):
        assert other.post("/desk/login", data=wrong).status_code == 401

    right = {"login": "kepala", "password": PASSWORD}
    assert other.post("/desk/login", data=right).status_code == 401
    assert owner.log_in("kepala")


def test_a_browser_has_one_try_in_a_locked_account(
    app: FastAPI, database: Database, person: Callable[..., int]
) -> None:
    person("kepala", Role.ADMIN, ("*",))
    owner = TestClient(app)
    Browser(owner).log_in("kepala")
    for _ in range(accounts.FAILURES):
        with pytest.raises(accounts.LoginFailedError):
            accounts.log_in(database, "kepala", "bukan ini")

    owner.post("/desk/login", data={"login": "kepala", "password": "bukan ini"})

    right = {"login": "kepala", "password": PASSWORD}
    assert owner.post("/desk/login", data=right).status_code == 401


def test_names_that_nobody_has_leave_no_row_in_the_audit(
    database: Database, person: Callable[..., int]
) -> None:
    person("rina")
    for login in ("3273010101900001", "rina"):
        with pytest.raises(accounts.LoginFailedError):
            accounts.log_in(database, login, "bukan ini")

    with database.reading() as session:
        failed = audit.entries(session, None, action="login_failed")
        assert [entry.login for entry in failed] == ["rina"]


def test_who_cannot_be_checked_soon_is_asked_to_come_back(
    database: Database, person: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    person("rina")
    monkeypatch.setattr(accounts, "HASHING", threading.BoundedSemaphore(1))
    monkeypatch.setattr(accounts, "PATIENCE", 0.01)

    with accounts.HASHING, pytest.raises(UnavailableError, match="bersamaan"):
        accounts.log_in(database, "rina", PASSWORD)


def test_a_right_password_forgets_the_wrong_tries_before_it(
    database: Database, person: Callable[..., int]
) -> None:
    person("rina")
    for _ in range(3):
        for _ in range(accounts.FAILURES - 1):
            with pytest.raises(accounts.LoginFailedError):
                accounts.log_in(database, "rina", "bukan ini")
        assert accounts.log_in(database, "rina", PASSWORD)


@pytest.mark.parametrize(
    ("hours_of_use", "later", "alive"),
    [
        ([8, 16], timedelta(hours=23), True),
        ([8, 16], timedelta(hours=24, minutes=1), False),
        ([], timedelta(hours=9, minutes=1), False),
    ],
    ids=["in use all day", "older than a day", "left alone for nine hours"],
)
def test_a_session_lives_while_it_is_used_and_a_day_at_most(
    database: Database,
    person: Callable[..., int],
    monkeypatch: pytest.MonkeyPatch,
    hours_of_use: Any,
    later: Any,
    alive: Any,
) -> None:
    person("rina")
    start = clock.now()
    token = accounts.log_in(database, "rina", PASSWORD)
    for hour in hours_of_use:
        monkeypatch.setenv("RIUNG_NOW", (start + timedelta(hours=hour)).isoformat())
        assert sessions.find(database, token)
    monkeypatch.setenv("RIUNG_NOW", (start + later).isoformat())
    assert (sessions.find(database, token) is not None) is alive


def test_a_new_password_logs_every_browser_out(
    database: Database, person: Callable[..., int]
) -> None:
    user_id = person("rina")
    token = accounts.log_in(database, "rina", PASSWORD)
    with database.writing() as session:
        accounts.change_password(session, user_id, PASSWORD, "pagi yang cerah sekali")
    assert sessions.find(database, token) is None


@pytest.mark.parametrize("weak", ["pendek", "aaaaaaaaaaaa", "rina-rina-rina"])
def test_a_weak_password_is_refused(weak: str) -> None:
    with pytest.raises(accounts.AccountError):
        accounts.check_password(weak, "rina")


def test_the_last_admin_cannot_be_switched_off(
    database: Database, person: Callable[..., int]
) -> None:
    admin = person("kepala", Role.ADMIN, ("*",))
    with (
        database.writing() as session,
        pytest.raises(accounts.AccountError, match="admin terakhir"),
    ):
        accounts.update(session, admin, "Kepala", Role.ADMIN, ["*"], active=False)


def test_the_first_admin_gets_a_password_that_must_be_changed(database: Database) -> None:
    password = accounts.create_admin(database, "kepala")
    token = accounts.log_in(database, "kepala", password)
    found = sessions.find(database, token)
    assert found is not None
    assert found.must_change_password


def test_the_demo_has_somebody_of_each_work_with_a_fresh_password_at_every_start(
    database: Database,
) -> None:
    first, second = (accounts.ensure_demo_accounts(database) for _ in range(2))
    people = [(login, role) for login, _, role in second]
    assert people == [("rina", "Penyelia"), ("budi", "Petugas"), ("tami", "Pelatih bot")]
    for (login, before, _), (_, now, _) in zip(first, second, strict=True):
        assert before != now
        assert accounts.log_in(database, login, now)


def test_a_cookie_that_somebody_put_into_the_browser_opens_nothing_afterwards(
    app: FastAPI, person: Callable[..., int]
) -> None:
    person("rina")
    planted = "kuki-yang-ditanam"
    victim, thief = TestClient(app), TestClient(app)
    for browser in (victim, thief):
        browser.cookies.set(COOKIE, planted, path="/desk")

    form = {"login": "rina", "password": PASSWORD}
    victim.post("/desk/login", data=form, follow_redirects=False)

    given = [cookie.value for cookie in victim.cookies.jar if cookie.name == COOKIE]
    assert planted not in given[-1:]
    assert thief.get("/desk", follow_redirects=False).headers["location"].startswith("/desk/login")
