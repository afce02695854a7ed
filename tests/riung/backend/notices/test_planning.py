"""A month of the queue, minute by minute, with a holiday, a restart and another zone."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from riung.backend.notices.tables import Notice
from riung.yaml_files import read_yaml
from tests.edits import allow_people
from tests.paths import ROOT
from tests.riung.backend.citizens import NEXT_TUESDAY, PLACE, Api, local, phone
from tests.riung.backend.notices.walk import Walk

ON_TUESDAY = {"id": "Selasa 24 November 2026", "en": "Tuesday 24 November 2026"}
YOU = {"id": "Anda", "en": "you"}
ON_NEXT_TUESDAY = {"id": "Selasa 1 Desember 2026", "en": "Tuesday 1 December 2026"}


def subscribe(api: Api, citizen: int, kind: str, subject: str) -> None:
    body = {"kind": kind, "office": "pemalang", "subject": subject, "phone": phone(citizen)}
    assert api.call("POST", "/subscriptions", json=body).status_code == 201


def test_a_booking_is_reminded_the_day_before_and_the_same_morning(walk: Walk) -> None:
    walk.api.book(1)
    walk.clock.at("2026-11-23T09:50:00+07:00")
    walk.to("2026-11-23T10:10:00+07:00")
    walk.clock.at("2026-11-24T06:20:00+07:00")
    walk.to("2026-11-24T06:40:00+07:00")
    assert walk.sent == [
        ("11-23 10:00", "1", "pengingat_antrean"),
        ("11-24 06:30", "1", "pengingat_hari_ini"),
    ]


def test_the_reminders_own_button_still_cancels(walk: Walk) -> None:
    code = walk.api.book(1).json()["code"]
    walk.clock.at("2026-11-23T09:59:00+07:00")
    walk.to("2026-11-23T10:01:00+07:00")

    assert walk.sent
    assert walk.api.cancel(code).status_code == 200


def test_a_reminder_names_place_day_hour_and_number(walk: Walk) -> None:
    walk.api.book(1)
    walk.clock.at("2026-11-23T14:57:00+07:00")
    walk.to("2026-11-23T14:58:00+07:00")
    assert walk.standin.calls[0]["template"]["variables"] == {
        "siapa": YOU, "tempat": "MPP Batang", "tanggal": ON_TUESDAY, "jam": "07.30 WIB",
        "nomor": "1",
    }  # fmt: skip


def test_a_restart_sends_nothing_twice_and_forgets_nothing(walk: Walk) -> None:
    walk.api.book(1)
    walk.clock.at("2026-11-23T14:57:00+07:00")
    walk.to("2026-11-23T14:58:00+07:00")
    walk.restart()
    walk.to("2026-11-23T15:05:00+07:00")
    walk.restart()
    walk.clock.at("2026-11-24T07:10:00+07:00")  # off at 06:30
    walk.to("2026-11-24T07:12:00+07:00")
    assert [at for at, _, _ in walk.sent] == ["11-23 14:58", "11-24 07:11"]


def test_after_a_night_out_only_the_mornings_reminder_is_sent(walk: Walk) -> None:
    walk.api.book(1)
    walk.clock.at("2026-11-23T20:00:00+07:00")
    walk.to("2026-11-24T06:31:00+07:00", step=timedelta(minutes=31))
    assert [at for at, _, _ in walk.sent] == ["11-24 06:31"]


def test_who_books_late_is_reminded_in_the_morning_only(walk: Walk) -> None:
    walk.clock.at("2026-11-23T15:30:00+07:00")
    walk.api.book(1)
    walk.to("2026-11-24T06:30:00+07:00", step=timedelta(minutes=15))
    assert [at for at, _, _ in walk.sent] == ["11-24 06:30"]


def test_who_cancelled_or_opted_out_is_not_reminded(walk: Walk) -> None:
    walk.api.cancel(walk.api.book(1).json()["code"])
    walk.api.book(2)
    walk.api.call("DELETE", "/subscriptions", params={"phone": phone(2)})
    walk.clock.at("2026-11-23T14:59:00+07:00")
    walk.to("2026-11-23T15:01:00+07:00")
    assert walk.sent == []


def test_the_day_before_a_holiday_run_is_the_last_working_day(
    walk: Walk, office_folder: Path
) -> None:
    path = office_folder / "pemalang.yml"
    closed = 'libur:\n  - {tanggal: 2026-11-23, alasan: "Pindah gedung"}\n'
    path.write_text(path.read_text().replace("libur: []\n", closed))
    walk.clock.at("2026-11-20T09:00:00+07:00")
    walk.api.book(1)
    walk.to("2026-11-23T23:00:00+07:00", step=timedelta(minutes=30))
    assert walk.sent == [("11-20 10:00", "1", "pengingat_antrean")]


def test_a_place_may_remind_two_working_days_before(walk: Walk, office_folder: Path) -> None:
    path = office_folder / "pemalang.yml"
    path.write_text(path.read_text().replace("hari_kerja: 1", "hari_kerja: 2"))
    walk.clock.at("2026-11-20T09:00:00+07:00")
    walk.api.book(1)
    walk.to("2026-11-23T23:00:00+07:00", step=timedelta(minutes=30))
    assert walk.sent == [("11-20 10:00", "1", "pengingat_antrean")]


def test_in_another_zone_it_is_that_zones_minute(walk: Walk, office_folder: Path) -> None:
    path = office_folder / "pemalang.yml"
    path.write_text(path.read_text().replace("Asia/Jakarta", "Asia/Makassar"))
    walk.api.book(1)
    walk.clock.at("2026-11-23T08:59:00+07:00")
    walk.to("2026-11-23T09:01:00+07:00")
    assert [at for at, _, _ in walk.sent] == ["11-23 09:00"]  # 10:00 WITA
    assert walk.standin.calls[0]["template"]["variables"]["jam"] == "07.30 WITA"


def test_who_asked_hears_of_the_opening_in_that_minute_and_once(walk: Walk) -> None:
    subscribe(walk.api, 1, "quota", PLACE["place"])
    walk.clock.at("2026-11-27T07:50:00+07:00")
    walk.to("2026-11-27T08:10:00+07:00")
    walk.clock.at("2026-12-04T07:58:00+07:00")
    walk.to("2026-12-04T08:02:00+07:00")
    assert walk.sent == [("11-27 08:00", "1", "kuota_dibuka")]
    assert walk.standin.calls[0]["template"]["variables"] == {
        "tempat": "MPP Batang", "tanggal": ON_NEXT_TUESDAY, "sisa": "10",
    }  # fmt: skip


def test_a_passports_end_is_told_half_a_year_before_and_once(walk: Walk) -> None:
    subscribe(walk.api, 1, "passport", "2027-05-24")
    walk.clock.at("2026-11-23T15:00:00+07:00")
    walk.to("2026-11-23T23:00:00+07:00", step=timedelta(minutes=30))
    assert walk.sent == []
    walk.to("2026-11-25T12:00:00+07:00", step=timedelta(minutes=30))
    assert walk.sent == [("11-24 08:00", "1", "paspor_habis")]
    assert walk.standin.calls[0]["template"]["variables"] == {
        "tanggal": {"id": "Senin 24 Mei 2027", "en": "Monday 24 May 2027"}
    }


def test_a_payment_is_reminded_half_an_hour_before_its_limit_at_any_hour(walk: Walk) -> None:
    walk.clock.at("2026-11-22T20:00:00+07:00")
    for _ in range(2):
        subscribe(walk.api, 1, "payment", "2026-11-22T22:00:00+07:00")
    walk.to("2026-11-22T23:00:00+07:00")
    assert walk.sent == [("11-22 21:30", "1", "batas_bayar")]


def test_who_wants_no_more_news_is_not_told_of_a_passport(walk: Walk) -> None:
    subscribe(walk.api, 1, "passport", "2027-05-24")
    walk.api.call("DELETE", "/subscriptions", params={"phone": phone(1)})
    walk.clock.at("2026-11-24T07:00:00+07:00")
    walk.to("2026-11-24T12:00:00+07:00", step=timedelta(minutes=30))
    assert walk.sent == []


def test_an_opening_that_is_full_already_is_no_news(walk: Walk) -> None:
    walk.api.set_day(NEXT_TUESDAY, booked_elsewhere=10)
    subscribe(walk.api, 1, "quota", PLACE["place"])
    walk.clock.at("2026-11-27T07:58:00+07:00")
    walk.to("2026-11-27T08:02:00+07:00")
    assert walk.sent == []
    walk.clock.at("2026-12-04T07:59:00+07:00")
    walk.to("2026-12-04T08:00:00+07:00")
    assert [kind for _, _, kind in walk.sent] == ["kuota_dibuka"]


def test_a_new_stage_is_told_at_once_inside_the_hours_and_only_the_newest(walk: Walk) -> None:
    number = "1179000000001234"
    walk.api.move(number, "adjudication", office="pemalang")
    subscribe(walk.api, 1, "status", number)
    walk.clock.at("2026-11-22T20:00:00+07:00")
    walk.api.move(number, "printing", office="pemalang")
    walk.api.move(number, "ready_for_pickup", office="pemalang")
    walk.to("2026-11-23T08:05:00+07:00", step=timedelta(minutes=5))
    walk.api.move(number, "collected", office="pemalang")
    walk.to("2026-11-23T08:10:00+07:00")
    assert walk.sent == [
        ("11-23 08:00", "1", "status_berubah"), ("11-23 08:06", "1", "status_berubah"),
    ]  # fmt: skip
    told = walk.standin.calls[0]["template"]["variables"]
    assert told["tahap"] == {"id": "Siap diambil", "en": "Ready to collect"}


def test_a_day_closed_by_mistake_in_the_evening_is_told_to_nobody(walk: Walk) -> None:
    walk.api.set_day(capacity=1)
    walk.api.book(1)
    walk.api.wait(2)
    walk.clock.at("2026-11-22T20:00:00+07:00")
    walk.api.set_day(closed=True, reason="Salah hari")
    walk.api.set_day(closed=False)
    walk.to("2026-11-23T15:10:00+07:00", step=timedelta(minutes=10))
    assert walk.sent == [("11-23 10:00", "1", "pengingat_antrean")]


def test_who_waited_stands_in_line_again_when_the_day_takes_place_after_all(walk: Walk) -> None:
    walk.api.set_day(capacity=1)
    mine = walk.api.book(1).json()["code"]
    walk.api.wait(2)
    walk.api.set_day(closed=True, reason="Salah hari")
    walk.api.set_day(closed=False)
    walk.api.cancel(mine)
    assert [entry["status"] for entry in walk.api.get("/waiting-list", phone=phone(2)).json()] == [
        "offered"
    ]


def test_when_a_day_is_closed_everybody_is_told_once_and_reminded_no_more(walk: Walk) -> None:
    walk.api.set_day(capacity=2)
    for citizen in (1, 2):
        walk.api.book(citizen)
    walk.api.wait(3)
    walk.clock.at("2026-11-23T10:00:00+07:00")
    walk.api.set_day(closed=True, reason="Listrik padam")
    walk.api.set_day(closed=True, reason="Listrik padam")
    walk.to("2026-11-24T08:00:00+07:00", step=timedelta(minutes=5))
    assert walk.sent == [("11-23 10:05", citizen, "hari_ditutup") for citizen in ("1", "2", "3")]
    told = walk.standin.calls[0]["template"]["variables"]
    assert told == {
        "tempat": "MPP Batang", "tanggal": ON_TUESDAY, "alasan": "Listrik padam",
        "berikutnya": ON_NEXT_TUESDAY,
    }  # fmt: skip


def test_who_was_sent_away_hears_that_the_day_takes_place_after_all(walk: Walk) -> None:
    walk.api.set_day(capacity=2)
    codes = [walk.api.book(citizen).json()["code"] for citizen in (1, 2)]
    walk.api.wait(3)
    walk.clock.at("2026-11-23T10:00:00+07:00")
    walk.api.set_day(closed=True, reason="Listrik padam")
    walk.to("2026-11-23T10:05:00+07:00", step=timedelta(minutes=5))
    walk.sent.clear()
    walk.api.cancel(codes[1])
    walk.api.set_day(closed=False, capacity=1)
    walk.to("2026-11-23T10:10:00+07:00", step=timedelta(minutes=5))

    told = [citizen for _, citizen, kind in walk.sent if kind == "hari_dibuka_lagi"]
    assert told == ["1", "3"]


def test_who_was_told_nothing_yet_is_told_nothing_at_all(walk: Walk) -> None:
    walk.api.book(1)
    walk.clock.at("2026-11-23T10:00:00+07:00")
    walk.api.set_day(closed=True, reason="Salah hari")
    walk.api.set_day(closed=False)
    walk.to("2026-11-23T10:10:00+07:00", step=timedelta(minutes=5))

    assert "hari_dibuka_lagi" not in [kind for _, _, kind in walk.sent]
    assert "hari_ditutup" not in [kind for _, _, kind in walk.sent]


def test_a_holiday_added_to_the_office_file_is_told_as_well(
    walk: Walk, office_folder: Path
) -> None:
    walk.api.book(1)
    path = office_folder / "pemalang.yml"
    closed = 'libur:\n  - {tanggal: 2026-11-24, alasan: "Pindah gedung"}\n'
    path.write_text(path.read_text().replace("libur: []\n", closed))
    walk.to("2026-11-23T12:00:00+07:00", step=timedelta(minutes=30))
    assert walk.sent == [("11-23 06:30", "1", "hari_ditutup")]


def test_where_a_number_books_for_several_the_reminder_names_the_person(
    walk: Walk, office_folder: Path
) -> None:
    allow_people(office_folder, 2)
    walk.api.book(1, name="Putri Ayu")
    walk.clock.at("2026-11-23T09:59:00+07:00")
    walk.to("2026-11-23T10:00:00+07:00")
    assert walk.standin.calls[0]["template"]["variables"]["siapa"] == "Putri Ayu"


def test_an_offer_and_its_end_are_told(walk: Walk) -> None:
    walk.clock.at("2026-11-23T09:00:00+07:00")
    walk.api.set_day(capacity=1)
    code = walk.api.book(0).json()["code"]
    for citizen in (1, 2):
        walk.api.wait(citizen)
    walk.api.cancel(code)
    walk.to("2026-11-23T11:05:00+07:00")
    assert walk.sent == [
        ("11-23 09:01", "1", "tempat_ditawarkan"),
        ("11-23 11:01", "1", "tawaran_habis"),
        ("11-23 11:01", "2", "tempat_ditawarkan"),
    ]


def test_a_whole_month_sends_each_message_once_and_inside_the_hours(
    walk: Walk, office_folder: Path
) -> None:
    path = office_folder / "pemalang.yml"
    closed = 'libur:\n  - {tanggal: 2026-12-15, alasan: "Rapat kerja"}\n'
    path.write_text(path.read_text().replace("libur: []\n", closed))
    for week, day in enumerate(("2026-11-24", "2026-12-01", "2026-12-08", "2026-12-22")):
        opening = local(f"{day}T08:00:00") - timedelta(days=4)
        walk.to(opening.isoformat(), step=timedelta(minutes=30))
        assert walk.api.day(day)["status"] == "open"
        for citizen in (week * 2 + 1, week * 2 + 2):
            assert walk.api.book(citizen, day).status_code == 201
        walk.restart()
    walk.to("2026-12-23T12:00:00+07:00", step=timedelta(minutes=30))
    assert walk.api.day("2026-12-15")["status"] == "closed"
    assert [kind for _, _, kind in walk.sent].count("pengingat_antrean") == 8
    assert [kind for _, _, kind in walk.sent].count("pengingat_hari_ini") == 8
    assert {at[-5:] for at, _, _ in walk.sent} == {"10:00", "06:30"}
    with walk.database.reading() as session:
        keys = [row.key for row in session.query(Notice)]
    assert len(keys) == len(set(keys)) == 16


@pytest.mark.parametrize(
    ("kind", "variables"),
    [
        ("pengingat_antrean", {"siapa", "tempat", "tanggal", "jam", "nomor"}),
        ("pengingat_hari_ini", {"siapa", "tempat", "tanggal", "jam", "nomor"}),
        ("status_berubah", {"nomor", "tahap", "langkah"}),
        ("kuota_dibuka", {"tempat", "tanggal", "sisa"}),
        ("batas_bayar", {"batas"}),
        ("paspor_habis", {"tanggal"}),
        ("hari_ditutup", {"tempat", "tanggal", "alasan", "berikutnya"}),
        ("hari_dibuka_lagi", {"siapa", "tempat", "tanggal"}),
        ("tempat_ditawarkan", {"siapa", "tempat", "tanggal", "batas"}),
        ("tawaran_habis", {"siapa", "tempat", "tanggal"}),
    ],
)
def test_every_message_has_a_template_with_the_same_variables(
    kind: str, variables: set[str]
) -> None:
    template = read_yaml(ROOT / "kalimat" / "templat.yml")[kind]
    assert set(template["contoh"]["id"]) == set(template["contoh"]["en"]) == variables
