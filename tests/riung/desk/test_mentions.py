"""A colleague named in a note hears of it in their bar."""

import pytest

from riung.backend.db import Database
from riung.desk import event_intake
from riung.desk.access import Role
from riung.desk.tables import Change
from tests.riung.desk import makers, stage
from tests.riung.desk.conftest import LogIn

COUNT = "/desk/mentions/count"


@pytest.fixture
def chat(database: Database) -> int:
    event_intake.consume(database, [makers.started(), makers.user("paspor saya")])
    return stage.ask(database, makers.CITIZEN)


def test_who_is_named_sees_it_until_they_open_the_conversation(
    database: Database, log_in_as: LogIn, chat: int
) -> None:
    rina, budi = (log_in_as(one, Role.OFFICER) for one in ("rina", "budi"))
    rina.send(f"/desk/conversations/{chat}/note", text="@budi tolong cek arsip")
    assert '<b class="count">1</b> <span>menyebut Anda' in budi.see(COUNT)
    assert "menyebut" not in rina.see(COUNT)
    listed = budi.see("/desk/mentions")
    assert "tolong cek arsip" in listed
    assert "baru" in listed
    budi.see(f"/desk/conversations/{chat}")
    assert "menyebut" not in budi.see(COUNT)
    assert "tolong cek arsip" in budi.see("/desk/mentions")
    with database.reading() as session:
        assert session.query(Change).filter_by(kind="mention").count() == 1


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("@Budi, tolong", 1),
        ("tanya @budi.", 1),
        ("@budi dan sekali lagi @BUDI", 1),
        ("kirim ke surel@budi", 0),
        ("budi sudah tahu", 0),
        ("@siapa", 0),
    ],
)
def test_a_name_counts_after_its_sign_only(
    log_in_as: LogIn, chat: int, text: str, count: int
) -> None:
    rina, budi = (log_in_as(one, Role.OFFICER) for one in ("rina", "budi"))
    rina.send(f"/desk/conversations/{chat}/note", text=text)
    assert budi.see(COUNT).count("menyebut Anda") == count


def test_nobody_of_another_office_is_told(log_in_as: LogIn, chat: int) -> None:
    rina = log_in_as("rina", Role.OFFICER)
    asep = log_in_as("asep", Role.OFFICER, ("pemalang",))
    rina.send(f"/desk/conversations/{chat}/note", text="@asep lihat ini")
    assert "menyebut" not in asep.see(COUNT)
    assert "lihat ini" not in asep.see("/desk/mentions")
