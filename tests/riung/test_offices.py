"""What an office is, and how its file is checked, inherited and read again."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from riung import offices as module
from riung.offices import (
    DEMO_PHONE_NUMBER_ID,
    Office,
    OfficeBook,
    OfficeError,
    default_office,
    office,
    office_for_phone_number_id,
    offices,
    read_office,
)
from riung.yaml_files import YamlError
from tests.conftest import SetEnvironment

ENGLISH = re.compile(r"\b(value|valid|field|required|must|none|not|is|unexpected|type)\b", re.I)


def edit(path: Path, old: str, new: str) -> None:
    content = path.read_text("utf-8")
    assert old in content, old
    path.write_text(content.replace(old, new, 1), "utf-8")
    stat = path.stat()
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1_000_000))


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def test_the_two_offices_are_there() -> None:
    assert set(offices()) >= {"bandung", "pemalang"}


@pytest.mark.parametrize("one", offices().values(), ids=lambda one: str(one.id))
def test_a_value_is_found_by_its_path(one: Office) -> None:
    assert one.value("alamat.lengkap") == one.alamat.lengkap
    assert one.value("jam.petugas.teks") == one.jam["petugas"].teks


@pytest.mark.parametrize("path", ["tidak.ada", "alamat", "kontak.telepon", "", "alamat.lengkap.x"])
def test_what_has_no_text_is_no_value(path: str) -> None:
    with pytest.raises(KeyError):
        offices()["bandung"].value(path)


def test_an_office_inherits_what_it_does_not_say_itself(office_folder: Path) -> None:
    edit(office_folder / "nasional.yml", "epaspor_5: Rp650.000", "epaspor_5: Rp700.000")

    assert offices()["bandung"].value("fakta.tarif.epaspor_5") == "Rp700.000"


def test_an_offices_own_value_wins(office_folder: Path) -> None:
    edit(office_folder / "bandung.yml", "fakta:\n", "fakta:\n  tarif: {epaspor_5: Rp1}\n")

    assert offices()["bandung"].value("fakta.tarif.epaspor_5") == "Rp1"
    assert offices()["bandung"].value("fakta.tarif.epaspor_10") == "Rp950.000"
    assert offices()["pemalang"].value("fakta.tarif.epaspor_5") == "Rp650.000"


def test_a_changed_file_is_read_again(office_folder: Path) -> None:
    assert "Surapati" in offices()["bandung"].alamat.lengkap

    edit(office_folder / "bandung.yml", "Jl. Surapati No. 82", "Jl. Baru No. 1")

    assert "Jl. Baru No. 1" in offices()["bandung"].alamat.lengkap


def test_a_new_file_is_a_new_office(office_folder: Path) -> None:
    offices()
    content = (office_folder / "bandung.yml").read_text("utf-8")
    for old, new in (("id: bandung", "id: batulicin"), ("kanim_bandung", "kanim_batulicin")):
        content = content.replace(old, new)
    (office_folder / "batulicin.yml").write_text(content, "utf-8")

    assert office("batulicin").id == "batulicin"


def test_two_offices_cannot_share_a_place(office_folder: Path) -> None:
    content = (office_folder / "bandung.yml").read_text("utf-8")
    copy = content.replace("id: bandung", "id: batulicin", 1)
    (office_folder / "batulicin.yml").write_text(copy, "utf-8")

    with pytest.raises(OfficeError, match="'kanim_bandung' sudah dipakai kantor bandung"):
        offices()


def test_a_file_that_breaks_while_running_changes_nothing(office_folder: Path) -> None:
    before = offices()["bandung"]

    append(office_folder / "bandung.yml", "nama: [\n")

    assert offices()["bandung"] == before


def test_a_mended_file_is_read_again(office_folder: Path) -> None:
    offices()
    edit(office_folder / "bandung.yml", "id: bandung", "id: salah")
    offices()
    edit(office_folder / "bandung.yml", "id: salah", "id: bandung")
    edit(office_folder / "bandung.yml", "Jl. Surapati No. 82", "Jl. Baru No. 1")

    assert "Jl. Baru" in offices()["bandung"].alamat.lengkap


def test_a_file_broken_from_the_start_is_told_each_time(office_folder: Path) -> None:
    append(office_folder / "bandung.yml", "nama: [\n")

    for _ in range(2):
        with pytest.raises(YamlError, match=r"bandung\.yml"):
            offices()


def test_a_folder_without_offices_is_told(tmp_path: Path) -> None:
    with pytest.raises(OfficeError, match="belum ada berkas kantor"):
        OfficeBook(tmp_path).all()


def test_an_unknown_office_is_told_with_those_there_are() -> None:
    with pytest.raises(OfficeError, match=r"kantor 'entah' tidak ada; yang ada: .*bandung"):
        office("entah")


def test_the_default_office_comes_from_the_environment(set_environment: SetEnvironment) -> None:
    assert default_office().id == "bandung"

    set_environment(RIUNG_OFFICE="pemalang")

    assert default_office().id == "pemalang"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("id: bandung", "id: bandungg", "sama dengan nama berkas"),
        ("dasar: nasional", "dasar: daerah", "daerah.yml tidak ada"),
        ("zona_waktu: Asia/Jakarta", "zona_waktu: Asia/Bandung", "Asia/Bandung"),
        ("nama_singkat: Imigrasi Bandung", "nama_singkt: Imigrasi Bandung", "nama_singkt"),
        ("hari: [senin, selasa", "hari: [senen, selasa", "senen"),
        ('buka: "08:00"', 'buka: "8 pagi"', "08:00"),
        ("id: paspor\n", "id: Paspor Baru\n", "huruf_kecil"),
        ("label: Informasi paspor\n", f"label: {'x' * 25}\n", "24 huruf"),
        ("keterangan: Dengan nomor permohonan", f"keterangan: {'x' * 73}", "72 huruf"),
        ("tanya: cek_status}", "keterangan: lagi}", ""),
        ("{id: anak, label", "{id: baru, label", "dua kali: baru"),
        ("  phone_number_ids: []", "  phone_number_ids: satu", "phone_number_ids"),
        ("libur: []", "libur: [{tanggal: besok, alasan: x}]", "libur"),
        ("libur: []", "libur: [{tanggal: 2026-02-31, alasan: x}]", "2026-02-31"),
        ("  kembali: Kembali", f"  kembali: {'x' * 25}", "kembali"),
        ("reguler: 60", "reguler: -1", "reguler"),
        ("reguler: 60", "reguler: banyak", "reguler"),
        ("koordinat: {lat: -6.90", "koordinat: {lat: utara", "koordinat"),
        ("  antrean_whatsapp: false", "  antrean_whatsapp: mungkin", "antrean_whatsapp"),
        ("pendaftaran: m_paspor", "pendaftaran: telepon", "pendaftaran"),
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


def test_a_mistake_is_told_at_the_line_where_it_stands(office_folder: Path) -> None:
    path = office_folder / "bandung.yml"
    edit(path, "pendaftaran: m_paspor", "pendaftaran: telepon")
    lines = path.read_text("utf-8").splitlines()

    with pytest.raises(OfficeError) as error:
        read_office(path)

    assert "telepon" in lines[error.value.line - 1]


def test_a_file_that_is_no_text_is_told(office_folder: Path) -> None:
    (office_folder / "bandung.yml").write_bytes(b"id: bandung\nnama: \xff\xfe\n")

    with pytest.raises(YamlError, match="UTF-8"):
        offices()


def test_a_number_belongs_to_its_office(office_folder: Path) -> None:
    edit(
        office_folder / "pemalang.yml",
        "  phone_number_ids: []",
        '  phone_number_ids: ["123456789012345"]',
    )

    found = office_for_phone_number_id("123456789012345")

    assert found is not None
    assert found.id == "pemalang"
    assert office_for_phone_number_id("999999999999999") is None


def test_the_demo_number_belongs_to_the_default_office(set_environment: SetEnvironment) -> None:
    set_environment(RIUNG_DEMO="1", RIUNG_OFFICE="pemalang")

    found = office_for_phone_number_id(DEMO_PHONE_NUMBER_ID)

    assert found is not None
    assert found.id == "pemalang"


def test_without_demo_the_demo_number_is_nobodys(set_environment: SetEnvironment) -> None:
    set_environment(RIUNG_DEMO="0")

    assert office_for_phone_number_id(DEMO_PHONE_NUMBER_ID) is None


def test_in_demo_mode_every_office_has_a_number(set_environment: SetEnvironment) -> None:
    set_environment(RIUNG_DEMO="1")

    numbered = [office_for_phone_number_id(number) for number in module.demo_numbers()]

    assert {found.id for found in numbered if found} == set(offices())


@pytest.mark.parametrize("one", offices().values(), ids=lambda one: str(one.id))
def test_every_office_says_when_an_officer_answers(one: Office) -> None:
    assert one.jam["petugas"].teks
