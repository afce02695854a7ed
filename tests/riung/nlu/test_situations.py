"""Whoever is in a special situation is understood to be in it, however hurriedly they write."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riung.nlu.situations import AFTERWARDS, ENTITY, FILE, read_situations, shown_in, situations
from riung.yaml_files import YamlError, read_yaml
from tests.riung.nlu.conftest import Parse

WRITTEN = read_yaml(Path(__file__).with_name("situations.yml"))
SURE = 0.75
"""From this confidence on a form takes a message for a question (`actions/isian.py`)."""


def pairs(kind: str) -> list[tuple[str, str]]:
    return [(name, text) for name, texts in WRITTEN[kind].items() for text in texts]


def marked(understood: dict[str, Any], entity: str = ENTITY) -> list[str]:
    return [one["value"] for one in understood["entities"] if one["entity"] == entity]


@pytest.mark.parametrize(("name", "text"), pairs("alone"))
def test_a_situation_is_noticed_and_settles_what_is_meant(
    parse: Parse, name: str, text: str
) -> None:
    understood = parse(text)

    assert marked(understood) == [name]
    assert understood["intent"]["name"] in situations().by_name[name].intents
    assert SURE <= understood["intent"]["confidence"] <= 1


@pytest.mark.parametrize(("name", "text"), pairs("after"))
def test_some_show_only_after_another_question(parse: Parse, name: str, text: str) -> None:
    understood = parse(text)

    assert name in marked(understood, AFTERWARDS)
    assert marked(understood) == []


@pytest.mark.parametrize("text", WRITTEN["none"])
def test_an_ordinary_question_shows_none(parse: Parse, text: str) -> None:
    assert marked(parse(text)) == []


@pytest.mark.parametrize("text", ["1", "petugas", "1179000000001208 sudah bayar kok belum berubah"])
def test_what_is_certain_already_stays(parse: Parse, text: str) -> None:
    assert marked(parse(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "dari subuh antre sampai siang belum dipanggil juga, yang lewat calo bayar satu juta malah "
        "langsung masuk, petugasnya diam saja",
        "sudah bayar 350 ribu, ke kantor disuruh pulang karena kurang satu fotokopi, "
        "besoknya datang lagi dibentak petugas, kapok saya",
        "kuota penuh terus tiap hari, apa memang harus lewat calo yang minta 2 juta baru dapat "
        "tanggal, orang biasa kapan kebagian kuotanya",
    ],
)
def test_a_story_of_another_matter_only_tells_of_a_situation(parse: Parse, text: str) -> None:
    assert not {"agen_minta_uang", "harga_lama"} & {*marked(parse(text))}


@given(st.data())
def test_no_situation_is_missed_by_looking_only_where_a_word_of_it_stands(
    data: st.DataObject,
) -> None:
    conditions = [one for kind in situations().by_name.values() for one in kind.conditions]
    condition = data.draw(st.sampled_from(conditions))
    phrases = [data.draw(st.sampled_from(words)) for words in condition.all_of]
    ending = data.draw(st.sampled_from(["", "nya", "ku", "kah"]))
    line = " ".join(["min", *data.draw(st.permutations(phrases)), "ya"]) + ending

    every = {
        name: shown
        for name, one in situations().by_name.items()
        if (shown := [each for each in one.conditions if each.shows_in(line)])
    }

    assert dict(shown_in(line)) == every
    assert [*every] == [name for name, _ in shown_in(line)]


@pytest.mark.parametrize(
    "text",
    [
        "powerbank boleh masuk kabin pesawat?",
        "parkir mobil di mall berapa sejam",
        "lupa pin atm bank bisa lewat telepon?",
        "ijazah sma hilang bikin lagi di mana",
    ],
)
def test_a_few_words_of_another_authority_show_no_situation_of_ours(
    parse: Parse, text: str
) -> None:
    understood = parse(text)

    assert understood["intent"]["name"] == "di_luar_topik"
    assert not [name for name in marked(understood) if not name.startswith("lembaga_")]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("KTP Bekasi bikin di Batam boleh?", "beda_domisili"),
        ("ktp saya Tegal, urus di Bandung bisa tidak", "beda_domisili"),
        ("akta lahir tidak ada, boleh ganti buku nikah?", "syarat_paspor_baru"),
        ("anak umur 4 tahun bikin paspor wajib punya kia?", "syarat_paspor_anak"),
        ("salah pilih jenis paspor sudah transfer, uangnya bagaimana", "cara_bayar"),
    ],
)
def test_a_matter_of_ours_is_not_sent_away_or_turned_by_one_word(
    parse: Parse, text: str, meant: str
) -> None:
    assert parse(text)["intent"]["name"] == meant


def test_each_kind_is_tried_in_at_least_five_wordings() -> None:
    answers = {
        name for name, one in situations().by_name.items() if not one.response and not one.after
    }

    assert [name for name in answers if len(WRITTEN["alone"].get(name, ())) < 3] == []


def test_a_mistake_in_the_file_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "keadaan.yml"
    path.write_text(FILE.read_text("utf-8").replace("- semua:", "- semau:", 1), "utf-8")

    with pytest.raises(YamlError, match=r"keadaan\.yml:\d+: .*sema?u"):
        read_situations(path)
