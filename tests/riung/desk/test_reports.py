"""The month's numbers, from made messages to the page, the paper and the file."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from riung import clock
from riung.backend.db import Database
from riung.desk import charts, conversations, event_intake, handover, reports, surveys
from riung.desk.access import Role
from riung.desk.handover import Actor
from riung.desk.ownership import Event
from riung.office.offices import office, offices
from tests.riung.desk import stage
from tests.riung.desk.conftest import PASSWORD, LogIn
from tests.riung.desk.makers import bot, started, user

NOVEMBER = date(2026, 11, 1)
BANDUNG = office("bandung")


@pytest.fixture(autouse=True)
def _friday_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RIUNG_NOW", "2026-11-20T09:00:00+07:00")


def report_of(database: Database, month: date = NOVEMBER) -> Any:
    with database.reading() as session:
        return reports.report(session, [BANDUNG], month)


def talk(database: Database, sender: str, *said: Any) -> None:
    lines = [user(text, intent, sender) for text, intent in said]
    event_intake.consume(database, [started(sender), *lines, bot("…", sender)])


def test_a_person_on_a_day_is_one_service_however_many_messages(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk(database, "1", ("halo", "salam"), ("biaya", "biaya_paspor"))
    talk(database, "2", ("biaya", "biaya_paspor"))
    monkeypatch.setenv("RIUNG_NOW", "2026-11-21T09:00:00+07:00")
    talk(database, "1", ("sudah jadi?", "cek_status"))
    made = report_of(database)
    assert (made.services, made.messages) == (3, 4)


def test_days_are_the_offices_days_and_months_its_months(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RIUNG_NOW", "2026-12-01T00:30:00+07:00")  # still November in UTC
    talk(database, "1", ("halo", "salam"))
    assert report_of(database).services == 0
    assert report_of(database, date(2026, 12, 1)).services == 1


def test_solved_by_the_bot_means_no_person_and_no_open_question(database: Database) -> None:
    talk(database, "1", ("biaya", "biaya_paspor"))
    talk(database, "2", ("anu itu loh", "nlu_fallback"))
    talk(database, "3", ("mau petugas", "bicara_petugas"))
    with database.writing() as session:
        handover.requested(
            session,
            sender_id="3",
            office="bandung",
            ticket="T",
            reason="citizen",
            moment=clock.now(),
        )
    made = report_of(database)
    assert (made.services, made.solved_by_bot) == (3, 1)
    assert made.unanswered == [("anu itu loh", 1)]


def test_what_is_said_to_an_officer_is_no_unanswered_question(
    database: Database, person: Callable[..., int]
) -> None:
    talk(database, "2", ("anu itu loh", "nlu_fallback"))
    stage.ask(database, "2")
    stage.take(database, "2", person("rina"), "Rina")
    stage.long_ago(database)
    event_intake.consume(database, [user("iya bu saya baca", "nlu_fallback", "2")])
    assert report_of(database).unanswered == [("anu itu loh", 1)]


def test_what_was_answered_to_a_form_is_no_unanswered_question(database: Database) -> None:
    said = [
        user("Siti Aminah", "nlu_fallback", metadata={"in_form": "antrean_form"}),
        user("anu itu loh", "nlu_fallback"),
    ]
    event_intake.consume(database, said)

    assert report_of(database).unanswered == [("anu itu loh", 1)]


def test_a_complaint_in_many_messages_is_one_and_leaves_nothing_unsolved(
    database: Database,
) -> None:
    written = {"in_form": "aduan_form"}
    said = [
        user("mau mengadu", "pengaduan"),
        *(user("(…)", "pengaduan", metadata=written) for _ in range(3)),
        user("Siti", "nlu_fallback", metadata=written),
        user("biaya berapa", "biaya_paspor", metadata=written),
    ]
    event_intake.consume(database, said)
    made = report_of(database)
    assert sorted(made.topics) == [("Biaya paspor", 1), ("Pengaduan", 1)]
    assert made.solved_by_bot == 1


def test_a_message_counts_once_and_as_what_it_was_taken_for_at_last(database: Database) -> None:
    said = [
        user("2", "pilihan"),
        user("2", "cek_kuota", metadata={"stands_for": "pilihan"}),
        user("kalau yang di sana itu", "nlu_fallback"),
        user("kalau yang di sana itu", "biaya_paspor", metadata={"stands_for": "nlu_fallback"}),
    ]
    event_intake.consume(database, said)
    made = report_of(database)
    assert made.messages == 2
    assert sorted(made.topics) == [("Biaya paspor", 1), ("Sisa kuota", 1)]
    assert (made.solved_by_bot, made.unanswered) == (1, [])


def test_topics_leave_small_talk_out(database: Database) -> None:
    talk(database, "1", ("halo", "salam"), ("biaya", "biaya_paspor"), ("x", "nlu_fallback"))
    assert report_of(database).topics == [("Biaya paspor", 1)]


def test_waiting_and_answering_times_are_medians_in_office_hours(
    database: Database, person: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    rina = Actor(person("rina"), "Rina")
    start = clock.now()
    for sender, minutes in (("1", 2), ("2", 4), ("3", 30)):
        monkeypatch.setenv("RIUNG_NOW", start.isoformat())
        talk(database, sender, ("mau petugas", "bicara_petugas"))
        with database.writing() as session:
            found = handover.requested(
                session,
                sender_id=sender,
                office="bandung",
                ticket="T",
                reason="citizen",
                moment=start,
            )
            later = start + timedelta(minutes=minutes)
            handover.apply(session, found, Event.TAKE, moment=later, actor=rina)
            answered = later + timedelta(minutes=1)
            handover.apply(session, found, Event.OFFICER_WROTE, moment=answered, actor=rina)
    times = report_of(database).handovers
    assert (times.asked, times.waiting_minutes, times.answering_minutes) == (3, 4, 5)
    assert times.within_promise == pytest.approx(2 / 3)


def test_scores_are_counted_and_averaged(database: Database) -> None:
    talk(database, "1", ("halo", "salam"))
    talk(database, "2", ("halo", "salam"))
    with database.writing() as session:
        for sender, score in (("1", 5), ("2", 4)):
            found = conversations.of_sender(session, sender)
            assert found is not None
            surveys.record(session, found, score, clock.now())
    made = report_of(database)
    assert made.mean_score == 4.5
    assert made.scores == {5: 1, 4: 1, 3: 0, 2: 0, 1: 0}


def test_a_month_without_anything_has_dashes_and_no_error(
    database: Database, log_in_as: LogIn
) -> None:
    page = log_in_as("rina", Role.SUPERVISOR).see("/desk/reports?month=2026-01")
    assert "Belum ada pertanyaan bulan ini" in page
    assert report_of(database, date(2026, 1, 1)).solved_share is None


def test_the_other_channels_are_entered_by_hand(log_in_as: LogIn) -> None:
    rina = log_in_as("rina", Role.SUPERVISOR)
    page = rina.send(
        "/desk/reports/counts",
        month="2026-10",
        office="bandung",
        social_media="1.628",
        instagram="793",
        yankomas="",
    )
    assert "1.628" in page
    assert "2.421" in page  # the sum


@pytest.mark.parametrize("typed", ["banyak", "-3", "1,5", "99999999999"])
def test_what_is_no_count_is_refused_with_the_channels_name(log_in_as: LogIn, typed: str) -> None:
    page = log_in_as("rina", Role.SUPERVISOR).send(
        "/desk/reports/counts", code=400, month="2026-10", office="bandung", instagram=typed
    )
    assert "Komentar Instagram: tulis angka bulat" in page


def test_a_finished_month_keeps_its_count_when_the_messages_are_gone(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk(database, "1", ("biaya", "biaya_paspor"))
    monkeypatch.setenv("RIUNG_NOW", "2026-12-05T09:00:00+07:00")
    with database.writing() as session:
        reports.keep_finished_months(session, list(offices().values()), clock.now())
        conversations.erase(session, "1")
    (row,) = [row for row in report_of(database).rows if row.month == NOVEMBER]
    assert row.counts["whatsapp"] == 1


def test_the_file_opens_in_a_spreadsheet_and_taking_it_is_noted(
    log_in_as: LogIn, database: Database
) -> None:
    rina = log_in_as("rina", Role.SUPERVISOR)
    talk(database, "1", ("=HYPERLINK(1)", "nlu_fallback"))
    answer = rina.client.get("/desk/reports/csv?what=unanswered&month=2026-11")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert "'=hyperlink(1);1" in answer.text
    assert "mengekspor data" in rina.see("/desk/audit")


def test_the_recapitulation_file_has_the_offices_columns(log_in_as: LogIn) -> None:
    text = log_in_as("rina", Role.SUPERVISOR).see("/desk/reports/csv?month=2026-11")
    assert "Bulan;WhatsApp;Media sosial;Komentar Instagram;Yankomas;Jumlah" in text
    assert text.count("\n") == 2  # the heading and this month: empty ones are left out


def test_the_figures_of_the_page_can_be_taken_too(database: Database, log_in_as: LogIn) -> None:
    talk(database, "1", ("biaya", "biaya_paspor"))
    talk(database, "2", ("anu", "nlu_fallback"))
    text = log_in_as("rina", Role.SUPERVISOR).see("/desk/reports/csv?what=figures&month=2026-11")
    for line in ("Layanan WhatsApp;2", "Tuntas oleh bot (%);50,0", "Nilai 5;0"):
        assert line in text.splitlines()


def test_a_trainer_reads_the_report_and_takes_nothing_away(log_in_as: LogIn) -> None:
    trainer = log_in_as("tata", Role.TRAINER)
    form = {"login": "tata", "password": PASSWORD}
    assert "<h1>Ulas pesan" in trainer.client.post("/desk/login", data=form).text
    page = trainer.see("/desk/reports")
    assert "<h1>Pelayanan informasi" in page
    assert "Pertanyaan yang belum terjawab" in page
    assert "Unduh CSV" not in page
    trainer.see("/desk/reports/csv", code=403)
    trainer.send("/desk/reports/counts", code=403, month="2026-10", office="bandung")


def test_another_offices_report_is_refused(log_in_as: LogIn) -> None:
    log_in_as("rina", Role.SUPERVISOR).see("/desk/reports?office=pemalang", code=403)


@pytest.mark.parametrize("month", ["2026-13", "kemarin", "1999-01"])
def test_an_odd_month_is_explained(log_in_as: LogIn, month: str) -> None:
    page = log_in_as("rina", Role.SUPERVISOR).see(f"/desk/reports?month={month}", code=400)
    assert "Bulan" in page


@pytest.mark.parametrize(("value", "top"), [(0, 4), (7, 8), (10, 12), (33, 40), (5324, 8000)])
def test_a_charts_axis_ends_at_a_round_number(value: Any, top: Any) -> None:
    assert charts.ceiling(value) == top


def test_bars_of_a_stack_stand_on_each_other_and_end_at_the_total() -> None:
    counts: dict[str, int | None] = {
        "whatsapp": 2339,
        "social_media": 1628,
        "instagram": 793,
        "yankomas": 564,
    }
    stacks = charts.stacks([reports.MonthRow(NOVEMBER, counts)], ["Nov"])
    ends = [bar.y + bar.height for bar in stacks.bars]
    assert ends == pytest.approx([charts.PLOT_BOTTOM, *(bar.y for bar in stacks.bars[:-1])])
    assert stacks.labels[0][2] == 5324


@pytest.mark.parametrize(("months", "named"), [(3, 3), (6, 6), (12, 6)])
def test_on_a_phone_no_two_months_names_meet_and_the_last_one_stands(
    months: int, named: int
) -> None:
    rows = [reports.MonthRow(NOVEMBER, dict.fromkeys(reports.CHANNELS, 1))] * months
    names = [f"bulan {number}" for number in range(months)]
    drawn = charts.stacks(rows, names, charts.NARROW)
    places = [place for place, _, _ in drawn.labels]
    assert len(drawn.bars) == months * len(reports.CHANNELS)
    assert len(drawn.labels) == named
    assert drawn.labels[-1][1] == names[-1]
    assert all(b - a >= charts.LABEL - 2 for a, b in pairwise(places))


def test_several_offices_are_taken_together_for_who_may_see_them(
    database: Database, log_in_as: LogIn
) -> None:
    talk(database, "1", ("halo", "salam"))
    event_intake.consume(
        database,
        [started("2"), user("halo", "salam", "2", metadata={"office": "pemalang"})],
    )
    with database.reading() as session:
        made = reports.report(session, [BANDUNG, office("pemalang")], NOVEMBER)
        alone = reports.report(session, [BANDUNG], NOVEMBER)
    assert (made.services, alone.services) == (2, 1)
    assert made.rows[-1].counts[reports.WHATSAPP] == 2

    both = log_in_as("sari", Role.SUPERVISOR, ("bandung", "pemalang"))
    page = both.see("/desk/reports?office=*&month=2026-11")
    assert "Menurut kantor" in page
    assert f"{BANDUNG.nama}, {office('pemalang').nama}" in page
    assert "Simpan hitungan tangan" not in page
    assert "2" in both.see("/desk/reports/csv?what=figures&office=*&month=2026-11")
    one = log_in_as("rina", Role.SUPERVISOR)
    assert "Semua kantor saya" not in one.see("/desk/reports")
    one.see("/desk/reports?office=*", code=403)
