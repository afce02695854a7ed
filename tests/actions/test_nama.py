"""Names as citizens write them when asked for one."""

from __future__ import annotations

import pytest

from actions.nama import name_in


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Rahmat Hidayat", "Rahmat Hidayat"),
        ("nama anak saya Putri Ayu", "Putri Ayu"),
        ("nama saya Budi Santoso", "Budi Santoso"),
        ("a.n. Budi Santoso", "Budi Santoso"),
        ("A/N: BUDI SANTOSO", "BUDI SANTOSO"),
        ("atas nama Siti Aminah ya min", "Siti Aminah"),
        ("eh salah namanya, Rahmat Hidayatullah", "Rahmat Hidayatullah"),
        ("namanya Sri Wahyuni kak", "Sri Wahyuni"),
        ("Muhammad Ali S/O Hasan", "Muhammad Ali S/O Hasan"),
        ("Nur Baiti, S.Pd", "Nur Baiti, S.Pd"),
        ("D", "D"),
        ("Anak Agung Gede Putra", "Anak Agung Gede Putra"),
        ("Raden Mas Haji Bambang Sutrisno Adi Wijaya Kusuma Negara", None),
        ("my name is John Smith", "John Smith"),
        ("Nur'aini", "Nur'aini"),
        ("saya Joko", "Joko"),
        ("perkenalkan nama saya adalah Andi Wijaya", "Andi Wijaya"),
        ("Nurhayati (istri saya)", "Nurhayati"),
        ("Ayu, anak saya", "Ayu"),
        ("*Budi Santoso* 🙏", "Budi Santoso"),
        ("“Budi Santoso”.", "Budi Santoso"),
        ("Budi Santoso sesuai KTP", "Budi Santoso"),
        ("Bpk. Budi Santoso", "Budi Santoso"),
        ("saya sendiri, Budi", "Budi"),
        ("Sri Wahyuni, S.E.", "Sri Wahyuni, S.E."),
        ("Ibu Pertiwi Lestari", "Pertiwi Lestari"),
    ],
)
def test_the_name_alone_is_taken(text: str, name: str | None) -> None:
    assert name_in(text) == (name or text)


@pytest.mark.parametrize(
    "text",
    ["harganya berapa", "biayanya berapa", "iya", "Ya", "p", "menu", "kuota hari selasa masih ada",
     "bisa diwakilkan", "syaratnya apa aja", "salah", "namanya salah", "Budi 2", "3325", "", "??",
     "saya sendiri", "anak saya", "(sesuai ktp)", "🙏", "how much is it", "bayarnya gimana min"],
)  # fmt: skip
def test_what_is_no_name_is_not_taken_for_one(text: str) -> None:
    assert name_in(text) is None
