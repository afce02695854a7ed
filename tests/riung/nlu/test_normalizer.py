import pytest
from hypothesis import given
from hypothesis import strategies as st

from riung.nlu.lexicon import lexicon
from riung.nlu.normalizer import Normalizer
from riung.nlu.vocabulary import Protected, vocabulary
from tests.cases import over

KNOWN = ["persyaratan", "pembayaran", "biometrik", "ditangguhkan", "kirimi", "jahit"]
normalizer = Normalizer(known=KNOWN)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("mw tnya syarat bkin pasport", "mau tanya syarat bikin paspor"),
        ("datangnya ditanggal 5", "datang di tanggal 5"),
        ("haloooo", "halo"),
        ("jumaaaat", "jumat"),
        ("maaaf yaaa", "maaf ya"),
        ("paspor2", "paspor"),
        ("anak-anak", "anak"),
        ("ujung²", "ujung"),
        ("gabisa", "tidak bisa"),
        ("syaratnya", "syarat"),
        ("EPASPOR", "e-paspor"),
        ("persyartan", "persyaratan"),
        ("pembayarn", "pembayaran"),
        ("kumaha carana", "bagaimana cara"),
        ("pripun", "bagaimana"),
        ("biayane pinten", "biaya berapa"),
        ("syaratipun nopo mawon", "syarat apa saja"),
        ("surat BP2MI", "surat bp2mi"),
        ("brapo hargonyo samo cakmano daftarnyo", "berapa hargonyo sama bagaimana daftar"),
        ("belumpi jadi, sudahmi bayar", "belum jadi sudah bayar"),
        ("aplikasinyaaa burikk", "aplikasi burik"),
        ("guru ngaji di alun-alun", "guru ngaji di alun"),
        ("daptarkeun abdi, geus asup teu acan", "daftar saya sudah masuk tidak belum"),
        ("nak hantar pasport", "nak antar paspor"),
        ("knp ditangguhin", "kenapa ditangguhkan"),
        ("kirimin dong, jahitin", "kirimi dong jahit"),
        ("yakin, kemarin bensin habis", "yakin kemarin bensin habis"),
    ],
)
def test_chat_spelling_becomes_standard(written: str, meant: str) -> None:
    assert normalizer.line(written) == meant


OF_THE_TASK = (
    "kk ktp va bca m-paspor e-paspor th tgl pmi kitas jan feb mar apr mei jun jul agt sep okt"
)
"""Words that general slang packages rewrite and that must stay."""


@over("word", sorted(lexicon().protected))
def test_protected_words_stay(word: str) -> None:
    assert normalizer.line(word) == word
    assert normalizer.line(f"syarat {word}") == f"syarat {word}"
    assert normalizer.line(word.upper()) == word


def test_the_traps_of_general_slang_packages_are_protected() -> None:
    traps = "kk ktp va bca m-paspor e-paspor th tgl pmi kitas sen sel rab kam jum sab min"
    months = "jan feb mar apr mei jun jul agt sep okt nov des"
    assert {*traps.split(), *months.split()} <= lexicon().protected


def test_the_lexicon_has_the_breadth_of_the_domain() -> None:
    shorthand = lexicon().shorthand
    assert len(shorthand) >= 400
    assert not [word for word in shorthand if any(sign.isdigit() for sign in word[:-1])]
    assert not lexicon().protected & set(shorthand)


@pytest.mark.parametrize("name", ["batam", "sleman", "kupang", "bontang", "Serang"])
def test_names_of_places_are_neither_repaired_nor_the_aim_of_a_repair(name: str) -> None:
    assert normalizer.line(name) == name.casefold()


@pytest.mark.parametrize(
    "word",
    [
        *["kurang", "bintang", "sedang", "tanpa", "ramah", "malah", "telah", "batas", "titik"],
        *["indak", "trada", "batal", "alamak"],
    ],
)
def test_common_words_are_not_mistaken_for_others(word: str) -> None:
    assert normalizer.line(word) == word


@pytest.mark.parametrize(
    "token", ["1179000000001234", "02/12/2026", "650.000", "08.00", "2", "350"]
)
def test_tokens_with_digits_stay(token: str) -> None:
    assert normalizer.line(f"bayar {token} ya") == f"bayar {token} ya"


def test_spans_lead_to_the_words_as_written() -> None:
    text = "Min, MW  pasport2 yg   haloooo?"

    written = [text[word.start : word.end] for word in normalizer.words(text)]

    assert written == ["Min", "MW", "pasport2", "yg", "haloooo", "?"]


@given(st.text(max_size=200))
def test_any_text_gives_words_with_spans_in_order(text: str) -> None:
    words = normalizer.words(text)

    assert all(0 <= word.start < word.end <= len(text) for word in words)
    assert [word.start for word in words] == sorted(word.start for word in words)
    assert all(word.text == word.text.casefold() and word.text for word in words)


@given(st.from_regex(r"[0-9]{1,40}", fullmatch=True))
def test_digits_are_never_touched(digits: str) -> None:
    assert normalizer.line(digits) == digits


def test_the_lexicon_has_what_the_domain_needs() -> None:
    assert len(lexicon().shorthand) >= 400
    assert not set(lexicon().shorthand) & {"kk", "va", "th", "tgl", "min", "des"}


def test_no_shorthand_is_written_out_as_another_shorthand() -> None:
    written_out = {word for full in lexicon().shorthand.values() for word in full.split()}
    changed = {word for word in written_out if lexicon().shorthand.get(word, word) != word}

    assert not changed, "these right-hand sides are changed again: mend kamus/singkatan.yml"


def test_protected_words_are_no_shorthand() -> None:
    protected = {word for words in vocabulary(Protected).__root__.values() for word in words}
    shadowed = {word for word in protected if lexicon().shorthand.get(word, word) != word}

    assert not shadowed, "protected words win: take them out of kamus/singkatan.yml"


@pytest.mark.parametrize(
    "word",
    [
        *["dipersusah", "penolakan", "peningkatan", "kesabaran", "diterbitkan", "kehabisan"],
        *["percaloan", "melarang", "memastikan", "pemerasan", "haram", "bahaya", "crash"],
    ],
)
def test_a_word_made_from_a_known_root_is_not_taken_for_a_frequent_one(word: str) -> None:
    assert normalizer.line(word) == word


def test_a_rare_word_is_no_aim_of_a_repair() -> None:
    assert lexicon().rare
    assert normalizer.line("hamtan") == "hamtan"  # not "hantam"
