"""Staff see of each fact who says so, as of when, and which are older than the office wants."""

from __future__ import annotations

from datetime import date

import pytest

from riung.desk.access import Role
from riung.desk.fact_list import rows
from riung.office.facts import facts
from tests.riung.desk.conftest import LogIn


@pytest.mark.parametrize("role", list(Role))
def test_every_role_reads_the_facts_with_source_and_date(log_in_as: LogIn, role: Role) -> None:
    page = log_in_as("rina", role).see("/desk/facts?show=all&q=t_epaspor_5")

    fact = facts()["t_epaspor_5"]
    assert fact.text in page
    assert fact.sources[0] in page
    assert fact.checked.isoformat() in page


def test_first_come_those_over_the_offices_limit(log_in_as: LogIn) -> None:
    page = log_in_as("rina").see("/desk/facts")

    assert "lebih tua dari 24 bulan" in page
    assert "byr_bni" in page  # of 2022
    assert "voa_rencana_naik" not in page  # of August 2026


def test_a_word_that_no_fact_holds_is_told(log_in_as: LogIn) -> None:
    assert "Tidak ada fakta yang cocok" in log_in_as("rina").see("/desk/facts?show=all&q=xyzzy")


def test_the_oldest_stand_first_and_only_they_are_marked() -> None:
    found = rows(date(2026, 11, 29), 24, "all", "")

    assert [row.months for row in found] == sorted((row.months for row in found), reverse=True)
    assert all(row.is_old == (row.months > 24) for row in found)
    assert {row.id for row in found} == set(facts())


def test_the_unsure_are_listed_alone() -> None:
    found = rows(date(2026, 11, 29), 24, "unsure", "")

    assert found
    assert {row.fact.confidence for row in found} == {"unverified"}
