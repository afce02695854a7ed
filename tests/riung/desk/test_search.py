"""Words are found by the full-text search of SQLite and of PostgreSQL alike."""

from __future__ import annotations

from datetime import timedelta

import pytest

from riung import clock
from riung.backend.db import Database
from riung.desk import conversations, event_intake, search
from riung.desk.access import Role
from riung.desk.tables import Message
from riung.desk.words import words_of
from tests.riung.desk import makers
from tests.riung.desk.conftest import LogIn

RAHMA, JONO = "6281200000021", "6281200000022"


@pytest.fixture
def talks(database: Database) -> dict[str, int]:
    """Two conversations; sender → id."""
    for sender, *said in (
        (RAHMA, "Selamat pagi, paspor hilang", "di MPP/Batang nomor 1179 0000 7700 0025"),
        (JONO, "paspor anak berapa?", "terima kasih"),
    ):
        lines = [makers.user(text, sender=sender) for text in said]
        event_intake.consume(database, [makers.started(sender), *lines])
    with database.reading() as session:
        return {sender: conversations.of_sender(session, sender).id for sender in (RAHMA, JONO)}


def found(database: Database, text: str, scope: search.Scope | None = None) -> set[int]:
    with database.reading() as session:
        return search.conversations_with(session, words_of(text), scope or search.Scope()).ids


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("HILANG", {RAHMA}),
        ("hil", {RAHMA}),
        ("ilang", set()),
        ("paspor", {RAHMA, JONO}),
        ("pagi nomor", {RAHMA}),
        ("batang", {RAHMA}),
        ("1179000077000025", {RAHMA}),
        ("1179.0000.7700.0025", {RAHMA}),
        ("paspor'); --", {RAHMA, JONO}),
        ("'\"*:&|!()", set()),
    ],
)
def test_a_word_finds_what_begins_with_it(
    database: Database, talks: dict[str, int], text: str, who: set[str]
) -> None:
    assert found(database, text) == {talks[sender] for sender in who}


def test_what_is_blanked_or_erased_is_not_found_any_more(
    database: Database, talks: dict[str, int]
) -> None:
    with database.writing() as session:
        conversations.erase(session, RAHMA)
    assert found(database, "hilang") == set()
    with database.writing() as session:
        conversations.forget_older(session, clock.now() + timedelta(days=1))
    assert found(database, "paspor") == set()


def test_a_word_of_too_many_lines_is_looked_for_among_the_rarer_words_hits(
    database: Database, talks: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    more = [makers.user(f"paspor {place}", sender=JONO) for place in range(3)]
    event_intake.consume(database, more)
    monkeypatch.setattr(search, "LOOKED_THROUGH", 2)

    assert found(database, "paspor hilang") == {talks[RAHMA]}
    with database.reading() as session:
        common = search.conversations_with(session, ["paspor"], search.Scope())
    assert common == search.Found({talks[JONO]}, "paspor")


def test_older_lines_are_reached_by_their_day(database: Database, talks: dict[str, int]) -> None:
    with database.writing() as session:
        for line in session.query(Message).filter_by(conversation_id=talks[RAHMA]):
            line.at -= timedelta(days=400)
    until = search.Scope(until=clock.now() - timedelta(days=300))
    assert found(database, "paspor", until) == {talks[RAHMA]}


def test_a_hit_leads_to_its_line_and_the_line_stands_among_its_neighbours(
    log_in_as: LogIn, database: Database, talks: dict[str, int]
) -> None:
    event_intake.consume(
        database, [makers.user(f"kata {place}", sender=JONO) for place in range(250)]
    )
    budi, chat = log_in_as("budi", Role.OFFICER), f"/desk/conversations/{talks[JONO]}"
    rows = budi.see("/desk/inbox/rows", params={"q": "anak paspor"})
    with database.reading() as session:
        asked = session.query(Message).filter_by(text="paspor anak berapa?").one()
    assert f"line={asked.id}#line-{asked.id}" in rows
    assert "<mark>paspor</mark> <mark>anak</mark> berapa?" in rows

    newest = budi.see(chat)
    assert "paspor anak berapa?" not in newest
    assert "pesan yang lebih lama" in newest
    there = budi.see(chat, params={"line": asked.id})
    assert f'id="line-{asked.id}" data-here' in there
    assert "pesan yang lebih baru" in there
    assert "pesan yang lebih lama" not in there


def test_more_than_one_page_of_conversations_is_reachable(
    log_in_as: LogIn, database: Database
) -> None:
    for number in range(120):
        sender = f"62812{number:07d}"
        said = [makers.started(sender), makers.user("biaya paspor", sender=sender)]
        event_intake.consume(database, said)
    budi = log_in_as("budi", Role.OFFICER)
    for asked in ({"view": "all"}, {"q": "biaya"}):
        sizes = [
            budi.see("/desk/inbox/rows", params={**asked, "page": page}).count("row-link")
            for page in (1, 2, 3, 4)
        ]
        assert sizes == [50, 50, 20, 0]
    assert 'rel="next"' in budi.see("/desk?view=all")
    assert 'rel="next"' not in budi.see("/desk?view=all&page=3")
