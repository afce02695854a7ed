"""What a message means after what was said before (`aturan/lanjutan.yml`)."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from riung.dialogue.follow_up import complete, left_by
from riung.dialogue.follow_up_table import FILE, Ask, follow_ups, read_follow_ups
from riung.dialogue.message import Understood
from riung.dialogue.topic import CompletedQuestion, Topic
from riung.nlu.entities import find_entities
from riung.office.offices import offices
from riung.yaml_files import YamlError
from tests.edits import edit

FRIDAY = date(2026, 11, 20)
NOW = 1_795_143_000.0
PLACES = frozenset(name for office in offices().values() for name in office.sebutan)
NUMBER = "1179000000001208"


def said(text: str, intent: str = "nlu_fallback", confidence: float = 0.4) -> Understood:
    found = tuple(
        {"entity": one.name, "value": one.value, "start": one.start, "end": one.end}
        for one in find_entities(text, PLACES)
    )
    return Understood(text, intent, confidence, found, FRIDAY, NOW, NUMBER)


def after(intent: str, text: str) -> Topic | None:
    """The topic that a question of its own leaves behind."""
    return left_by(said(text, intent, 0.9), None)


def asked(text: str, before: Topic | None) -> tuple[str, dict[str, str]] | None:
    """Intent and entities of the completed question."""
    question = complete(said(text), before)
    return (question.ask.intent, dict(question.ask.entities)) if question else None


def question(text: str, before: Topic | None) -> CompletedQuestion:
    found = complete(said(text), before)
    assert found is not None, text
    return found


CHILD = after("syarat_paspor_anak", "syarat paspor anak")
LOST = after("syarat_paspor_hilang", "paspor saya hilang")
RENEWAL = after("cara_daftar", "mau perpanjang paspor")
FEES = after("biaya_paspor", "biaya paspor berapa")
QUOTA = after("cek_kuota", "kuota selasa depan")
SAME_DAY = after("paspor_percepatan", "layanan percepatan")
STATUS = after("cek_status", NUMBER)


def test_a_question_asked_in_the_citizens_place_has_its_entities_nowhere_in_the_text() -> None:
    place = ({"entity": "kantor", "value": "bandung"},)
    tapped = Understood("1", "jam_layanan", 1.0, place, FRIDAY, NOW, None)

    topic = left_by(tapped, None)

    assert topic
    assert (topic.aspect, topic.kantor) == ("jam", "bandung")


@pytest.mark.parametrize(
    "text",
    ["terus biayanya?", "biayanya brp min", "kalo harganya?", "kena berapa", "ongkosnya gmn"],
)
def test_a_price_is_that_of_the_topic(text: str) -> None:
    assert asked(text, LOST) == ("biaya_paspor", {"jenis_permohonan": "hilang"})
    assert question(text, CHILD).named == "anak"


@pytest.mark.parametrize("text", ["dendanya berapa", "kena denda berapa ya", "ada denda ga?"])
def test_a_fine_is_that_of_the_topic(text: str) -> None:
    assert asked(text, LOST) == ("biaya_paspor", {"jenis_permohonan": "hilang"})
    assert asked(text, RENEWAL) == ("rincian", {"topik": "tanpa_denda"})


@pytest.mark.parametrize("text", ["syaratnya?", "trs syaratnya apa aja", "dokumennya apa aja kak"])
def test_requirements_are_those_of_the_topic(text: str) -> None:
    assert asked(text, RENEWAL) == ("syarat_penggantian", {})
    assert asked(text, CHILD) == ("syarat_paspor_anak", {})


@pytest.mark.parametrize(
    "text", ["berlaku berapa lama", "masa berlakunya?", "berlakunya brp tahun"]
)
def test_the_validity_is_that_of_the_topic(text: str) -> None:
    assert asked(text, CHILD) == ("rincian", {"topik": "berlaku_anak"})


@pytest.mark.parametrize(
    "text", ["kalau anak?", "klo bayi gmn min", "yang anak-anak?", "how about a child"]
)
def test_another_subject_is_asked_the_same(text: str) -> None:
    assert asked(text, FEES) == ("rincian", {"topik": "biaya_anak"})
    assert question(text, FEES).named == "anak"
    assert asked(text, LOST) == ("syarat_paspor_anak", {})


@pytest.mark.parametrize("text", ["yang elektronik?", "kalau epaspor", "yg e-paspor brp"])
def test_another_kind_of_book_is_asked_the_same(text: str) -> None:
    assert asked(text, FEES) == ("biaya_paspor", {"jenis_paspor": "elektronik"})


@pytest.mark.parametrize("text", ["kalau di pemalang?", "di pemalang gmn", "klo yg pemalang ada?"])
def test_another_place_keeps_the_day(text: str) -> None:
    assert asked(text, QUOTA) == ("cek_kuota", {"kantor": "pemalang", "tanggal": "2026-11-24"})


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("kalau lusa?", "2026-11-22"),
        ("eh salah, maksudnya besok", "2026-11-21"),
        ("maksud saya 2 desember", "2026-12-02"),
        ("kalau selasa depannya lagi?", "2026-12-01"),
        ("selasa berikutnya?", "2026-12-01"),
        ("kalau kamis", "2026-11-26"),
    ],
)
def test_another_day_is_asked_the_same(text: str, day: str) -> None:
    assert asked(text, QUOTA) == ("cek_kuota", {"tanggal": day})


@pytest.mark.parametrize("text", ["jangan yang selasa", "selain selasa", "bukan selasa"])
def test_a_day_that_is_refused_is_dropped(text: str) -> None:
    assert asked(text, QUOTA) == ("cek_kuota", {})


@pytest.mark.parametrize(
    "text",
    ["bukan hilang, cuma rusak", "bukan yang hilang, yang rusak", "eh salah, maksudnya rusak"],
)
def test_a_correction_means_what_is_meant(text: str) -> None:
    assert asked(text, LOST) == ("syarat_paspor_rusak", {})


@pytest.mark.parametrize("text", ["bukan itu, yang anak", "bukan itu maksudnya untuk balita"])
def test_a_denial_leads_to_what_is_named_instead(text: str) -> None:
    expired = after("syarat_penggantian", "paspor saya habis")

    assert asked(text, expired) == ("syarat_paspor_anak", {})


@pytest.mark.parametrize("text", ["mengapa lama?", "kok lama bgt ya", "kenapa ditangguhkan?"])
def test_why_is_about_the_application_at_hand(text: str) -> None:
    assert asked(text, STATUS) == ("cek_status", {"nomor_permohonan": NUMBER, "topik": "mengapa"})


@pytest.mark.parametrize("text", ["kapan jadinya", "brp lama lagi"])
def test_when_is_about_the_application_at_hand(text: str) -> None:
    assert asked(text, STATUS) == ("cek_status", {"nomor_permohonan": NUMBER, "topik": "kapan"})


@pytest.mark.parametrize("text", ["kapan bisa diambil?", "ngambilnya kapan"])
def test_collecting_is_about_the_application_at_hand(text: str) -> None:
    assert asked(text, STATUS) == ("cek_status", {"nomor_permohonan": NUMBER, "topik": "ambil"})


@pytest.mark.parametrize("text", ["jam berapa paling lambat", "sampai jam berapa?"])
def test_the_latest_hour_is_that_of_the_service(text: str) -> None:
    assert asked(text, SAME_DAY) == ("rincian", {"topik": "jam_percepatan"})


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("biaya paspor berapa", "biaya_paspor"),
        ("syarat bikin paspor apa aja", "syarat_paspor_baru"),
        ("alamat kantor imigrasi bandung dimana", "lokasi_kantor"),
        ("saya mau lapor pungli", "pengaduan"),
        ("halo", "salam"),
        ("paspor saya rusak kena hujan kemarin", "syarat_paspor_rusak"),
        ("bagaimana cara bikin sim", "di_luar_topik"),
    ],
)
def test_what_stands_alone_is_not_bent(text: str, intent: str) -> None:
    assert complete(said(text, intent, 0.9), LOST) is None


def test_without_a_topic_nothing_is_guessed() -> None:
    assert asked("kalau lusa?", None) is None
    assert complete(said("biayanya?", "biaya_paspor", 0.9), None) is None


@pytest.mark.parametrize(
    "text", ["ok makasih infonya, mau tanya lagi biaya berapa", "sip makasih, biayanya brp ya"]
)
def test_a_question_beside_thanks_is_answered(text: str) -> None:
    thanks = complete(said(text, "terima_kasih", 0.9), None)
    assert thanks
    assert thanks.ask.intent == "biaya_paspor"


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        (
            "syarat anak, biaya, sama berapa lama",
            ["syarat_paspor_anak", "rincian_biaya_anak", "lama_proses"],
        ),
        ("jam buka sama alamatnya", ["jam_layanan", "lokasi_kantor"]),
        (
            "1. syarat anak 2. biaya 3. berapa lama",
            ["syarat_paspor_anak", "rincian_biaya_anak", "lama_proses"],
        ),
        ("ilang kena berapa terus bisa diwakilin", ["biaya_paspor", "rincian_wakil"]),
        ("cara daftar dan biayanya", ["cara_daftar", "biaya_paspor"]),
    ],
)
def test_all_questions_of_a_message_are_asked(text: str, intents: list[str]) -> None:
    several = question(text, None)

    assert [several.ask.intent, *several.further] == intents


def test_a_topic_is_forgotten_with_the_clock() -> None:
    assert CHILD is not None
    stored, minutes = CHILD.as_slot(), follow_ups().minutes

    assert Topic.of(stored, NOW + minutes * 60) == CHILD
    assert Topic.of(stored, NOW + minutes * 60 + 1) is None


def test_an_office_question_between_keeps_the_subject_and_another_application_does_not() -> None:
    kept = left_by(said("jam buka kantor", "jam_layanan", 0.9), CHILD)
    assert kept
    assert kept.subject == "anak"

    other = left_by(said("biaya paspor berapa", "biaya_paspor", 0.9), CHILD)
    assert other
    assert other.subject is None


def test_what_has_an_answer_of_its_own_is_left_alone() -> None:
    words = said("terus biayanya?")
    situation = {"entity": "keadaan", "value": "bencana", "start": 0, "end": 3}

    marked = Understood(words.text, words.intent, 0.9, (situation,), FRIDAY, NOW)

    assert complete(marked, LOST) is None
    assert complete(Understood("biayanya?", "biaya_paspor", 1.0, (), FRIDAY, NOW), LOST) is None


def test_every_subject_has_an_answer_for_its_own_aspect() -> None:
    for name, subject in follow_ups().subjects.items():
        assert subject.asks, name


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("umum: /biaya_paspor\n", "umum: biaya_paspor\n", "harus berbentuk /nama_intent"),
        ("    umum: [ambil, tempat]", "    umum: [ambl, tempat]", "'ambl' tidak ada"),
        ("menit: 30", "menit: 0", "paling kecil 1"),
        ("isi: [kantor, tanggal]", "isi: [kantor, hari]", "'hari' tidak dikenal"),
    ],
)
def test_a_slip_in_the_table_is_told(tmp_path: Path, old: str, new: str, words: str) -> None:
    broken = Path(shutil.copy(FILE, tmp_path))
    edit(broken, old, new)

    with pytest.raises(YamlError, match=words):
        read_follow_ups(broken)


def test_a_command_is_read_as_a_button_is() -> None:
    assert Ask.of('/biaya_paspor{"jenis_permohonan": "hilang"}').entities == {
        "jenis_permohonan": "hilang"
    }


@pytest.mark.parametrize("text", ["lah kok lama bener dah", "ngantri berapa jam sih itu"])
def test_a_few_words_that_the_table_lacks_are_asked_of_the_topic(text: str) -> None:
    meant = complete(said(text, "lama_proses", 0.9), LOST)

    assert meant is not None
    assert meant.ask.entities == {"topik": "lama_bap"}
    assert meant.named == "hilang"


@pytest.mark.parametrize(
    ("text", "intent", "confidence"),
    [
        ("bikin paspor berapa abad jadinya", "lama_proses", 0.9),
        ("anak tetangga berapa abad", "lama_proses", 0.9),
        ("berapa abad nunggunya", "lama_proses", 0.6),
        ("dicopet orang di angkot", "syarat_paspor_hilang", 0.9),
        ("gmana parkirnya luas", "lokasi_kantor", 0.9),
        ("kemarin saya sudah nunggu sampai sore terus disuruh pulang", "lama_proses", 0.9),
    ],
)
def test_other_words_stand_alone(text: str, intent: str, confidence: float) -> None:
    assert complete(said(text, intent, confidence), CHILD) is None


def test_a_number_alone_is_a_day_of_the_month_talked_about() -> None:
    december = after("cek_kuota", "kuota desember")
    assert asked("tgl 29 buka?", december) == ("jam_layanan", {"tanggal": "2026-12-29"})


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("ambil nomor antrean", "daftar_antrean"),
        ("cara ambil nomor antrian", "cara_daftar"),
        ("saya mau ambil antrean buat besok", "daftar_antrean"),
        ("epaspor pekalongan", "jenis_paspor"),
        ("kantor pemalang udah bisa polikarbonat belum", "jenis_paspor"),
        ("telat bayar", "cara_bayar"),
        ("udah bayar tapi ga bisa dateng", "ubah_jadwal"),
        ("kenapa paspor saya lama", "cek_status"),
        ("kuota internet habis cara beli", "di_luar_topik"),
    ],
)
def test_a_first_message_that_was_surely_understood_stands_alone(text: str, intent: str) -> None:
    assert complete(said(text, intent, 0.97), None) is None


@pytest.mark.parametrize("text", ["wilujeng enjing", "selamat hari minggu", "met lebaran pak"])
@pytest.mark.parametrize("before", [None, Topic(aspect="kuota", tanggal="2026-11-24", at=NOW)])
def test_a_greeting_asks_of_no_day(text: str, before: Topic | None) -> None:
    assert complete(said(text, "salam", 0.98), before) is None


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("satpamnya bentak-bentak orang tua", "pengaduan"),
        ("orang tua saya ODGJ ga bisa dibawa ke kantor", "layanan_darurat"),
        ("bahasa aplikasinya inggris, cara gantinya?", "kendala_mpaspor"),
        ("rumahnya jauh bgt, minta dikirim pos aja caranya?", "kirim_paspor"),
    ],
)
def test_what_was_surely_understood_is_not_bent_by_the_topic(text: str, intent: str) -> None:
    price_of_a_lost_one = Topic(subject="hilang", aspect="biaya", at=NOW)

    assert complete(said(text, intent, 0.97), price_of_a_lost_one) is None


@pytest.mark.parametrize("text", ["pengambilan paspor", "ambil paspor bawa apa aja"])
def test_who_collects_the_passport_takes_no_place(text: str) -> None:
    places_left = Topic(aspect="kuota", tanggal="2026-11-24", at=NOW)
    question = complete(said(text, "ambil_paspor", 0.98), places_left)

    assert question is None or question.ask.intent != "daftar_antrean"


def test_a_kind_is_not_asked_of_places_left() -> None:
    places_left = Topic(aspect="kuota", tanggal="2026-11-24", at=NOW)

    assert (
        complete(said("di batang bisa polikarbonat ga", "jenis_paspor", 0.97), places_left) is None
    )
