from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riung.nlu.cleaning import clean
from riung.nlu.dates import DateError, DateRange, find_dates, resolve_date

SATURDAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("hari ini", date(2026, 11, 21)),
        ("besok", date(2026, 11, 22)),
        ("bsk", date(2026, 11, 22)),
        ("isukan", date(2026, 11, 22)),
        ("enjing", date(2026, 11, 22)),
        ("lusa", date(2026, 11, 23)),
        ("selasa", date(2026, 11, 24)),
        ("Selasa depan", date(2026, 11, 24)),
        ("hari jum'at", date(2026, 11, 27)),
        ("sabtu", date(2026, 11, 21)),
        ("2 des", date(2026, 12, 2)),
        ("2 Desember 2026", date(2026, 12, 2)),
        ("02/12", date(2026, 12, 2)),
        ("2-12-26", date(2026, 12, 2)),
        ("2026-12-02", date(2026, 12, 2)),
        ("tgl 7", date(2026, 12, 7)),
        ("tanggal 25", date(2026, 11, 25)),
        ("tgl 31", date(2026, 12, 31)),
        ("13 januari", date(2027, 1, 13)),
        ("1 mei", date(2027, 5, 1)),
        ("rabu", date(2026, 11, 25)),
        ("senin 7 desember", date(2026, 12, 7)),
        ("Senin, 7 Desember 2026", date(2026, 12, 7)),
        ("hari senin tgl 7", date(2026, 12, 7)),
        ("jumat minggu depan", date(2026, 11, 27)),
        ("jumat minggu ini", date(2026, 11, 27)),
        ("next tuesday", date(2026, 11, 24)),
        ("december 3rd", date(2026, 12, 3)),
        ("1st of december", date(2026, 12, 1)),
        ("monday december 7th", date(2026, 12, 7)),
        ("tanggal 5 bulan depan", date(2026, 12, 5)),
        ("tgl 30 bulan ini", date(2026, 11, 30)),
        ("tanggal dua belas desember", date(2026, 12, 12)),
        ("dua puluh lima desember", date(2026, 12, 25)),
        ("tanggal tujuh", date(2026, 12, 7)),
        ("3 hari lagi", date(2026, 11, 24)),
        ("tiga hari lagi", date(2026, 11, 24)),
        ("2 minggu lagi", date(2026, 12, 5)),
        ("seminggu lagi", date(2026, 11, 28)),
        ("sebulan lagi", date(2026, 12, 21)),
        ("in 2 weeks", date(2026, 12, 5)),
        ("natal", date(2026, 12, 25)),
        ("lebaran", date(2027, 3, 10)),
        ("idul adha", date(2027, 5, 17)),
        ("tahun baru", date(2027, 1, 1)),
        ("7_12_2026", date(2026, 12, 7)),
        ("7 12 2026", date(2026, 12, 7)),
        ("07.12.26", date(2026, 12, 7)),
        ("7 des 26", date(2026, 12, 7)),
        ("7 des '26", date(2026, 12, 7)),
        ("٧ desember", date(2026, 12, 7)),
    ],
)
def test_written_dates_mean_a_day(written: str, meant: date) -> None:
    assert resolve_date(written, SATURDAY) == meant


def test_depan_on_a_monday_is_the_day_of_next_week() -> None:
    monday = date(2026, 11, 23)

    assert resolve_date("selasa", monday) == date(2026, 11, 24)
    assert resolve_date("selasa depan", monday) == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("minggu depan", date(2026, 11, 23), date(2026, 11, 29)),
        ("minggu ini", date(2026, 11, 21), date(2026, 11, 22)),
        ("bulan ini", date(2026, 11, 21), date(2026, 11, 30)),
        ("bln depan", date(2026, 12, 1), date(2026, 12, 31)),
        ("desember", date(2026, 12, 1), date(2026, 12, 31)),
        ("november", date(2026, 11, 21), date(2026, 11, 30)),
        ("februari", date(2027, 2, 1), date(2027, 2, 28)),
        ("awal bulan depan", date(2026, 12, 1), date(2026, 12, 10)),
        ("pertengahan desember", date(2026, 12, 11), date(2026, 12, 20)),
        ("akhir bulan ini", date(2026, 11, 21), date(2026, 11, 30)),
        ("akhir tahun", date(2026, 12, 21), date(2026, 12, 31)),
        ("akhir bulan", date(2026, 11, 21), date(2026, 11, 30)),
        ("awal bulan", date(2026, 12, 1), date(2026, 12, 10)),
        ("end of the month", date(2026, 11, 21), date(2026, 11, 30)),
        ("awal minggu depan", date(2026, 11, 23), date(2026, 11, 29)),
    ],
)
def test_weeks_and_months_are_ranges(written: str, start: date, end: date) -> None:
    assert resolve_date(written, SATURDAY) == DateRange(start, end)


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("2 november", "past"),
        ("20/11/2026", "past"),
        ("17 agustus 2025", "past"),
        ("januari 2026", "past"),
        ("31 februari", "impossible"),
        ("32/01/2027", "impossible"),
        ("13/13", "impossible"),
        ("tgl 45", "impossible"),
        ("selasa 7 desember", "contradiction"),
        ("hari rabu tgl 7", "contradiction"),
        ("awal november", "past"),
        ("kapan kapan", "unknown"),
        ("", "unknown"),
    ],
)
def test_what_cannot_be_booked_is_told_apart(written: str, kind: str) -> None:
    resolved = resolve_date(written, SATURDAY)

    assert isinstance(resolved, DateError)
    assert resolved.kind == kind


def test_a_contradiction_tells_the_day_that_was_written() -> None:
    resolved = resolve_date("selasa 7 desember", SATURDAY)

    assert resolved == DateError("contradiction", date(2026, 12, 7))


@pytest.mark.parametrize("written", ["selasa depan", "next tuesday", "selasa minggu depan"])
def test_the_day_of_next_week_follows_one_rule(written: str) -> None:
    monday = date(2026, 11, 23)

    assert resolve_date(written, monday) == date(2026, 12, 1)
    assert resolve_date(written, SATURDAY) == date(2026, 11, 24)


@pytest.mark.parametrize(
    "written", ["selasa depannya lagi", "selasa depan lagi", "tuesday after next"]
)
def test_the_one_after_the_next_is_a_week_later(written: str) -> None:
    assert resolve_date(written, date(2026, 11, 23)) == date(2026, 12, 8)
    assert resolve_date(written, SATURDAY) == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("kuota selasa depan masih ada?", ["selasa depan"]),
        ("kalau selasa depannya lagi?", ["selasa depannya lagi"]),
        ("sisa kuota tanggal 2 Desember", ["2 Desember"]),
        ("jadwal foto tgl 13 maret 2027 ya", ["13 maret 2027"]),
        ("daftar tanggal 25-10-2026", ["25-10-2026"]),
        ("tgl 7 bisa?", ["tgl 7"]),
        ("Sabtu dan Minggu buka?", ["Sabtu dan Minggu"]),
        ("sabtu minggu depan buka?", ["sabtu minggu depan"]),
        ("bln depan kapan dibuka", ["bln depan"]),
        ("isukan aya kuota teu", ["isukan"]),
        ("enjing bika mboten", ["enjing"]),
        ("rabu bisa?", ["rabu"]),
        ("daftar senin 7 desember ya", ["senin 7 desember"]),
        ("bisa hari senin tgl 7?", ["senin tgl 7"]),
        ("jumat minggu depan ada kuota?", ["jumat minggu depan"]),
        ("mau tanggal 5 bulan depan", ["tanggal 5 bulan depan"]),
        ("tanggal dua belas desember", ["dua belas desember"]),
        ("3 hari lagi saya berangkat", ["3 hari lagi"]),
        ("berangkat 2 minggu lagi", ["2 minggu lagi"]),
        ("akhir tahun masih ada slot?", ["akhir tahun"]),
        ("kuota akhir bulan ada ga", ["akhir bulan"]),
        ("awal bln penuh terus", ["awal bln"]),
        ("kuota awal bulanan", []),
        ("libur natal buka ga", ["natal"]),
        ("next tuesday please", ["next tuesday"]),
        ("tgl 4 des 26 sudah penuh", ["4 des 26"]),
        ("4 des 25 orang", ["4 des"]),
        ("lahir 12_05_1990", ["12_05_1990"]),
        ("tgl 7-12-26 bisa?", ["7-12-26"]),
        ("kuota senin 7/12", ["senin 7/12"]),
        ("senin tanggal 7 desember masih ada?", ["senin tanggal 7 desember"]),
        ("kuota rabu, 9-12-2026", ["rabu, 9-12-2026"]),
        ("tgl dua puluh satu desember", ["dua puluh satu desember"]),
    ],
)
def test_dates_are_found_as_written(text: str, dates: list[str]) -> None:
    assert [text[start:end] for start, end in find_dates(clean(text))] == dates


@pytest.mark.parametrize(
    "text",
    [
        "nunggu 3 hari",
        "buka tiap jumat jam 2",
        "setiap hari senin",
        "kemarin sudah foto",
        "sudah 2 minggu belum jadi",
        "beberapa hari ini error",
        "sudah 2 hari ini error",
        "3 minggu ini penuh terus",
        "nunggu dua minggu",
        "penuh sampai 3 bulan kedepan",
        "min tolong dong",
        "umur 17 tahun",
        "halaman 6/8",
        "jam 08.00-11.00",
        "minggu lalu",
    ],
)
def test_lengths_repetitions_and_the_past_are_no_dates(text: str) -> None:
    assert find_dates(clean(text)) == []


@given(st.text(max_size=120), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_any_text_resolves_without_an_accident(text: str, today: date) -> None:
    resolved = resolve_date(text, today)

    if isinstance(resolved, date):
        assert resolved >= today
    elif isinstance(resolved, DateRange):
        assert today <= resolved.start <= resolved.end


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.integers(0, 400))
def test_a_day_written_out_is_that_day(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)

    assert resolve_date(f"{day.day}/{day.month}/{day.year}", today) == day
    assert resolve_date(day.isoformat(), today) == day
