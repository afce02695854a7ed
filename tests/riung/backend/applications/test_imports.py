import io
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook

from riung.backend.applications import import_files
from riung.backend.applications.imports import Report, import_table
from riung.backend.applications.tables import Application
from riung.backend.db import Database
from riung.backend.problems import Problem
from tests.riung.backend.citizens import Clock, local

NOW = local("2026-11-21T09:00:00")


def take(database: Database, content: str | bytes) -> Report:
    raw = content.encode() if isinstance(content, str) else content
    with database.writing() as session:
        return import_table(session, raw, NOW)


def stages_in(database: Database) -> dict[str, str]:
    with database.reading() as session:
        return {one.number: one.stage for one in session.query(Application)}


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
        "waktunya di masa depan atau sebelum tahap sekarang",
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
    with database.reading() as session:
        moment: datetime = session.query(Application).one().updated_at
    assert moment == local("2026-11-20T09:30:00")


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


NINE = local("2026-11-20T09:30:00")
MIDNIGHT = local("2026-11-20T00:00:00")


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
    with database.reading() as session:
        assert session.query(Application).one().updated_at == moment


@pytest.mark.parametrize("written", ["1", "1796083200", "0001-01-01", "32/11/2026", "1970-01-01"])
def test_a_moment_that_cannot_be_is_refused_and_never_guessed(
    database: Database, written: str
) -> None:
    report = take(database, f"nomor;kantor;tahap;waktu\n1179000000000001;bandung;paid;{written}\n")
    assert len(report.errors) == 1
    assert "waktu" in report.errors[0]["reason"]


@pytest.mark.parametrize(
    "head",
    [
        "sep=;\nnomor;kantor;tahap\n",
        "LAPORAN HARIAN;;\nTanggal: 27/11/2026, 08.00;;\n;;\nNo. Permohonan;Kantor;Status\n",
        'nomor;kantor;tahap;"catatan, petugas, loket, lain"\n',
    ],
)
def test_the_heading_is_found_where_spreadsheets_put_it(database: Database, head: str) -> None:
    assert take(database, f"{head}1179000000000001;bandung;printing\n") == Report(1)


@pytest.mark.parametrize(
    "line",
    [
        "'1179000000000001;bandung;printing",
        '"=""1179000000000001""";bandung;printing',
        "1179000000000001,00;bandung;printing",
        "1179000000000001;Bandung;PRINTING",
        "1179000000000001;Imigrasi  Bandung;pencetakan",
    ],
)
def test_a_spreadsheets_marks_are_no_part_of_what_it_says(database: Database, line: str) -> None:
    assert take(database, f"nomor;kantor;tahap\n{line}\n") == Report(1)
    assert stages_in(database) == {"1179000000000001": "printing"}


def test_what_a_spreadsheet_saves_as_unicode_text_is_read(database: Database) -> None:
    text = "nomor\tkantor\ttahap\n1179000000000001\tbandung\tpaid\n"
    assert take(database, text.encode("utf-16")) == Report(1)


def test_a_number_as_a_power_of_ten_is_said_and_kept_for_mending(database: Database) -> None:
    report = take(database, "nomor;kantor;tahap\n1,179000077000123E+15;bandung;printing\n")
    assert "jadikan kolom nomor teks" in report.errors[0]["reason"]
    assert report.refused == {2: "1,179000077000123E+15;bandung;printing"}


def test_one_number_with_several_stages_is_warned_of(database: Database) -> None:
    lines = "".join(f"1179000078004560;bandung;{stage}\n" for stage in ("registered", "paid"))
    report = take(database, f"nomor;kantor;tahap\n{lines}")
    assert report.created_or_moved == 2
    assert [one["line"] for one in report.warnings] == [3]
    assert "membulatkan" in report.warnings[0]["reason"]


def workbook(*lines: list[Any], before: int = 0) -> bytes:
    """An Excel file; the list stands on the second sheet when there is one `before`."""
    book, content = Workbook(), io.BytesIO()
    for _ in range(before):
        book.active.append(["Petunjuk pengisian"])
        book.active = book.create_sheet("Status")
    for line in lines:
        book.active.append(line)
    book.save(content)
    return content.getvalue()


HEADING = ["No. Permohonan", "Kantor", "Status", "Tgl Status"]


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        (datetime(2026, 11, 20, 9, 30), NINE),
        (date(2026, 11, 20), MIDNIGHT),
        (46346.395833333, NINE),
        ("20/11/2026 09.30", NINE),
    ],
)
@pytest.mark.parametrize("before", [0, 1])
def test_a_workbook_is_read_like_a_text_file(
    database: Database, cell: object, moment: datetime, before: int
) -> None:
    title, line = ["LAPORAN HARIAN"], ["1179000000000001", "Bandung", "PRINTING", cell]
    report = take(database, workbook(title, [], HEADING, line, before=before))
    assert report == Report(1)
    with database.reading() as session:
        assert session.query(Application).one().updated_at == moment


def test_a_number_that_excel_rounded_is_said_and_not_guessed(database: Database) -> None:
    line = [1179000077000123, "bandung", "printing", date(2026, 11, 20)]
    report = take(database, workbook(HEADING, line))
    assert report.errors[0]["line"] == 2
    assert "jadikan kolom nomor teks" in report.errors[0]["reason"]


@pytest.mark.parametrize("content", [b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0 Excel 97"])
def test_a_workbook_that_cannot_be_opened_is_explained(database: Database, content: bytes) -> None:
    with pytest.raises(Problem, match="simpan lagi sebagai") as refused:
        take(database, content)
    assert refused.value.code == "import_unreadable"
