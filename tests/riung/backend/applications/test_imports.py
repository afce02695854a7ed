from datetime import datetime

import pytest

from riung.backend.applications import import_files
from riung.backend.applications.imports import Report
from riung.backend.db import Database
from riung.backend.problems import Problem
from tests.riung.backend.applications.lists import MIDNIGHT, NINE, moment_in, stages_in, take
from tests.riung.backend.citizens import Clock


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_files_of_usual_spreadsheets_are_read(
    any_database: Database, separator: str, mark: str
) -> None:
    lines = ["nomor,kantor,tahap,jalur", "1179000000000001,bandung,paid,m_paspor"]
    report = take(any_database, mark + "\r\n".join(lines).replace(",", separator) + "\r\n")
    assert report == Report(created_or_moved=1)
    assert stages_in(any_database) == {"1179000000000001": "paid"}


def test_a_stage_may_be_written_as_citizens_read_it(database: Database) -> None:
    report = take(database, "nomor,kantor,tahap\n1179000000000001,bandung,permohonan Terdaftar\n")
    assert report == Report(created_or_moved=1)
    assert stages_in(database) == {"1179000000000001": "registered"}


BAD_LINES = [
    ("117900000000001,bandung,paid,,,", "nomor permohonan harus 16 angka"),
    (",bandung,paid,,,", "kolom 'nomor' kosong"),
    ("1179000000000002,,paid,,,", "kolom 'kantor' kosong"),
    ("1179000000000002,bandung,,,,", "kolom 'tahap' kosong"),
    ("1179000000000002,atlantis,paid,,,", "kantor 'atlantis' tidak dikenal"),
    ("1179000000000002,bandung,prnting,,,", "tahap tidak dikenal"),
    ("1179000000000002,bandung,paid,udara,,", "jalur tidak dikenal"),
    ("1179000000000002,bandung,paid,,kemarin,", "waktu tidak terbaca; contoh: 2026-11-24 09:30"),
    (
        "1179000000000002,bandung,paid,,2026-11-30 09:30,",
        "waktunya di masa depan",
    ),
    (f"1179000000000002,bandung,paid,,,{'x' * 41}", "jenis terlalu panjang"),
    ("1179000000000001,bandung,registered,,,", "tahap ini tidak mungkin sesudah tahap sekarang"),
    (
        "1179000000000001,bandung,collected,micin_darurat,,",
        "jalur permohonan tidak bisa berganti",
    ),
]


@pytest.mark.parametrize(("bad", "reason"), BAD_LINES)
def test_a_bad_line_is_reported_and_the_good_ones_are_taken(
    database: Database, bad: str, reason: str
) -> None:
    heading = "nomor,kantor,tahap,jalur,waktu,jenis\n"
    first, last = "1179000000000001,bandung,printing,,,", "1179000000000003,bandung,paid,,,"
    report = take(database, f"{heading}{first}\n{bad}\n{last}\n")
    assert report.errors == [{"line": 3, "reason": reason}]
    assert stages_in(database) == {"1179000000000001": "printing", "1179000000000003": "paid"}


def test_a_report_repeats_no_number(database: Database) -> None:
    report = take(database, "nomor,kantor,tahap\n3325010106900001x,bandung,paid\n")
    assert "3325" not in str(report)


def test_empty_lines_are_passed_over_and_counted_as_lines(database: Database) -> None:
    report = take(database, "nomor,kantor,tahap\n\n,,\n1,bandung,paid\n")
    assert [error["line"] for error in report.errors] == [4]


def test_a_line_that_changes_nothing_is_counted_apart(database: Database) -> None:
    line = "1179000000000001,bandung,paid\n"
    assert take(database, f"nomor,kantor,tahap\n{line}{line}") == Report(1, 1)


@pytest.mark.parametrize(
    "written", ["2026-11-20 09:30", "2026-11-20T09:30:00+07:00", "20/11/2026 09:30"]
)
def test_moments_are_read_as_spreadsheets_write_them(database: Database, written: str) -> None:
    take(database, f"nomor,kantor,tahap,waktu\n1179000000000001,bandung,paid,{written}\n")
    assert moment_in(database) == NINE


def test_a_file_without_a_needed_column_says_which(database: Database) -> None:
    with pytest.raises(Problem, match="kolom: kantor, tahap"):
        take(database, "nomor\n1179000000000001\n")


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", "nömor".encode("latin-1")])
def test_what_is_no_csv_is_refused(database: Database, content: bytes) -> None:
    with pytest.raises(Problem) as refused:
        take(database, content)
    assert refused.value.code == "import_unreadable"


def test_a_file_that_is_too_long_is_refused_whole(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_files, "MOST_LINES", 2)
    lines = "".join(f"117900000000000{index},bandung,paid\n" for index in range(3))
    with pytest.raises(Problem) as refused:
        take(database, f"nomor,kantor,tahap\n{lines}")
    assert refused.value.code == "import_too_long"
    assert stages_in(database) == {}


def test_two_thousand_lines_are_taken_in_one_go(database: Database, clock: Clock) -> None:
    lines = "".join(f"{1179_0000_0000_0000 + index},bandung,paid\n" for index in range(2000))
    assert take(database, f"nomor,kantor,tahap\n{lines}").created_or_moved == 2000


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("20/11/2026 09.30", NINE),
        ("20/11/2026 09:30:00", NINE),
        ("20-11-2026 09:30", NINE),
        ("2026/11/20 9.30", NINE),
        ("46346,395833333", NINE),
        ("20/11/2026", MIDNIGHT),
        ("20.11.2026", MIDNIGHT),
        ("2026-11-20", MIDNIGHT),
        ("20261120", MIDNIGHT),
        ("46346", MIDNIGHT),
    ],
)
def test_days_and_hours_are_read_as_people_write_them(
    database: Database, written: str, moment: datetime
) -> None:
    report = take(database, f"nomor;kantor;tahap;waktu\n1179000000000001;bandung;paid;{written}\n")
    assert report == Report(1)
    assert moment_in(database) == moment


@pytest.mark.parametrize("written", ["1", "1796083200", "0001-01-01", "32/11/2026", "1970-01-01"])
def test_a_moment_that_cannot_be_is_refused_and_never_guessed(
    database: Database, written: str
) -> None:
    report = take(database, f"nomor;kantor;tahap;waktu\n1179000000000001;bandung;paid;{written}\n")
    assert len(report.errors) == 1
    assert "waktu" in report.errors[0]["reason"]


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("1970-01-01", "kelihatannya sel kosong atau angka Excel"),
        ("1/1/1900", "kelihatannya sel kosong atau angka Excel"),
        ("2199-01-01", "waktunya di masa depan"),
    ],
)
def test_why_a_moment_cannot_be_is_told_as_it_is(
    database: Database, written: str, reason: str
) -> None:
    report = take(database, f"nomor;kantor;tahap;waktu\n1179000000000001;bandung;paid;{written}\n")
    assert reason in report.errors[0]["reason"]


def test_what_is_older_than_the_present_stage_is_called_so(database: Database) -> None:
    head, line = "nomor;kantor;tahap;waktu\n", "1179000000000001;bandung"
    take(database, f"{head}{line};registered;2026-11-20 09:00\n")
    report = take(database, f"{head}{line};paid;2026-11-19 09:00\n")
    assert report.errors == [{"line": 2, "reason": "waktunya sebelum tahap sekarang dimulai"}]


def test_one_number_with_several_stages_is_warned_of(database: Database) -> None:
    lines = "".join(f"1179000078004561;bandung;{stage}\n" for stage in ("registered", "paid"))
    report = take(database, f"nomor;kantor;tahap\n{lines}")
    assert report.created_or_moved == 2
    assert [one["line"] for one in report.warnings] == [3]
    assert "membulatkan" in report.warnings[0]["reason"]


@pytest.mark.parametrize(
    "name",
    ["Kanim Bandung", "KANTOR IMIGRASI BANDUNG", "Kanim Kelas I TPI Bandung", "bandung "],
)
def test_an_office_is_known_by_the_ways_its_name_is_written(database: Database, name: str) -> None:
    assert take(database, f"nomor;kantor;tahap\n1179000000000001;{name};printing\n") == Report(1)


@pytest.mark.parametrize("name", ["Kota Bandung", "Kanim", "Imigrasi Kelas I TPI"])
def test_a_name_of_no_office_of_ours_is_not_guessed(database: Database, name: str) -> None:
    report = take(database, f"nomor;kantor;tahap\n1179000000000001;{name};printing\n")
    assert report.errors == [{"line": 2, "reason": f"kantor '{name}' tidak dikenal"}]


@pytest.mark.parametrize("stage", ["quality check", "QUALITY-CHECK", "✅ Quality_Check"])
def test_a_code_is_known_however_its_words_are_tied(database: Database, stage: str) -> None:
    line = f"1179000000000001;bandung;{stage};M-Paspor"
    assert take(database, f"nomor;kantor;tahap;jalur\n{line}\n") == Report(1)


def test_months_before_days_are_not_taken_for_days_before_months(database: Database) -> None:
    lines = "".join(
        f"117900000000000{number};bandung;paid;{day}\n"
        for number, day in enumerate(["11/05/2026", "11/17/2026", "11/11/2026", "2026-11-05"])
    )
    report = take(database, f"nomor;kantor;tahap;waktu\n{lines}")
    assert report.created_or_moved == 2
    assert [error["line"] for error in report.errors] == [2, 3]
    assert "bulan di depan" in report.errors[0]["reason"]


def test_numbers_that_all_end_in_zero_are_warned_of(database: Database) -> None:
    lines = "".join(f"11790000780045{tens}0;bandung;paid\n" for tens in (5, 6, 7))
    report = take(database, f"nomor;kantor;tahap\n{lines}")
    assert report.created_or_moved == 3
    assert [warning["reason"] for warning in report.warnings] == [
        "semua nomor berakhir 0; periksa apakah Excel membulatkannya"
    ]


def test_one_number_at_two_offices_or_times_is_warned_of(database: Database) -> None:
    first = "1179000000000001;bandung;paid;2026-11-19\n"
    for other in (first.replace("bandung", "pemalang"), first.replace("-19", "-20")):
        report = take(database, f"nomor;kantor;tahap;waktu\n{first}{other}")
        assert [warning["line"] for warning in report.warnings] == [3]
