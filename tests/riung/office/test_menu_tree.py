"""The rows that all offices share, and what one of them has otherwise."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from riung.office.menu_tree import MenuTree

BASE = {
    "judul": "Saya asisten *{nama_singkat}*.",
    "kembali": "Kembali",
    "pilihan": [
        {
            "id": "paspor",
            "label": "Paspor",
            "judul": "Paspor {nama_singkat}",
            "pilihan": [
                {"id": "biaya", "label": "Biaya", "tanya": "biaya_paspor"},
                {"id": "lama", "label": "Lama", "tanya": "lama_proses"},
            ],
        },
        {"id": "status", "label": "Status", "tanya": "cek_status"},
    ],
}


def rows(menu: MenuTree) -> list[str]:
    found = []
    for option in menu.pilihan:
        found += [option.label, *(f"  {inside.label}" for inside in option.pilihan)]
    return found


def changed(**changes: object) -> MenuTree:
    return MenuTree.parse_obj({**BASE, **changes})


def test_an_office_that_writes_nothing_has_the_shared_rows() -> None:
    assert rows(changed()) == ["Paspor", "  Biaya", "  Lama", "Status"]


def test_a_row_is_reworded_where_it_stands() -> None:
    menu = changed(ubah={"paspor.lama": {"label": "Lama proses"}})

    assert rows(menu) == ["Paspor", "  Biaya", "  Lama proses", "Status"]
    assert menu.pilihan[0].pilihan[1].tanya == "lama_proses"


def test_a_row_is_left_out() -> None:
    assert rows(changed(tanpa=["paspor.biaya"])) == ["Paspor", "  Lama", "Status"]


def test_a_row_is_added_after_another_or_at_the_end() -> None:
    row = {"label": "Kontak", "tanya": "kontak"}
    menu = changed(
        tambah=[
            {"id": "kontak", "sesudah": "paspor", **row},
            {"id": "lagi", "di": "paspor", **row},
        ]
    )

    assert rows(menu) == ["Paspor", "  Biaya", "  Lama", "  Kontak", "Kontak", "Status"]


@pytest.mark.parametrize(
    "changes",
    [
        {"tanpa": ["kantor"]},
        {"ubah": {"paspor.syarat": {"label": "x"}}},
        {"tambah": [{"id": "x", "label": "x", "tanya": "kontak", "di": "kantor"}]},
        {"tambah": [{"id": "x", "label": "x", "tanya": "kontak", "sesudah": "kantor"}]},
        {"tambah": [{"id": "status", "label": "x", "tanya": "kontak"}]},
    ],
)
def test_a_row_that_does_not_exist_or_exists_twice_is_a_mistake(changes: object) -> None:
    with pytest.raises(ValidationError):
        changed(**changes)  # type: ignore[arg-type]


def test_titles_name_the_office() -> None:
    menu = changed().named("Imigrasi Uji")

    assert menu.judul == "Saya asisten *Imigrasi Uji*."
    assert menu.pilihan[0].judul == "Paspor Imigrasi Uji"
