"""What an office's file may say, what it inherits, and how a mistake in it is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from riung.office.model import Office, OfficeError, read_office
from riung.office.offices import offices
from riung.yaml_files import YamlError
from tests.edits import edit

ENGLISH = re.compile(r"\b(value|valid|field|required|must|none|not|is|unexpected|type)\b", re.I)


@pytest.mark.parametrize("one", offices().values(), ids=lambda one: str(one.id))
def test_a_value_is_found_by_its_path(one: Office) -> None:
    assert one.value("alamat.lengkap") == one.alamat.lengkap
    assert one.value("jam.petugas.teks") == one.jam["petugas"].teks


@pytest.mark.parametrize("path", ["tidak.ada", "alamat", "kontak.telepon", "", "alamat.lengkap.x"])
def test_what_has_no_text_is_no_value(path: str) -> None:
    with pytest.raises(KeyError):
        offices()["bandung"].value(path)


def test_an_office_inherits_what_it_does_not_say_itself(office_folder: Path) -> None:
    edit(office_folder / "nasional.yml", "epaspor_5: 650000", "epaspor_5: 700000")

    assert offices()["bandung"].value("fakta.tarif.epaspor_5") == "Rp700.000"


def test_an_offices_own_value_wins(office_folder: Path) -> None:
    edit(office_folder / "bandung.yml", "fakta:\n", "fakta:\n  tarif: {epaspor_5: 1}\n")

    assert offices()["bandung"].value("fakta.tarif.epaspor_5") == "Rp1"
    assert offices()["bandung"].value("fakta.tarif.epaspor_10") == "Rp950.000"
    assert offices()["pemalang"].value("fakta.tarif.epaspor_5") == "Rp650.000"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("id: bandung", "id: bandungg", "sama dengan nama berkas"),
        ("dasar: nasional", "dasar: daerah", "daerah.yml tidak ada"),
        ("zona_waktu: Asia/Jakarta", "zona_waktu: Asia/Bandung", "Asia/Bandung"),
        ("nama_singkat: Imigrasi Bandung", "nama_singkt: Imigrasi Bandung", "nama_singkt"),
        ("hari: [senin, selasa", "hari: [senen, selasa", "senen"),
        ('buka: "08:00"', 'buka: "8 pagi"', "08:00"),
        ("  ubah:\n", f"  ubah:\n    status: {{label: {'x' * 25}}}\n", "24 huruf"),
        ("  ubah:\n", f"  ubah:\n    status: {{keterangan: {'x' * 73}}}\n", "72 huruf"),
        ("    kantor: {judul", "    kantoor: {judul", "barangkali maksudnya 'kantor'"),
        ("  phone_number_ids: []", "  phone_number_ids: satu", "phone_number_ids"),
        ("libur: []", "libur: [{tanggal: besok, alasan: x}]", "libur"),
        ("libur: []", "libur: [{tanggal: 2026-02-31, alasan: x}]", "2026-02-31"),
        ("reguler: 170", "reguler: -1", "reguler"),
        ("reguler: 170", "reguler: banyak", "reguler"),
        ("koordinat: {lat: -6.90", "koordinat: {lat: utara", "koordinat"),
        ("  antrean_whatsapp: false", "  antrean_whatsapp: mungkin", "antrean_whatsapp"),
        ("pendaftaran: aplikasi", "pendaftaran: telepon", "pendaftaran"),
        ("menu:\n", "menu_lama:\n", "menu_lama"),
        ("fakta:\n  wilayah:", "fakta:", "kunci: nilai"),
    ],
)
def test_a_mistake_is_told_in_indonesian_with_its_line(
    office_folder: Path, old: str, new: str, words: str
) -> None:
    path = office_folder / "bandung.yml"
    edit(path, old, new)

    with pytest.raises(YamlError) as error:
        read_office(path)

    assert words in error.value.message
    assert not ENGLISH.search(error.value.message), error.value.message
    assert "\n" not in error.value.message
    assert error.value.path == path


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("    - id: paspor\n", "    - id: Paspor Baru\n", "huruf_kecil"),
        ("label: Informasi paspor\n", f"label: {'x' * 25}\n", "24 huruf"),
        ("keterangan: Dengan nomor permohonan", f"keterangan: {'x' * 73}", "72 huruf"),
        ("tanya: cek_status}", "keterangan: lagi}", ""),
        ("{id: anak, label", "{id: baru, label", "'baru' dipakai dua kali"),
        ("  kembali: Kembali", f"  kembali: {'x' * 25}", "kembali"),
    ],
)
def test_a_mistake_in_the_shared_menu_is_told_in_the_shared_file(
    office_folder: Path, old: str, new: str, words: str
) -> None:
    edit(office_folder / "nasional.yml", old, new)

    with pytest.raises(YamlError) as error:
        read_office(office_folder / "bandung.yml")

    assert words in error.value.message
    assert error.value.path.name == "nasional.yml"


def test_a_mistake_is_told_at_the_line_where_it_stands(office_folder: Path) -> None:
    path = office_folder / "bandung.yml"
    edit(path, "pendaftaran: aplikasi", "pendaftaran: telepon")
    lines = path.read_text("utf-8").splitlines()

    with pytest.raises(OfficeError) as error:
        read_office(path)

    assert "telepon" in lines[error.value.line - 1]


@pytest.mark.parametrize("one", offices().values(), ids=lambda one: str(one.id))
def test_every_office_says_when_an_officer_answers(one: Office) -> None:
    assert one.jam["petugas"].teks
