"""CSV that an office's spreadsheet opens."""

from __future__ import annotations

import csv
import io

import pytest

from riung.spreadsheet import as_csv, cell


@pytest.mark.parametrize("text", ["=1+1", "+62", "-1", "@SUM(A1)", " =1+1", "\t=1", "＝1+1"])
def test_no_text_becomes_a_formula(text: str) -> None:
    assert "'" in str(cell(text))


@pytest.mark.parametrize("text", ["Budi,=1+1", "Budi; +62", "Budi\t@SUM(A1)"])
def test_nor_where_another_program_splits_the_line(text: str) -> None:
    first, rest = text[:5], str(cell(text))[5:]

    assert rest.lstrip().startswith("'")
    assert first in str(cell(text))


def test_a_leading_zero_stays() -> None:
    assert cell("0070") == '="0070"'
    assert cell("7000") == "7000"


def test_a_long_number_is_not_rounded() -> None:
    assert cell("1179000000001234") == '="1179000000001234"'


def test_numbers_and_gaps_are_left_as_they_are() -> None:
    assert [cell(3), cell(None), cell("Budi Santoso")] == [3, "", "Budi Santoso"]


def test_the_file_is_read_back_as_it_was_written() -> None:
    written = as_csv(["nama", "jumlah"], [["Siti; Aminah", 2]])

    assert written.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(written.decode("utf-8-sig")), delimiter=";")) == [
        ["nama", "jumlah"],
        ["Siti; Aminah", "2"],
    ]
