"""A claim in the words of the answer just given, a verdict that is asked, and asides."""

from __future__ import annotations

import pytest

from tests.actions.makers import nik
from tests.running_backend import Backend
from tests.talks.talk import Talk

BOOKING = ("daftar antrean mpp batang", "baru", "selasa", "Sri Wahyuni")


@pytest.fixture
async def cancelled(applicant: Talk) -> Talk:
    """Somebody who has just given a booked place back."""
    answer = await applicant.say(*BOOKING, nik(840), "iya", "batalin antrean saya", "iya")
    assert "*sudah dibatalkan*" in answer
    return applicant


@pytest.mark.parametrize(
    "asked", ["beneran dibatalin?", "udah batal kan?", "kebatal ga?", "udh batal ya?"]
)
async def test_what_was_just_done_is_said_again(cancelled: Talk, asked: str) -> None:
    answer = await cancelled.say(asked)

    assert "*sudah dibatalkan*" in answer
    assert "Belum ada antrean" not in answer


@pytest.mark.parametrize("wished", ["daftar antrean ya", "petugas ya", "batal ya"])
async def test_a_wish_is_no_claim(cancelled: Talk, wished: str) -> None:
    assert "sudah dibatalkan" not in await cancelled.say(wished)


@pytest.mark.parametrize(
    ("said", "then", "answered"),
    [
        ("paspor saya rusak sobek", "harus bap ya", "*Ya.* Untuk *paspor rusak*"),
        ("paspor kerendem banjir", "hrs bap ga", "*Ya.* Untuk *paspor rusak atau hilang karena"),
        ("mau ganti nama di paspor", "pake bap ya?", "*Ya.* Untuk *ubah data paspor*"),
        ("mau ngambil paspor", "bawa bukti bayar ya", "Sendiri: bukti bayar dan identitas asli."),
        ("syarat ganti paspor", "ktp doang kan", "*Ya.* Untuk *ganti paspor"),
        ("syarat ganti paspor", "kk ga usah ya", "*Kartu Keluarga* tidak ada di daftar"),
        ("syarat ganti paspor", "berarti akte ga perlu?", "*akta kelahiran* tidak ada di daftar"),
        ("syarat paspor baru", "ktp doang cukup?", "*Tidak.*"),
    ],
)
async def test_a_claim_is_about_what_was_talked_about(
    citizen: Talk, said: str, then: str, answered: str
) -> None:
    assert answered in await citizen.say(said, then)


@pytest.mark.parametrize(
    ("said", "then", "answered"),
    [
        ("paspor saya rusak", "cepet ga", "*Lebih dari 4 hari kerja*"),
        ("syarat paspor baru", "cepet ga min", "*4 hari kerja*"),
        ("syarat paspor anak", "prosesnya cepet ga?", "*4 hari kerja*"),
        ("mau ganti nama di paspor", "ribet ga", "*Rincian ubah data paspor*"),
        ("syarat paspor baru", "susah ga", "M-Paspor"),
    ],
)
async def test_how_good_it_is_may_be_asked(
    citizen: Talk, said: str, then: str, answered: str
) -> None:
    answer = await citizen.say(said, then)

    assert answered in answer
    assert "penilaian" not in answer


@pytest.mark.parametrize("praise", ["pelayanannya cepet banget", "ribet banget pelayanannya"])
async def test_a_verdict_stays_one(citizen: Talk, praise: str) -> None:
    answer = await citizen.say("syarat paspor baru", praise)

    assert "4 hari kerja" not in answer
    assert "Langkah" not in answer


@pytest.mark.parametrize(
    "aside", ["dia lagi di kampung", "orangnya masih sekolah", "soalnya saya lagi sakit gigi"]
)
async def test_an_aside_is_heard(citizen: Talk, aside: str) -> None:
    answer = await citizen.say("mau bikin paspor anak", aside)

    assert "Masih tentang *paspor anak*" in answer
    assert "belum bisa membantu" not in answer


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("anak saya paspornya abis", "umur 6 th"),
        ("bapak saya stroke ga bisa jalan, mau bikin paspor buat berobat", "umurnya 71"),
        ("syarat paspor anak", "dia umur 9 tahun"),
    ],
)
async def test_an_age_that_changes_nothing_is_heard(applicant: Talk, said: str, told: str) -> None:
    answer = await applicant.say(said, told)

    assert "Baik, saya mengerti. Masih tentang" in answer
    assert answer.count("Masih tentang") == 1


@pytest.mark.parametrize(
    ("told", "answered"), [("umur 18 th", "paspor baru dewasa"), ("kalo umur 6 th gmn?", "anak")]
)
async def test_an_age_that_changes_it_or_is_asked_is_answered(
    citizen: Talk, told: str, answered: str
) -> None:
    answer = await citizen.say("anak saya mau bikin paspor", told)

    assert answered in answer
    assert "Masih tentang" not in answer


@pytest.mark.parametrize("other", ["saya suka bakso", "ganteng banget dia", "resep rendang dong"])
async def test_other_matters_stay_outside(citizen: Talk, other: str) -> None:
    assert "Masih tentang" not in await citizen.say("mau bikin paspor anak", other)


@pytest.mark.parametrize("angry", ["sebel banget dah", "jengkel aku", "emosi gue"])
async def test_anger_is_heard(citizen: Talk, angry: str) -> None:
    answer = await citizen.say("mpaspor ga bisa login", angry)

    assert "petugas" in answer
    assert "belum bisa membantu" not in answer


@pytest.mark.parametrize("whom", ["ibu saya 65 th", "kalo bapak saya 70 tahun", "usianya 62"])
async def test_the_old_need_no_registration(applicant: Talk, whom: str) -> None:
    assert "prioritas" in await applicant.say("bisa lgsg dateng tanpa daftar?", whom)


@pytest.mark.parametrize("whom", ["ibu saya 45 th", "anak saya 6 th", "masa berlakunya 10 tahun"])
async def test_others_register_as_before(applicant: Talk, whom: str) -> None:
    answer = await applicant.say("cara daftar paspor", whom)
    assert "Pemohon prioritas umumnya" not in answer


@pytest.mark.parametrize(
    ("person", "whom"),
    [(841, "trs yg suami gmn"), (842, "adek saya gmn"), (843, "kalo istri saya?")],
)
async def test_somebody_else_after_a_booking_is_registered_apart(
    applicant: Talk, person: int, whom: str
) -> None:
    answer = await applicant.say(*BOOKING, nik(person), "iya", whom)

    assert "daftarkan dari nomor WhatsApp orangnya sendiri" in answer


@pytest.mark.parametrize(
    ("asked", "stage"),
    [
        ("yg istri udah jadi?", "Siap diambil"),
        ("yang kedua gimana?", "Siap diambil"),
        ("1216 itu artinya?", "Siap diambil"),
        ("yg pertama kapan jadi", "Pencetakan"),
        ("2", "Siap diambil"),
    ],
)
async def test_one_of_several_applications_is_meant(
    citizen: Talk, backend: Backend, asked: str, stage: str
) -> None:
    backend.application("1179000000001208", "printing")
    backend.application("1179000000001216", "ready_for_pickup")
    both = "status 1179 0000 0000 1208 sama punya istri 1179 0000 0000 1216"

    answer = await citizen.say(both, asked)

    assert stage in answer
    assert "Ada 2 nomor" not in answer


@pytest.mark.parametrize(
    ("said", "then", "answered"),
    [
        ("cara bayar paspor", "aman ga?", "*Aman bila yang dibayar kode billing*"),
        ("bayar pake dana bisa?", "amankah", "*Aman bila yang dibayar kode billing*"),
        (
            "udah bayar mpaspor tp statusnya blm berubah",
            "udah bayar trs ngapain",
            "*Tinggal datang",
        ),
        ("udah bayar mpaspor tp statusnya blm berubah", "klo telat dateng gmn", "*Hubungi petugas"),
        ("mau ngambil paspor", "udah 3 minggu blm diambil hangus ga", "*30 hari kalender*"),
        ("mau ganti nama di paspor", "yg lama ditarik?", "*Umumnya dikembalikan.*"),
        ("rumah kebanjiran paspor basah", "buktinya apa", "kelurahan"),
        ("sisa kuota mpp batang selasa", "penuh ya?", "24 November"),
    ],
)
async def test_a_narrow_question_keeps_to_what_was_said(
    applicant: Talk, said: str, then: str, answered: str
) -> None:
    assert answered in await applicant.say(said, then)


@pytest.mark.parametrize(
    "asked", ["takut ketauan yg lapor", "takut ketahuan saya yg ngadu", "khawatir ketauan"]
)
async def test_fear_in_a_complaint_is_answered(citizen: Talk, asked: str) -> None:
    assert "tanpa nama" in await citizen.say("mau lapor calo", asked)


@pytest.mark.parametrize("taken", ["mau 1 ya", "ambil 1 dong", "mau 1 min"])
async def test_a_place_just_told_of_is_taken_in_words_with_a_figure(
    applicant: Talk, taken: str
) -> None:
    answer = await applicant.say("slot selasa besok msh ada?", taken)

    assert "Untuk keperluan apa?" in answer


@pytest.mark.parametrize("digit", ["1", "1."])
async def test_a_digit_alone_is_the_menus(applicant: Talk, digit: str) -> None:
    assert "Informasi paspor" in await applicant.say("slot selasa besok msh ada?", digit)


@pytest.mark.parametrize(
    "asked", ["ada jalan lain ga", "bisa lewat email ga", "boleh diwakilin ga"]
)
async def test_a_question_is_no_refusal_of_ones_name(citizen: Talk, asked: str) -> None:
    answer = await citizen.say("petugas loket 2 minta uang 100 ribu biar cepat", asked)

    assert "Pengaduan tercatat" not in answer


@pytest.mark.parametrize("refused", ["ga", "mending ga", "ga usah", "sebaiknya tidak"])
async def test_a_refusal_of_ones_name_stays_one(citizen: Talk, refused: str) -> None:
    answer = await citizen.say("petugas loket 2 minta uang 100 ribu biar cepat", refused)

    assert "*tanpa nama*, nomor" in answer


@pytest.mark.parametrize(
    ("said", "then", "answered"),
    [
        ("bisa sehari jadi?", "emang percepatan brp", "Rp1.000.000"),
        ("klo senin buka?", "istirahatnya?", "Jam istirahat loket"),
        ("bisa ambil paspor adik saya ga", "kk nya beda", "*surat kuasa*"),
        ("bisa ambil paspor istri?", "kita pisah kk", "*surat kuasa*"),
        (
            "kk saya blm update, masih lajang pdhl udah nikah",
            "jd hrs ke disdukcapil dulu?",
            "*Ya.*",
        ),
    ],
)
async def test_a_short_question_goes_on(citizen: Talk, said: str, then: str, answered: str) -> None:
    assert answered in await citizen.say(said, then)


@pytest.mark.parametrize("aside", ["urus ktp dulu ya?", "bikin ktp di disdukcapil kan?"])
async def test_another_authoritys_matter_leaves_the_topic(citizen: Talk, aside: str) -> None:
    answer = await citizen.say("paspor saya hilang", aside, "totalnya brp")

    assert "Rp1.650.000" in answer


@pytest.mark.parametrize("asked", ["berkas apa yg kurang?", "bawa apa aja", "syaratnya apa lagi"])
async def test_what_an_application_needs_is_what_its_stage_says(
    citizen: Talk, backend: Backend, asked: str
) -> None:
    backend.application("1179000000001224", "documents_incomplete")

    answer = await citizen.say("1179 0000 0000 1224", asked)

    assert "1179 0000 0000 1224" in answer
    assert "paspor baru dewasa" not in answer


async def test_a_nik_among_several_numbers_is_never_shown(citizen: Talk, backend: Backend) -> None:
    backend.application("1179000000001208", "printing")

    answer = await citizen.say("cek 1179000000001208 sama 3325014107850002")

    assert "Pencetakan" in answer
    assert "3325" not in answer
    assert not any("3325" in choice.title for choice in citizen.last.choices)
