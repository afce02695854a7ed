from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riung.nlu import entities
from riung.nlu.entities import find_entities
from riung.nlu.vocabulary import Kinds


def found(text: str, **options: frozenset[str]) -> list[tuple[str, str]]:
    return [(e.name, text[e.start : e.end]) for e in find_entities(text, **options)]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("kantor imigrasi Bandung di mana", "Bandung"),
        ("kanim jaksel buka?", "jaksel"),
        ("kuota MPP Batang", "MPP Batang"),
        ("ktp saya padang", "padang"),
        ("pangkal pinang", "pangkal pinang"),
    ],
)
def test_places_are_found(text: str, place: str) -> None:
    assert found(text) == [("kantor", place)]


@pytest.mark.parametrize("text", ["jl. bandung raya 5", "nasib malang", "batu bata", "bandungan"])
def test_streets_and_common_words_are_no_places(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ["prioritas utama", "yang utama pelayanannya", "utama banget"])
def test_a_name_that_is_a_common_word_needs_its_office(text: str) -> None:
    assert found(text, places=frozenset({"utama"})) == []
    assert found("buka di kantor utama?", places=frozenset({"utama"})) == [("kantor", "utama")]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("bukan senin tapi selasa", [("tanggal", "selasa")]),
        ("bukan di bandung, di cimahi", [("kantor", "cimahi")]),
        ("bukan paspor biasa, yang elektronik", [("jenis_paspor", "elektronik")]),
        ("paspornya bukan hilang tapi rusak", [("jenis_permohonan", "rusak")]),
        ("not on monday, on tuesday", [("tanggal", "tuesday")]),
    ],
)
def test_what_is_denied_is_not_meant(text: str, meant: list[tuple[str, str]]) -> None:
    assert found(text) == meant


@pytest.mark.parametrize(
    "text", ["daftar secara elektronik", "visa elektronik", "tanda tangan elektronik"]
)
def test_other_things_are_electronic_too(text: str) -> None:
    assert found(text) == []


def test_names_of_offices_are_added() -> None:
    assert found("antre di ukk kajen kidul", places=frozenset({"ukk kajen kidul"})) == [
        ("kantor", "ukk kajen kidul")
    ]


@pytest.mark.parametrize("name", ["layanan paspor (mall)", "u.l.p.", "ulp suci/2"])
def test_names_of_offices_may_end_in_a_mark(name: str) -> None:
    assert found(f"antre di {name} ya", places=frozenset({name})) == [("kantor", name)]


def test_kinds_may_be_written_with_a_mark_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    words = {"percepatan": ["cepat (1 hari)"]}
    monkeypatch.setattr(Kinds, "groups", lambda _, key: words if key == "jenis_permohonan" else {})
    entities._kind_patterns.cache_clear()
    try:
        assert ("jenis_permohonan", "cepat (1 hari)") in found("mau yang cepat (1 hari) dong")
    finally:
        entities._kind_patterns.cache_clear()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("mau bikin epaspor", "elektronik"),
        ("harga e-pas berapa", "elektronik"),
        ("e passport", "elektronik"),
        ("paspor elektronik", "elektronik"),
        ("paspor biasa saja", "biasa"),
        ("yang non elektronik", "biasa"),
        ("policarbonat", "polikarbonat"),
    ],
)
def test_kinds_of_passport_get_their_standard_name(text: str, value: str) -> None:
    (entity,) = find_entities(text)

    assert (entity.name, entity.value) == ("jenis_paspor", value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("mau perpanjang", "penggantian"),
        ("ganti paspor lama", "penggantian"),
        ("paspor saya hilang", "hilang"),
        ("denda paspor rusak", "rusak"),
        ("paspor baru", "baru"),
        ("mau yang sehari jadi", "percepatan"),
    ],
)
def test_kinds_of_application_get_their_standard_name(text: str, value: str) -> None:
    (entity,) = find_entities(text)

    assert (entity.name, entity.value) == ("jenis_permohonan", value)


@pytest.mark.parametrize(
    "text",
    [
        "data saya hilang",
        "uang saya hilang",
        "perpanjang kitas",
        "baru download aplikasi",
        "biasanya berapa",
        "hp rusak",
    ],
)
def test_other_things_that_are_lost_new_or_extended_are_left_out(text: str) -> None:
    assert found(text) == []


@given(st.text(max_size=300))
def test_entities_never_overlap_and_lie_inside_the_text(text: str) -> None:
    entities = find_entities(text)

    assert all(0 <= e.start < e.end <= len(text) for e in entities)
    assert all(a.end <= b.start for a, b in pairwise(entities))
