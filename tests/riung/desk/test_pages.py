from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from riung.backend.db import Database
from riung.desk.access import Role
from riung.desk.pages import say_duration
from tests.riung.desk.conftest import LogIn


@pytest.mark.parametrize(
    ("module", "link"),
    [("pengaduan", "/desk/complaints"), ("antrean_whatsapp", "/desk/counter")],
)
def test_a_page_of_a_service_that_no_office_offers_is_not_in_the_menu(
    log_in_as: LogIn, office_folder: Path, module: str, link: str
) -> None:
    browser = log_in_as("rina", Role.ADMIN, ("pemalang",))
    assert f'href="{link}"' in browser.see("/desk")

    for path in office_folder.glob("*.yml"):
        text = path.read_text("utf-8")
        path.write_text(text.replace(f"  {module}: true", f"  {module}: false"), "utf-8")

    assert f'href="{link}"' not in browser.see("/desk")


def test_the_login_page_greets_and_asks_for_name_and_password(app_client: TestClient) -> None:
    page = app_client.get("/desk/login").text
    assert "<h1>Meja Petugas</h1>" in page
    assert "Nama masuk" in page
    assert "Kata sandi" in page


def test_a_wrong_password_says_so_on_the_page(
    app_client: TestClient, person: Callable[..., int]
) -> None:
    person("rina")
    answer = app_client.post("/desk/login", data={"login": "rina", "password": "bukan"})
    assert answer.status_code == 401
    assert 'role="alert">Nama masuk atau kata sandi salah.' in answer.text


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(
    app_client: TestClient, person: Callable[..., int]
) -> None:
    person("rina")
    answer = app_client.post(
        "/desk/login",
        data={"login": "rina", "password": "hujan di sore hari"},
        follow_redirects=False,
    )
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/desk" in cookie


def test_the_login_leads_only_to_pages_of_the_desk(
    app_client: TestClient, person: Callable[..., int]
) -> None:
    person("rina")
    for asked, lands in [
        ("/desk/audit", "/desk/audit"),
        ("https://example.org/desk/", "/desk"),
        ("//example.org", "/desk"),
        ("/desk//example.org", "/desk"),
    ]:
        answer = app_client.post(
            "/desk/login",
            data={"login": "rina", "password": "hujan di sore hari", "next": asked},
            follow_redirects=False,
        )
        assert answer.headers["location"] == lands


def test_pages_forbid_foreign_and_inline_scripts(app_client: TestClient) -> None:
    policy = app_client.get("/desk/login").headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy


def test_an_error_is_a_page_in_indonesian_and_no_traceback(log_in_as: LogIn) -> None:
    page = log_in_as("rina").see("/desk/audit", code=403)
    assert "<h1>Tidak diizinkan</h1>" in page
    assert "Traceback" not in page


def test_a_page_that_fails_says_so_in_indonesian(log_in_as: LogIn, database: Database) -> None:
    rina = log_in_as("rina")
    with database.writing() as session:
        session.execute(text("UPDATE desk_users SET offices = '7'"))
    assert "<h1>Ada kesalahan di sistem</h1>" in rina.see("/desk", code=500)


def test_htmx_gets_an_error_as_a_line_to_show(log_in_as: LogIn) -> None:
    line = log_in_as("rina").see("/desk/audit", code=403, headers={"HX-Request": "true"})
    assert "<html" not in line
    assert "Tidak diizinkan" in line


def test_a_first_password_must_be_changed_before_any_other_page(
    app_client: TestClient, database: Database, person: Callable[..., int]
) -> None:
    from riung.desk import accounts
    from tests.riung.desk.conftest import Browser

    user_id = person("rina")
    with database.writing() as session:
        _, password = accounts.reset_password(session, user_id)
    browser = Browser(app_client).log_in("rina", password)
    assert "Ganti kata sandi" in browser.see("/desk/audit")
    new = "pagi yang cerah sekali"
    browser.send("/desk/account", old=password, new=new, again=new)
    browser.log_in("rina", new)


def test_an_admin_makes_an_account_and_reads_its_password_once(log_in_as: LogIn) -> None:
    admin = log_in_as("kepala", Role.ADMIN, ("*",))
    page = admin.send("/desk/users", login="sari", name="Sari", role="officer", office="bandung")
    assert 'class="secret"' in page
    assert 'class="secret"' not in admin.see("/desk/users")


def test_a_name_with_markup_is_shown_as_text(log_in_as: LogIn) -> None:
    admin = log_in_as("kepala", Role.ADMIN, ("*",))
    page = admin.send("/desk/users", login="sari", name="<b>Sari", role="officer", office="bandung")
    assert "&lt;b&gt;Sari" in page
    assert "<b>Sari" not in page


@pytest.mark.parametrize(
    ("minutes", "said"), [(None, "–"), (0.0, "< 1 menit"), (0.99, "< 1 menit"), (4.2, "4,2 menit")]
)
def test_a_length_of_time_is_never_said_to_be_none(minutes: float | None, said: str) -> None:
    assert say_duration(minutes) == said
