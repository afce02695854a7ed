"""Is somebody there now, and when next."""

from __future__ import annotations

import shutil
from datetime import date, datetime

import pytest

from riung.formatting import say_moment
from riung.office.hours import is_holiday, is_open, next_opening
from riung.office.model import Office, read_office
from riung.office.offices import offices
from riung.settings import ROOT

WITA_OFFICE = """\
id: batulicin
dasar: nasional
nama: Kantor Imigrasi Batulicin
nama_singkat: Imigrasi Batulicin
sebutan: [batulicin]
zona_waktu: Asia/Makassar
alamat: {lengkap: Jl. Contoh No. 1}
jam:
  petugas:
    hari: [senin, selasa, rabu, kamis, jumat]
    buka: "08:00"
    tutup: "16:00"
    istirahat:
      - {hari: [senin, selasa, rabu, kamis], mulai: "12:00", selesai: "13:00"}
      - {hari: [jumat], mulai: "11:30", selesai: "13:30"}
    teks: Senin sampai Jumat
  keliling: {hari: [sabtu], teks: "Jamnya belum pasti"}
  tutup_dulu: {teks: "Sedang tutup"}
modul: {antrean_whatsapp: false, pengaduan: true, kunjungan_rumah: false, sambang_pemohon: false,
  kirim_pos: false, percepatan: false}
libur:
  - {tanggal: 2026-11-26, alasan: HUT kabupaten}
menu: {judul: Menu, kembali: Kembali, pilihan: [{id: a, label: A, tanya: menu}]}
"""


@pytest.fixture(scope="module")
def wita(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office in the middle time zone, an hour ahead of Jakarta."""
    path = tmp_path_factory.mktemp("offices") / "batulicin.yml"
    shutil.copy(ROOT / "offices" / "nasional.yml", path.parent)
    path.write_text(WITA_OFFICE, "utf-8")
    return read_office(path)


def at(text: str, zone: str = "+08:00") -> datetime:
    return datetime.fromisoformat(f"2026-{text}:00{zone}")


@pytest.mark.parametrize(
    ("moment", "open_now"),
    [
        ("11-23T07:59", False),
        ("11-23T08:00", True),
        ("11-23T11:59", True),
        ("11-23T12:00", False),
        ("11-23T12:59", False),
        ("11-23T13:00", True),
        ("11-23T15:59", True),
        ("11-23T16:00", False),
        ("11-27T11:29", True),
        ("11-27T11:30", False),
        ("11-27T13:15", False),
        ("11-27T13:30", True),
        ("11-28T10:00", False),
        ("11-29T10:00", False),
        ("11-26T10:00", False),
        ("12-25T10:00", False),
    ],
)
def test_breaks_prayers_weekends_and_holidays_are_closed(
    wita: Office, moment: str, open_now: bool
) -> None:
    assert is_open(wita, "petugas", at(moment)) is open_now


def test_the_moment_is_read_in_the_offices_zone(wita: Office) -> None:
    assert is_open(wita, "petugas", at("11-23T07:30", "+07:00"))
    assert not is_open(wita, "petugas", at("11-23T15:30", "+07:00"))


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("11-23T06:00", "Senin 23 November 2026, 08.00 WITA"),
        ("11-23T10:00", "Senin 23 November 2026, 13.00 WITA"),
        ("11-23T12:10", "Senin 23 November 2026, 13.00 WITA"),
        ("11-27T12:00", "Jumat 27 November 2026, 13.30 WITA"),
        ("11-27T17:00", "Senin 30 November 2026, 08.00 WITA"),
        ("11-25T18:00", "Jumat 27 November 2026, 08.00 WITA"),
    ],
)
def test_the_next_opening(wita: Office, moment: str, opening: str) -> None:
    found = next_opening(wita, "petugas", at(moment))

    assert found is not None
    assert say_moment(found, wita.zone, "id") == opening


def test_a_long_holiday_is_looked_past(wita: Office) -> None:
    found = next_opening(wita, "petugas", at("03-18T17:00"))

    assert found is not None
    assert is_open(wita, "petugas", found)
    assert found.date() >= date(2026, 3, 23)


@pytest.mark.parametrize("service", ["keliling", "tutup_dulu", "tidak_ada"])
def test_a_service_without_hours_is_never_open(wita: Office, service: str) -> None:
    assert not is_open(wita, service, at("11-28T10:00"))
    assert next_opening(wita, service, at("11-28T10:00")) is None


@pytest.mark.parametrize(
    ("day", "holiday"),
    [
        (date(2026, 8, 17), True),
        (date(2026, 3, 20), True),
        (date(2026, 12, 25), True),
        (date(2026, 11, 26), True),
        (date(2026, 11, 24), False),
    ],
)
def test_holidays_are_national_or_the_offices_own(wita: Office, day: date, holiday: bool) -> None:
    assert is_holiday(wita, day) is holiday


@pytest.mark.parametrize("one", offices().values(), ids=lambda one: str(one.id))
def test_every_office_has_an_officer_within_a_month(one: Office) -> None:
    assert next_opening(one, "petugas", at("11-20T23:00", "+07:00")) is not None
