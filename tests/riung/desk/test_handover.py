"""The whole talk between bot, citizen and officer, on a real database and Rasa over HTTP."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from riung import clock
from riung.backend.db import Database
from riung.desk import conversations, event_intake, handover, rasa_outbox, timeouts
from riung.desk.access import ConflictError
from riung.desk.handover import Actor
from riung.desk.ownership import Event
from riung.desk.rasa_api import RasaApi
from riung.desk.tables import Conversation, Handover, Survey
from tests.riung.desk.fake_rasa import FakeRasa
from tests.riung.desk.makers import CITIZEN, bot, started, user

AT_WORK = "2026-11-20T09:00:00+07:00"  # a Friday morning
AT_NIGHT = "2026-11-20T21:00:00+07:00"


@pytest.fixture(autouse=True)
def _at_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RIUNG_NOW", AT_WORK)


@pytest.fixture
def rina(person: Callable[..., int]) -> Any:
    return Actor(person("rina"), "Rina")


class Talk:
    """One citizen's conversation, driven from all sides."""

    def __init__(self, database: Database, rasa: FakeRasa, rasa_api: RasaApi) -> None:
        self.database, self.rasa, self.api = database, rasa, rasa_api
        event_intake.consume(database, [started(), user()])

    def happens(self, event: Event, **more: Any) -> None:
        with self.database.writing() as session:
            handover.apply(session, self.row(session), event, moment=clock.now(), **more)
        rasa_outbox.deliver(self.database, self.api)

    def asks_for_a_person(self) -> None:
        with self.database.writing() as session:
            handover.requested(
                session,
                sender_id=CITIZEN,
                office="bandung",
                ticket="HB7K2M",
                reason="citizen",
                moment=clock.now(),
            )

    def row(self, session: Any) -> Any:
        return conversations.of_sender(session, CITIZEN)

    def look(self, column: Any) -> Any:
        with self.database.reading() as session:
            return getattr(self.row(session), column)

    def one(self, table: Any) -> Any:
        with self.database.reading() as session:
            (row,) = session.query(table).all()
            return row

    def lines(self) -> Any:
        with self.database.reading() as session:
            return conversations.lines(session, self.row(session).id)

    @property
    def heard(self) -> Any:
        return [text for _, text in self.rasa.said]


@pytest.fixture
def talk(database: Database, rasa: FakeRasa, rasa_api: RasaApi) -> Any:
    return Talk(database, rasa, rasa_api)


def test_asking_for_a_person_puts_the_conversation_in_line(talk: Talk) -> None:
    talk.asks_for_a_person()
    assert talk.look("state") == "waiting"
    assert talk.look("waiting_since") == clock.now()
    assert talk.look("due_at") == clock.now() + timedelta(minutes=10)
    assert talk.one(Handover).ticket == "HB7K2M"


def test_out_of_hours_a_message_is_taken_and_no_promise_runs(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RIUNG_NOW", AT_NIGHT)
    talk.asks_for_a_person()
    assert talk.look("state") == "waiting"
    assert talk.look("due_at") is None
    assert talk.one(Handover).after_hours


def test_a_person_may_be_asked_for_before_the_desk_ever_heard_of_the_citizen(
    database: Database,
) -> None:
    with database.writing() as session:
        found = handover.requested(
            session,
            sender_id="ID.abc123",
            office="pemalang",
            ticket="HX",
            reason="complaint",
            moment=clock.now(),
        )
        assert (found.state, found.office) == ("waiting", "pemalang")


def test_taking_over_silences_the_bot_before_the_citizen_reads_who_is_there(
    talk: Talk, rina: Actor
) -> None:
    talk.asks_for_a_person()
    talk.happens(Event.TAKE, actor=rina)
    kinds = talk.rasa.kinds(CITIZEN)
    assert kinds.index("pause") < kinds.index("bot")
    assert "*Rina*" in talk.heard[-1]
    assert {"event": "slot", "name": "penanganan", "value": "officer"}.items() <= talk.rasa.events[
        CITIZEN
    ][-3].items()


def test_two_officers_reach_for_the_same_conversation_and_one_gets_it(
    talk: Talk, rina: Actor, person: Callable[..., int]
) -> None:
    talk.asks_for_a_person()
    talk.happens(Event.TAKE, actor=rina)
    with pytest.raises(ConflictError, match="Rina sudah mengambil"):
        talk.happens(Event.TAKE, actor=Actor(person("budi"), "Budi"))
    assert talk.look("owner_id") == rina.id


def test_closing_gives_the_summary_and_the_survey_and_lets_the_bot_speak(
    talk: Talk, rina: Actor
) -> None:
    talk.happens(Event.TAKE, actor=rina)
    talk.happens(Event.CLOSE, actor=rina, summary="Jadwal pindah ke Selasa.")
    assert talk.rasa.kinds(CITIZEN)[-4:] == ["resume", "active_loop", "slot", "bot"]
    assert talk.rasa.events[CITIZEN][-3]["name"] is None, "a digit rates; no form takes it"
    assert "Jadwal pindah ke Selasa." in talk.heard[-1]
    assert "1. Kecewa" in talk.heard[-1]
    assert talk.rasa.events[CITIZEN][-1]["data"]["buttons"][0]["payload"] == '/survei{"nilai": "5"}'
    assert talk.look("state") == "closing"


def test_a_score_ends_the_closing_and_is_kept(talk: Talk, rina: Actor) -> None:
    talk.happens(Event.TAKE, actor=rina)
    talk.happens(Event.CLOSE, actor=rina)
    later = clock.now().timestamp() + 1
    chosen = [{"entity": "nilai", "value": "4"}]
    score = user("/survei", "survei", entities=chosen, timestamp=later)
    word = {"sender_id": CITIZEN, "event": "slot", "name": "ulasan", "value": "cepat sekali"}
    event_intake.consume(talk.database, [score, {**word, "timestamp": score["timestamp"] + 1}])
    survey = talk.one(Survey)
    assert (survey.score, survey.comment, survey.office) == (4, "cepat sekali", "bandung")
    assert survey.handover_id == talk.one(Handover).id
    assert talk.look("state") == "bot"


def test_the_desk_speaks_the_conversations_language(talk: Talk, rina: Actor) -> None:
    spoken = {"sender_id": CITIZEN, "event": "slot", "name": "bahasa", "value": "en"}
    event_intake.consume(talk.database, [{**spoken, "timestamp": clock.now().timestamp()}])

    talk.happens(Event.TAKE, actor=rina)
    talk.happens(Event.CLOSE, actor=rina)

    assert talk.heard[0].startswith("You are connected with")
    assert "How satisfied are you" in talk.heard[-1]
    buttons = talk.rasa.events[CITIZEN][-1]["data"]["buttons"]
    assert buttons[0]["title"] == "Very satisfied"


def test_nobody_came_in_time_and_the_citizen_hears_it_once(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk.asks_for_a_person()
    for minutes in (9, 11, 30):
        moment = datetime.fromisoformat(AT_WORK) + timedelta(minutes=minutes)
        monkeypatch.setenv("RIUNG_NOW", moment.isoformat())
        timeouts.run_due(clock.now(), talk.database, rasa=talk.api)
    assert [text for text in talk.heard if "10 menit" in text] == talk.heard
    assert len(talk.heard) == 1
    assert talk.look("state") == "waiting"


def test_an_officer_who_leaves_a_message_unanswered_loses_the_conversation(
    talk: Talk, rina: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk.happens(Event.TAKE, actor=rina)
    talk.happens(Event.OFFICER_WROTE, actor=rina)
    event_intake.consume(talk.database, [user("jadi bagaimana?")])
    moment = datetime.fromisoformat(AT_WORK) + timedelta(minutes=16)
    monkeypatch.setenv("RIUNG_NOW", moment.isoformat())
    timeouts.run_due(clock.now(), talk.database, rasa=talk.api)
    assert (talk.look("state"), talk.look("owner_id")) == ("waiting", None)
    assert talk.rasa.kinds(CITIZEN)[-2:] == ["resume", "bot"]


def test_a_forgotten_talk_closes_itself_and_then_belongs_to_the_bot(
    talk: Talk, rina: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk.happens(Event.TAKE, actor=rina)
    talk.happens(Event.OFFICER_WROTE, actor=rina)
    states = []
    for minutes in (31, 47):
        moment = datetime.fromisoformat(AT_WORK) + timedelta(minutes=minutes)
        monkeypatch.setenv("RIUNG_NOW", moment.isoformat())
        timeouts.run_due(clock.now(), talk.database, rasa=talk.api)
        states.append(talk.look("state"))
    assert states == ["closing", "bot"]
    assert talk.one(Handover).outcome == "idle"


def test_batal_while_waiting_takes_the_wish_back(talk: Talk) -> None:
    talk.asks_for_a_person()
    event_intake.consume(talk.database, [user("batal saja", "batal")])
    assert talk.look("state") == "bot"
    assert talk.one(Handover).outcome == "withdrawn"


def test_waiting_and_answering_times_are_kept(
    talk: Talk, rina: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk.asks_for_a_person()
    start = clock.now()
    for minutes, event in ((3, Event.TAKE), (4, Event.OFFICER_WROTE), (9, Event.CLOSE)):
        monkeypatch.setenv("RIUNG_NOW", (start + timedelta(minutes=minutes)).isoformat())
        talk.happens(event, actor=rina)
    kept = talk.one(Handover)
    times = [moment - start for moment in (kept.taken_at, kept.answered_at, kept.closed_at)]
    assert times == [timedelta(minutes=minutes) for minutes in (3, 4, 9)]


def test_words_wait_for_a_rasa_that_is_away_and_are_said_once_in_order(
    talk: Talk, rina: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk.rasa.failing = 2
    talk.happens(Event.TAKE, actor=rina)
    with talk.database.writing() as session:
        rasa_outbox.say(
            session, talk.row(session), "Selamat pagi", clock.now(), {"petugas": "Rina"}
        )
    assert talk.heard == []
    assert [line.details.get("pending") for line in talk.lines()] == [None, True, True]
    for minutes in range(1, 6):
        moment = datetime.fromisoformat(AT_WORK) + timedelta(minutes=minutes)
        monkeypatch.setenv("RIUNG_NOW", moment.isoformat())
        rasa_outbox.deliver(talk.database, talk.api)
    assert [text.split()[0] for text in talk.heard] == ["Anda", "Selamat"]
    assert not any(line.details.get("pending") for line in talk.lines())


def test_words_whose_answer_got_lost_are_not_said_twice(
    talk: Talk, rina: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk.rasa.losing_answers = 1
    talk.happens(Event.TAKE, actor=rina)
    moment = datetime.fromisoformat(AT_WORK) + timedelta(minutes=1)
    monkeypatch.setenv("RIUNG_NOW", moment.isoformat())
    assert rasa_outbox.deliver(talk.database, talk.api)
    assert len(talk.heard) == 1


def test_an_officers_line_stands_once_though_the_broker_reports_it_too(
    talk: Talk, rina: Actor
) -> None:
    talk.happens(Event.TAKE, actor=rina)
    reported = [{"sender_id": CITIZEN, **event} for event in talk.rasa.events[CITIZEN]]
    event_intake.consume(talk.database, reported)
    event_intake.consume(talk.database, reported)
    assert [line.author for line in talk.lines()] == ["citizen", "system"]


def test_the_same_batch_twice_changes_nothing(talk: Talk) -> None:
    batch = [user("berapa biaya", "biaya_paspor"), bot("Rp650.000")]
    first, second = (event_intake.consume(talk.database, batch) for _ in range(2))
    assert (first, second) == (2, 0)


def test_the_same_event_twice_in_a_batch_counts_once(talk: Talk) -> None:
    asked = user("berapa biaya", "biaya_paspor")
    assert event_intake.consume(talk.database, [asked, asked, bot("Rp650.000")]) == 2


def test_after_a_gap_the_tracker_is_read_and_nothing_is_missing(talk: Talk) -> None:
    missed = [user("pesan yang hilang", "lama_proses"), bot("Empat hari kerja")]
    talk.rasa.events[CITIZEN] = missed
    event_intake.consume(talk.database, [user("pesan berikut")], gap=True)
    timeouts.run_due(clock.now(), talk.database, rasa=talk.api)
    assert {line.text for line in talk.lines()} >= {
        "pesan yang hilang",
        "Empat hari kerja",
        "pesan berikut",
    }
    assert not talk.look("behind")


def test_a_conversation_first_seen_in_the_middle_is_read_back(
    database: Database, rasa: FakeRasa, rasa_api: RasaApi
) -> None:
    sender = "ID.middle"
    rasa.events[sender] = [user("awal", sender=sender)]
    event_intake.consume(database, [user("tengah", sender=sender)])
    timeouts.run_due(clock.now(), database, rasa=rasa_api)
    with database.reading() as session:
        found = conversations.of_sender(session, sender)
        assert found is not None
        texts = [line.text for line in conversations.lines(session, found.id)]
    assert sorted(texts) == ["awal", "tengah"]


def test_the_key_of_the_api_goes_with_every_call(talk: Talk, rina: Actor) -> None:
    talk.happens(Event.TAKE, actor=rina)
    event_intake.read_back(talk.database, talk.api, talk.look("id"))
    assert talk.rasa.tokens == {"api-key-of-the-tests"}


def test_events_of_several_citizens_in_a_batch_do_not_mix(database: Database) -> None:
    event_intake.consume(database, [user("satu", sender="1"), user("dua", sender="2")])
    with database.reading() as session:
        texts = {row.sender_id: row.last_text for row in session.query(Conversation)}
    assert texts == {"1": "satu", "2": "dua"}


def test_old_words_are_emptied_and_their_topics_stay_for_the_numbers(talk: Talk) -> None:
    event_intake.consume(talk.database, [user("berapa biaya", "biaya_paspor")])
    with talk.database.writing() as session:
        kept = talk.row(session).id
        conversations.forget_older(session, clock.now() + timedelta(days=1))
        lines = conversations.lines(session, kept)
    assert [(line.text, line.intent) for line in lines] == [
        ("", "salam"),
        ("", "biaya_paspor"),
    ]
    assert talk.one(Conversation).last_text == ""


def test_erasing_a_citizen_leaves_nothing_behind(talk: Talk, rina: Actor) -> None:
    talk.happens(Event.TAKE, actor=rina)
    with talk.database.writing() as session:
        assert not conversations.erase(session, CITIZEN)
    talk.happens(Event.CLOSE, actor=rina)
    with talk.database.writing() as session:
        assert conversations.erase(session, CITIZEN)
    with talk.database.reading() as session:
        assert session.query(Handover).count() == 0
        assert talk.row(session) is None
