"""Narrow questions are answered by their one fact, or honestly; then the talk goes on as it was."""

from __future__ import annotations

import pytest

from tests.talks.talk import Talk


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("harus nempel materai berapa ya", "Rp10.000"),
        ("perlu surat pengantar kelurahan?", "tidak ada dalam daftar"),
        ("ktp saya belum jadi bisa bikin paspor?", "e-KTP diperlukan"),
        ("bayarnya boleh tunai?", "Tidak dibayar tunai"),
        ("kepilih kantor jakarta padahal udah bayar", "Jangan bayar lagi"),
        ("paspor sisa 3 bulan mau umroh", "6 bulan"),
        ("kerudung boleh ga pas difoto", "Hijab boleh"),
        ("istri boleh nemenin ke dalam?", "Boleh diantar"),
        ("parkiran mobilnya ada?", "belum kami pastikan"),
        ("dari terminal naik angkot apa", "belum kami pastikan"),
        ("paspor mati 3 tahun kena denda ga", "Tidak ada denda"),
        ("emang kena denda ya", "hanya untuk paspor *hilang*"),
        ("lewat calo bisa lebih cepet ya", "Jangan bayar ke agen atau calo"),
        ("paspor saya ditahan, ga mau dibalikin", "tidak boleh ditahan"),
        ("bapaknya lagi di penjara", "surat kuasa"),
        ("kami nikah siri, anak bisa punya paspor?", "Buku nikah"),
        ("pas wawancara ditanya apa aja", "tujuan, negara"),
        ("ada diskon buat mahasiswa?", "tidak ada"),
        ("jari saya diperban, sidik jari gimana", "belum kami pastikan"),
        ("pengen ganti ke epaspor padahal blm abis", "e-KTP dan paspor lama"),
        ("my tourist visa is about to finish", "evisa.imigrasi.go.id"),
        ("can i work with my kitas", "not confirmed"),
        ("lost my passport, i am dutch", "own embassy"),
        ("my visa expired last week", "nearest immigration office at once"),
        ("i am indonesian, how to renew my passport", "old passport"),
    ],
)
async def test_the_first_line_is_answered_to_the_point(
    citizen: Talk, text: str, answered: str
) -> None:
    assert answered in await citizen.say(text)


@pytest.mark.parametrize(
    ("texts", "answered"),
    [
        (("syarat paspor anak", "suratnya pake materai?", "biayanya?"), "paspor anak"),
        (("agen saya menahan paspor", "terus gimana"), "Melapor paspor yang ditahan"),
        (("agen saya menahan paspor", "lapor kemana"), "lapor.go.id"),
        (("saya udah bayar calo 3 juta", "uangnya bisa balik?"), "tidak masuk ke imigrasi"),
        (("i overstayed 5 days", "can i extend instead?"), "Not instead"),
        (("i overstayed 5 days", "i cannot pay"), "deported"),
        (("my kitas is about to end", "what if i'm late 3 days"), "*Rp3.000.000*"),
        (("paspor anak saya mati", "umurnya udah 18"), "e-KTP dan paspor lama"),
        (("syarat paspor baru", "anaknya baru 5 tahun"), "Akta kelahiran anak"),
        (("renew my passport", "and for me, im french"), "own embassy"),
        (("soal foto paspor dong", "kacamata?"), "Dilepas"),
        (("paspor saya hilang", "di polsek mana lapornya?"), "kantor polisi terdekat"),
        (("paspor saya kecoret dikit", "cuma sedikit kok"), "Petugas yang menilai"),
        (("ditawarin jadi sehari 2 juta", "itu resmi ga?"), "tanpa calo"),
        (("paspor saya udah jadi belum", "nomornya ga tau"), "bukti pengantar"),
        (("nama di ktp sama akta beda", "benerinnya kemana?"), "Dukcapil"),
        (("permohonan paspor saya ditolak", "uang saya hilang dong"), "tidak dapat dikembalikan"),
    ],
)
async def test_what_follows_is_about_the_same(
    citizen: Talk, texts: tuple[str, ...], answered: str
) -> None:
    assert answered in await citizen.say(*texts)


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("bukan perpanjang, bikin baru", "paspor baru dewasa"),
        ("bukan buat umroh, buat jalan-jalan", "paspor baru dewasa"),
        ("bukan hilang, cuma robek", "Paspor rusak"),
        ("umur saya 17", "paspor baru dewasa"),
        ("anaknya umur 3 tahun", "Akta kelahiran anak"),
    ],
)
async def test_what_is_denied_is_not_answered_even_in_a_first_line(
    citizen: Talk, text: str, answered: str
) -> None:
    assert answered in await citizen.say(text)


@pytest.mark.parametrize("text", ["jadwal mpp batang", "mpp batang bukanya kapan", "jadwal batang"])
async def test_a_word_and_a_place_are_a_question(applicant: Talk, text: str) -> None:
    assert "hanya hari Selasa" in await applicant.say(text)


async def test_the_hours_of_an_office_that_is_not_ours_are_not_ours(applicant: Talk) -> None:
    answer = await applicant.say("jadwal mpp batang", "kalau tegal?")

    assert "belum kami pastikan" in answer
    assert "08.00" not in answer


async def test_a_price_for_grown_ups_and_a_child_counts_them_all(citizen: Talk) -> None:
    assert "Rp1.950.000" in await citizen.say("biaya 2 dewasa 1 anak")


async def test_a_sum_is_worked_out_anew_when_one_passport_is_lost(citizen: Talk) -> None:
    answer = await citizen.say("biaya 2 orang dewasa berapa", "kalau 1 paspornya hilang?")

    assert "1 denda hilang" in answer
    assert "Rp2.300.000" in answer


@pytest.mark.parametrize(
    "text", ["udah foto senin kapan bisa ambil", "habis foto senin jadinya kapan"]
)
async def test_the_days_count_from_the_photo_that_is_over(citizen: Talk, text: str) -> None:
    assert "Jumat 20 November 2026" in await citizen.say(text)


async def test_who_answers_is_said_once_where_an_answer_has_two_parts(applicant: Talk) -> None:
    answer = await applicant.say("jadwal besok ga bisa dateng")

    assert answer.count("mesin, bukan orang") == 1
