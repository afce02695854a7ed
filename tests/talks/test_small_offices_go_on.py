"""What the smaller offices' own services are asked next: the guide, the visit, the seat; and what
foreigners, workers abroad and speakers of regional languages ask after an answer."""

from __future__ import annotations

import pytest

from tests.running_backend import Backend
from tests.talks.talk import Helpdesk, Talk

Said = tuple[str, ...]


@pytest.fixture
def visited(helpdesk: Helpdesk, backend: Backend) -> Talk:
    """A citizen of the office that visits the ill."""
    return Talk(helpdesk, office="batulicin")


@pytest.fixture
def seated(helpdesk: Helpdesk, backend: Backend) -> Talk:
    """A citizen of the office whose officers come to the seat."""
    return Talk(helpdesk, office="blitar")


@pytest.mark.parametrize(
    ("texts", "step"),
    [
        (("mau bikin paspor tapi ga ngerti m-paspor", "udah download tapi blm bikin akun"), 1),
        (("pandu saya", "otp nya ga masuk", "udah masuk nih, lanjut"), 2),
        (("pandu saya", "udah upload ktp sama kk nih"), 4),
        (("udah upload dokumen terus?", "ya udah dapet tgl 2 desember. terus"), 5),
        (("udah dapet jadwal, terus?", "udah lunas tadi via bni, abis ini apa"), 6),
    ],
)
async def test_the_guide_goes_on_although_some_words_are_strange(
    guided: Talk, texts: Said, step: int
) -> None:
    assert f"*Langkah {step} " in await guided.say(*texts)


@pytest.mark.parametrize("text", ["udah bayar tapi statusnya masih menunggu", "udah bayar berapa"])
async def test_what_has_an_answer_of_its_own_is_no_step(guided: Talk, text: str) -> None:
    assert "*Langkah " not in await guided.say("pandu saya", text)


async def test_the_wish_to_be_reminded_may_be_wordy(guided: Talk) -> None:
    said = await guided.say("bayarnya paling lambat kapan", "tolong ingetin saya dong biar ga lupa")
    assert "saya ingatkan pukul" in said


@pytest.mark.parametrize(
    ("texts", "answered"),
    [
        (("ibu saya stroke, petugas bisa ke rumah?", "surat dokternya udah ada"), "di chat ini"),
        (("ibu saya stroke, petugas bisa ke rumah?", "rumahnya di kotabaru"), "kapal cepat"),
        (("ibu saya stroke, petugas bisa ke rumah?", "bayar kah?"), "menambah biaya"),
        (("ibu saya stroke, petugas bisa ke rumah?", "berapa lama jadinya"), "satu hari kerja"),
        (("mau minta kunjungan petugas", "petugasnya bawa apa aja?"), "empat orang"),
        (("mau minta kunjungan petugas", "lansia sehat bisa juga?"), "tidak bisa datang"),
        (("kunjungan saya udah sampai mana", "gimana caranya?"), "ketik *minta kunjungan*"),
    ],
)
async def test_what_is_asked_of_a_visit_is_answered_for_the_visit(
    visited: Talk, texts: Said, answered: str
) -> None:
    assert answered in await visited.say(*texts)


async def test_what_was_told_before_the_wish_is_not_asked_again(visited: Talk) -> None:
    said = await visited.say("bapak saya lumpuh, mau berobat ke penang", "iya mau minta kunjungan")

    assert "Untuk siapa?" not in said
    assert "bisa dibawa ke kantor" in said


@pytest.mark.parametrize("text", ["iya sakit, dirawat", "masih opname kak", "terbaring terus"])
async def test_who_lies_in_bed_cannot_come(visited: Talk, text: str) -> None:
    assert "surat dokter" in await visited.say(
        "tolong petugas datang ke rumah sakit buat ibu saya yang sakit", text
    )


async def test_a_question_is_no_address(visited: Talk) -> None:
    wish = "tolong petugas datang ke rumah sakit buat ibu saya yang sakit"
    said = await visited.say(
        wish, "tidak bisa datang", "suratnya belum ada", "suratnya kirim kemana"
    )

    assert "Di mana pemohon sekarang?" in said
    assert "nomor teleponnya" in await visited.say("jl manggis rt 2 desa sinar bulan")


@pytest.mark.parametrize(
    ("texts", "answered"),
    [
        (("ibu saya 74 tahun harus antri?", "sambang itu apa ya"), "kursi prioritas"),
        (("ibu saya 74 tahun harus antri?", "lama gak nunggunya"), "tidak bisa kami pastikan"),
        (("ibu saya 74 tahun harus antri?", "syarate opo wae"), "Kartu Keluarga"),
        (
            ("ibu saya 74 tahun harus antri?", "nanti kalo udah di sana ngapain"),
            "petugas informasi",
        ),
    ],
)
async def test_priority_applicants_are_told_what_comes_next(
    seated: Talk, texts: Said, answered: str
) -> None:
    assert answered in await seated.say(*texts)


@pytest.mark.parametrize("code", ["A12", "b7", "C 3"])
async def test_a_seats_code_is_kept_before_it_is_asked_for(seated: Talk, code: str) -> None:
    said = await seated.say("saya sudah di ruang tunggu", code)

    assert f"*{code.upper()}*" in said
    assert "Pemohonnya siapa?" in said


async def test_the_group_told_earlier_is_known_at_the_seat(seated: Talk) -> None:
    said = await seated.say("nenek saya sepuh harus antri?", "kami sudah di ruang tunggu")
    assert "nomor antrean" in said


@pytest.mark.parametrize(
    ("texts", "answered"),
    [
        (("i have a voa, can i stay longer", "how much to extend?"), "costs *Rp500.000*"),
        (("i have a voa, can i stay longer", "what if i'm late 3 days?"), "*Rp3.000.000*"),
        (
            ("my kitas expires next month, need to extend", "and if i am late a week?"),
            "*Rp7.000.000*",
        ),
        (("i have a voa", "can i change it to a kitas later"), "conditions of its own"),
        (("need to extend my itas", "what documents do i need"), "sponsor's letter"),
        (("need to extend my itas", "how long does it take"), "not confirmed"),
        (("need to extend my itas", "my sponsor changed"), "Talk to an officer first"),
        (
            ("my friend from japan stays at my house, must i report him?", "how do i do that"),
            "apoa",
        ),
        (
            ("foreigner staying in my villa, do i report", "is there a fine if i don't"),
            "Rp25.000.000",
        ),
        (("do i need a visa to visit indonesia",), "19 countries"),
        (("do i need a visa to visit indonesia", "i'm from malaysia"), "Visa-free visit"),
        (("my voa expired 2 days ago", "will i be banned"), "more than 60 days"),
        (
            ("my wife is indonesian, how can i stay here long term", "how much for one year"),
            "1 year",
        ),
    ],
)
async def test_foreigners_questions_hang_together(
    citizen: Talk, texts: Said, answered: str
) -> None:
    assert answered in await citizen.say(*texts)


@pytest.mark.parametrize(
    ("texts", "answered"),
    [
        (("mau kerja ke taiwan syaratnya apa", "belum ada pt nya"), "dinas tenaga kerja"),
        (("mau kerja ke taiwan syaratnya apa", "disuruh bilang wisata aja"), "Jangan ikuti"),
        (("mau kerja ke taiwan syaratnya apa", "syaratnya apa aja"), "bawa e-KTP"),
        (("tkw di hongkong, cuti desember bisa perpanjang paspor?",), "kantor imigrasi mana pun"),
        (("mau kerja ke taiwan", "agen bilang harus lewat mereka 3 juta"), "Jangan bayar"),
    ],
)
async def test_workers_abroad_are_warned_and_helped(
    seated: Talk, texts: Said, answered: str
) -> None:
    assert answered in await seated.say(*texts)


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("vaksin meningitis dimana ya", "puskesmas"),
        ("visa umroh diurus dimana", "Arab Saudi"),
        ("nggawe ktp anyar ning kene iso?", "Dukcapil"),
        ("abah ulun garing kada kawa bajalan, kawa kah petugas ka rumah", "Micin Darurat"),
    ],
)
async def test_other_authorities_and_regional_words(
    visited: Talk, text: str, answered: str
) -> None:
    assert answered in await visited.say(text)


@pytest.mark.parametrize(
    ("texts", "total"),
    [
        (("syarat paspor anak", "totalnya berapa kalo sama ibunya sekalian bikin"), "Rp1.300.000"),
        (("paspor saya ilang kena berapa", "kalau istri juga ilang totalnya"), "Rp3.300.000"),
    ],
)
async def test_one_more_of_the_family_joins_the_sum(seated: Talk, texts: Said, total: str) -> None:
    assert f"*Jumlah: {total}*" in await seated.say(*texts)


@pytest.mark.parametrize(
    "text", ["oh gitu ya. terus biayanya?", "ok nanti saya urus dulu, biayanya berapa"]
)
async def test_the_last_clause_is_completed_from_the_topic(seated: Talk, text: str) -> None:
    assert "paspor anak" in await seated.say("syarat paspor anak", text)


async def test_a_clause_that_names_a_passport_stands_alone(seated: Talk) -> None:
    said = await seated.say("syarat paspor anak", "mau bikin paspor, syaratnya apa aja")
    assert "paspor baru dewasa" in said


async def test_hours_ago_ask_for_no_hours(seated: Talk) -> None:
    said = await seated.say("udah bayar kok statusnya masih menunggu", "2 jam yang lalu")
    assert "Jam layanan" not in said


async def test_the_own_record_is_told_in_short(seated: Talk) -> None:
    said = await seated.say("data saya apa saja yang disimpan?")

    assert "Tidak ada antrean" in said
    assert "paling lama 180 hari" in await seated.say("berapa lama disimpannya")


@pytest.mark.parametrize(
    "text", ["iya tolong didatangi", "boleh, tolong petugas datang ke rs", "ya minta dikunjungi"]
)
async def test_a_yes_with_the_wish_begins_the_request(visited: Talk, text: str) -> None:
    said = await visited.say("ibu saya habis operasi di rsud, mau berobat ke malaysia", text)
    assert "bisa dibawa ke kantor" in said


@pytest.mark.parametrize(
    ("texts", "answered"),
    [
        (("two french guests arrived at my guesthouse last night",), "must report foreign guests"),
        (
            ("foreigners are staying in my homestay, do i report", "what if i forget"),
            "Rp25.000.000",
        ),
        (
            ("do i have to report a foreign guest in my villa", "do they need visas?"),
            "19 countries",
        ),
        (("i lost my passport in singapore, i'm indonesian", "my flight is tomorrow"), "today"),
        (
            ("i lost my passport in malaysia, i'm indonesian", "when i'm back what do i need"),
            "e-KTP",
        ),
    ],
)
async def test_hosts_and_travellers_are_led_on(citizen: Talk, texts: Said, answered: str) -> None:
    assert answered in await citizen.say(*texts)


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("sim internasional bikin di imigrasi kah", "kepolisian"),
        ("akta anak saya hilang urus kemana", "Dukcapil"),
        ("buku nikah saya rusak, bikin duplikat dimana", "KUA"),
        ("legalisir ijazah buat kuliah di luar negeri dimana", "sekolah atau kampus"),
    ],
)
async def test_lost_papers_are_their_issuers_matter(
    visited: Talk, text: str, answered: str
) -> None:
    assert answered in await visited.say(text)


async def test_a_childs_age_brings_the_childs_documents(seated: Talk) -> None:
    said = await seated.say(
        "anak saya autis takut rame, ada prioritas?", "umurnya 9 tahun, syaratnya apa"
    )
    assert "Akta kelahiran anak" in said


async def test_somebody_elses_trouble_is_no_step(guided: Talk) -> None:
    said = await guided.say("pandu saya", "istri saya udah bayar tapi jadwalnya ketuker gimana")
    assert "*Langkah 6 " not in said


async def test_an_open_form_asks_on_in_the_other_language(guided: Talk) -> None:
    said = await guided.say("mau ngadu dong", "english please")

    assert "What is it about?" in said
    assert "Visa on arrival" not in said
