from contextlib import suppress
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riung.backend.applications.import_files import rows
from riung.backend.applications.imports import Report
from riung.backend.db import Database
from riung.backend.problems import Problem
from tests.riung.backend.applications.lists import (
    LINE,
    MIDNIGHT,
    NINE,
    moment_in,
    stages_in,
    take,
    workbook,
)

HEADING = ["No. Permohonan", "Kantor", "Status", "Tgl Status"]


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
    assert moment_in(database) == moment


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


@pytest.mark.parametrize(
    "number",
    [
        "’1179000077000004",
        "'1179000077000004'",
        "1.179.000.077.000.004,00",
        '"1,179,000,077,000,004"',
        "\u200b1179000077000004\u202c",
        "１１７９００００７７００００04",
    ],
)
def test_a_number_is_read_behind_marks_of_any_program(database: Database, number: str) -> None:
    assert take(database, f"nomor;kantor;tahap\n{number};bandung;printing\n") == Report(1)
    assert list(stages_in(database)) == ["1179000077000004"]


@pytest.mark.parametrize(
    "heading",
    [
        "no;kantor;tahap",
        "nopermohonan;kanim;status",
        "Nomor Permohonan (16 angka);Kantor*;Tahap",
        "nomor;nama kantor;tahap",
        "nomor;Nama Kanim Penerbit;tahap",
        "sep=|\nnomor;kantor;tahap",
        "Nomor Permohonan;Kantor;Keterangan\n;;Tahap",
    ],
)
def test_a_heading_is_read_as_people_write_it(database: Database, heading: str) -> None:
    separator = "|" if "|" in heading else ";"
    assert take(database, f"{heading}\n{LINE}\n".replace(";", separator)) == Report(1)


def test_the_column_that_counts_lines_is_not_the_one_of_numbers(database: Database) -> None:
    heading = "Nomor;Nomor Permohonan;Kantor;Status;Tahap\n"
    assert take(database, f"{heading}1;1179000000000001;bandung;aktif;printing\n") == Report(1)


def test_two_columns_of_one_field_that_differ_are_refused(database: Database) -> None:
    heading = "nomor;kantor;tahap;tanggal status;tgl perubahan\n"
    report = take(database, f"{heading}{LINE};20/11/2026;19/11/2026\n")
    assert report.errors == [
        {"line": 2, "reason": "ada lebih dari satu kolom 'waktu', isinya berbeda"}
    ]


@pytest.mark.parametrize("heading", ["tanggal;jam", "jam;tanggal", "Tgl Status;Pukul"])
def test_an_hour_in_a_column_of_its_own_belongs_to_the_day(
    database: Database, heading: str
) -> None:
    cells = {"j": "09.30", "t": "20/11/2026", "p": "09.30"}
    said = ";".join(cells[name[0].lower()] for name in heading.split(";"))
    assert take(database, f"nomor;kantor;tahap;{heading}\n{LINE};{said}\n") == Report(1)
    assert moment_in(database) == NINE


@pytest.mark.parametrize(
    "below",
    ["Total;;1", ";;Jumlah", "Jumlah: 1;;", ";;Bandung, 20 November 2026", "nomor;kantor;tahap"],
)
def test_a_sum_a_signature_and_a_heading_again_are_no_applications(
    database: Database, below: str
) -> None:
    more = "1179000000000002;bandung;printing"
    assert take(database, f"nomor;kantor;tahap\n{LINE}\n{below}\n{more}\n") == Report(2)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16-le", "utf-16-be", "utf-8"])
def test_a_list_is_read_in_the_encodings_of_windows(database: Database, encoding: str) -> None:
    text = f"Nomor;Kantor;Tahap;Catatan\r\n{LINE};“Pak José” – beres\r\n"
    assert take(database, text.encode(encoding)) == Report(1)


@pytest.mark.parametrize(
    "content", ["<html><table><tr><td>nomor</td></tr></table>", "%PDF-1.7", "a\0b;c"]
)
def test_what_only_bears_the_name_of_a_list_is_explained(database: Database, content: str) -> None:
    with pytest.raises(Problem, match="simpan lagi sebagai"):
        take(database, content)


@pytest.mark.parametrize("separator", [";", ","])
def test_a_list_that_excel_took_for_one_column_is_read(database: Database, separator: str) -> None:
    lines = [f"nomor;kantor;tahap;{'waktu'}", f"{LINE};2026-11-20"]
    cells = [[line.replace(";", separator)] for line in lines]
    assert take(database, workbook(*cells)) == Report(1)
    quoted = "".join(f'"{line}"\n' for [line] in cells)
    assert take(database, quoted) == Report(0, 1)


def test_lines_swallowed_by_an_open_quote_are_said(database: Database) -> None:
    report = take(database, f'nomor;kantor;tahap\n1179000000000009;"bandung;paid\n{LINE}\n')
    assert report.errors[0]["line"] == 2
    assert "tanda kutip" in report.errors[0]["reason"]


def test_a_workbook_with_merged_cells_an_hour_apart_and_a_sum_is_read(database: Database) -> None:
    line = ["1179000000000001", "Kanim Bandung", "Pencetakan", date(2026, 11, 20), time(9, 30)]
    upper = ["Nomor Permohonan", "Kantor", "Status", None, None]
    lower = [None, None, "Tahap", "Tanggal", "Jam"]
    assert take(database, workbook(upper, lower, line, ["Total", None, None, 1])) == Report(1)
    assert moment_in(database) == NINE


@given(st.binary(max_size=80), st.integers(0, 400), st.integers(0, 60))
def test_no_file_whatever_is_a_failure(more: bytes, at: int, less: int) -> None:
    for whole in (f"nomor;kantor;tahap;waktu\n{LINE};20 Nov 2026\n".encode(), workbook(HEADING)):
        with suppress(Problem):
            list(rows(whole[:at] + more + whole[at + less :]))


@pytest.mark.parametrize(
    "heading",
    [
        "Nomor Registrasi;Kantor;Status Terakhir",
        "No. Reg;Kantor Imigrasi;Tahap Permohonan",
        "Kode Permohonan;Kanim;Posisi Berkas",
        "Nomor Permohonan, 16 angka;Kantor: kanim atau ULP;Tahap Saat Ini",
    ],
)
def test_columns_are_known_by_the_names_that_offices_give_them(
    database: Database, heading: str
) -> None:
    report = take(database, f"{heading};Status Bayar\r\n{LINE};lunas\r\n")

    assert report == Report(created_or_moved=1)


def test_a_sum_below_the_list_is_no_application(database: Database) -> None:
    report = take(database, f"nomor;kantor;tahap\r\n{LINE}\r\nJumlah;1;\r\n")

    assert report == Report(created_or_moved=1)
