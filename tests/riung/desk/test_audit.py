import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from riung.backend.db import Database
from riung.desk import audit
from riung.desk.access import Role
from tests.riung.desk.conftest import LogIn


@pytest.mark.parametrize(
    "statement", ["UPDATE desk_audit SET login = 'x'", "DELETE FROM desk_audit"]
)
def test_the_database_refuses_to_change_the_trail(database: Database, statement: str) -> None:
    with database.writing() as session:
        audit.write(session, "rina", "login")
    with pytest.raises(DBAPIError, match="append-only"), database.writing() as session:
        session.execute(text(statement))
    with database.reading() as session:
        assert [entry.login for entry in audit.entries(session, None)] == ["rina"]


def test_numbers_of_people_are_masked_in_the_trail(database: Database) -> None:
    with database.writing() as session:
        audit.write(session, "rina", "replied", "628123456789", "NIK 3273014512900001")
    with database.reading() as session:
        (entry,) = audit.entries(session, None)
    assert "628123456789" not in entry.subject
    assert "3273014512900001" not in entry.detail


def test_an_unknown_action_is_a_programming_error(database: Database) -> None:
    with database.writing() as session, pytest.raises(KeyError):
        audit.write(session, "rina", "daydreamed")


def test_a_supervisor_reads_lines_of_the_own_offices_only(
    database: Database, log_in_as: LogIn
) -> None:
    with database.writing() as session:
        audit.write(session, "budi", "replied", "percakapan 7", office="pemalang")
        audit.write(session, "budi", "replied", "percakapan 8", office="bandung")
    page = log_in_as("rina", Role.SUPERVISOR).see("/desk/audit")
    assert "percakapan 8" in page
    assert "percakapan 7" not in page
