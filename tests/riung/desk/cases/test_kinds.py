"""The steps of a service as its own papers have them."""

from __future__ import annotations

from pathlib import Path

import pytest

from riung.desk.cases.kinds import kinds, read_kinds, read_words, words
from riung.office.facts import facts
from riung.yaml_files import YamlError

MICIN = kinds()["micin"]


def test_micin_has_the_papers_eleven_steps_and_their_minutes() -> None:
    told = facts()["micin_sop"].value
    minutes = {step.number: step.minutes for step in MICIN.steps.values() if step.minutes}

    assert {step.number for step in MICIN.steps.values()} - {None} == {
        *range(1, told["langkah"] + 1)
    }
    assert sum(minutes.values()) == told["menit_langkah_1_sampai_10"]
    assert sum(minutes.values()) - minutes[3] == told["menit_tanpa_langkah_3"]
    assert MICIN.steps["printing"].working_days == facts()["micin_ambil"].value["hari_kerja"]


def test_micins_team_and_equipment_are_the_papers() -> None:
    assert len(MICIN.roles) == facts()["micin_petugas"].value["jumlah"]
    assert [*MICIN.equipment] == facts()["micin_perlengkapan"].value
    assert {*words()["micin"].groups} == {*facts()["micin_siapa"].value["sasaran"]}


@pytest.mark.parametrize(
    ("passed", "next_one", "refused"),
    [
        (["received"], "checked", "received"),
        (["received", "checked"], "entered", "received"),
        (["received", "checked", "returned"], "checked", "received"),
        (["received", "interview", "further_examination"], "interview", "checked"),
    ],
)
def test_the_next_step_comes_first_and_nothing_goes_back(
    passed: list[str], next_one: str, refused: str
) -> None:
    follows = MICIN.follows(passed)

    assert follows[0] == next_one
    assert refused not in follows


def test_nothing_follows_the_end() -> None:
    for kind in kinds().values():
        assert kind.follows([kind.order[0], kind.order[-1]]) == []
        assert kind.follows([kind.order[0], "cancelled"]) == []


def test_a_citizen_may_give_up_until_officers_have_left() -> None:
    assert MICIN.may_be_cancelled("equipment")
    assert MICIN.may_be_cancelled("returned")
    assert not MICIN.may_be_cancelled("on_the_way")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("modul: kunjungan_rumah", "modul: kunjungan", "barangkali maksudnya 'kunjungan_rumah'"),
        ("batal_sampai: equipment", "batal_sampai: peralatan", "batal_sampai"),
        ("setelah: [interview, verification]", "setelah: [interview, verifikasi]", "verifikasi"),
    ],
)
def test_a_mistake_in_the_rules_is_told(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = tmp_path / "langkah.yml"
    text = Path("aturan/langkah.yml").read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")

    with pytest.raises(YamlError, match=said):
        read_kinds(path)


def test_a_step_without_words_is_told(tmp_path: Path) -> None:
    path = tmp_path / "langkah_layanan.yml"
    text = Path("kalimat/langkah_layanan.yml").read_text("utf-8")
    path.write_text(text.replace("    on_the_way:\n", "    on_way:\n"), "utf-8")

    with pytest.raises(YamlError, match="'on_the_way' belum ditulis"):
        read_words(path)
