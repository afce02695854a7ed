"""Complaints, documents that differ, mixed families, foreigners and hours: the next question is
answered by what it asks, and not by the answer of before.
"""

from __future__ import annotations

import pytest

from tests.running_backend import Backend
from tests.talks.talk import Helpdesk, Talk

Said = tuple[str, ...]


@pytest.fixture
def citizen(helpdesk: Helpdesk, backend: Backend) -> Talk:
    return Talk(helpdesk, office="bandung")


@pytest.fixture
def guided(helpdesk: Helpdesk, backend: Backend) -> Talk:
    return Talk(helpdesk, office="tanjung_priok")


DIFFERING = "nama di ktp sama akte beda satu huruf"
MIXED = "anak saya bapaknya orang belanda, bisa paspor indo?"
LOST = "i lost my passport in bandung, im from germany"
KITAS = "my KITAS expires next month. How do I extend it"
UNMARRIED = "sy nikah siri, mau bikin paspor anak"
AWAY = "anak sy 3 th, istri di hongkong jd tkw"
STORY = "tadi petugas loket 2 jutek banget sama ibu saya"


@pytest.mark.parametrize(
    ("texts", "part"),
    [
        ((DIFFERING, "yg bener di akte"), "Perbaiki dulu di Dukcapil"),
        ((DIFFERING, "urusnya dimana", "kena biaya ga"), "biayanya di Dukcapil"),
        ((DIFFERING, "bayar brp di sana"), "biayanya di Dukcapil"),
        ((DIFFERING, "urusnya dimana", "berapa lama biasanya"), "lama Dukcapil"),
        ((DIFFERING, "suket dr kelurahan cukup ga"), "instansi yang berwenang"),
        ((DIFFERING, "klo udah daftar m paspor pake data salah gimana"), "permohonan baru"),
        (("ayahnya bule, mau bikin paspor anak",), "kewarganegaraan ganda"),
        (("my husband is dutch, passport for our baby?",), "two nationalities"),
        ((MIXED, "sampe umur berapa dobel"), "usia 21 tahun"),
        ((MIXED, "umurnya udah 19 gimana"), "usia 21 tahun"),
        ((MIXED, "sampe umur berapa dobel", "syaratnya apa aja"), "Bukti pendaftaran ABG"),
        ((MIXED, "kl udah punya paspor belanda masih bisa?"), "paspor asing yang sudah ada"),
        ((MIXED, "lahirnya di belanda"), "akta dari luar negeri"),
        ((MIXED, "lahirnya di belanda", "biayanya"), "Biaya pendaftaran ABG"),
        ((LOST, "my visa was in the lost passport, is it still valid?"), "not confirmed"),
        ((LOST, "do i need police report", "how long does it take"), "embassy or consulate"),
        ((LOST, "how much for the new one"), "what it costs"),
        ((KITAS, "how long before expiry should i apply"), "Well before it ends"),
        ((KITAS, "how early can i apply?", "how much for 1 year"), "1 year Rp3.000.000"),
        ((KITAS, "do i need to come in person for photo"), "you must come yourself"),
        ((UNMARRIED, "akta lahir nya cuma nama ibu"), "nama ibu saja"),
        ((UNMARRIED, "kk nya ikut kakek"), "KK yang memuat nama anak"),
        (("syarat paspor anak", "bapaknya perlu ikut?"), "surat kuasa bermeterai"),
        (("syarat paspor anak", "bapaknya di malaysia, surat kuasanya dari kbri?"), "KBRI/KJRI"),
        (("buat umroh nama harus 3 kata ya?",), "sumbernya berbeda"),
        (("nama sy satu kata mau umroh", "nambahnya pake apa"), "Bawa *paspor, e-KTP"),
        (("nama sy satu kata mau umroh", "biaya nambah nama"), "Biaya pengesahan nama"),
        (("visa di paspor lama hangus?",), "negara yang menerbitkan visanya"),
        (("tmn sy bilang agen bisa uruskan 3jt, bener?",), "Jangan bayar ke agen"),
        (("chat ini aman gak", "nomor sy disimpen?"), "NIK utuh tidak pernah disimpan"),
        (("chat ini aman gak", "siapa yg bisa baca"), "mesin penjawab"),
        (("berangkat tgl 20 desember masih keburu?",), "paling lambat Senin 14 Desember"),
        (("penerbangan saya 27 november, sempat ga bikin paspor",), "tidak cukup"),
        (("paspor sy ilang", "ada surat polisi nih", "udah kan itu? lanjut apa"), "BAP"),
        (("tourist here, my bag stolen with passport inside in kotabaru",), "own embassy"),
        ((LOST, "i have copy of passport, useful?"), "Keep the copy"),
        ((LOST, "do i have to pay fine to immigration"), "Indonesian passports only"),
        (("my visa expired 3 weeks ago what should i do",), "Rp21.000.000"),
        (("my visa expired 2 weeks ago", "i dont have that money"), "deported and banned"),
        (("my visa expired 2 weeks ago", "will they put me in jail?"), "less than 60 days"),
        ((DIFFERING, "trs kalo udah terlanjur bayar?"), "(H-1)"),
        ((DIFFERING, "pake surat rt bisa ga"), "instansi yang berwenang"),
        (("ktp masih belum kawin padahal udah nikah, pengaruh ga ke paspor",), "status kawin"),
        (("nama suami di paspor istri emang bisa?",), "Nama berubah sesudah menikah"),
        (("anak angkat bikin paspornya gimana",), "Paspor *anak angkat*"),
        (("anak angkat bikin paspornya gimana", "ortu kandungnya perlu ttd?"), "dinilai petugas"),
        (("anak angkat bikin paspornya gimana", "biayanya"), "Rp650.000"),
        ((AWAY,), "surat kuasa bermeterai"),
        (("disuruh pt bayar paspor 5jt",), "Jangan bayar ke agen"),
        (("bos saya minta 3 juta buat paspor",), "Jangan bayar ke agen"),
        (("disuruh pt bayar paspor 5jt", "pt nya resmi katanya"), "tanpa calo"),
        (("i lost my kitas card", "police first?"), "come to an immigration office"),
        (("i lost my kitas card", "police first?", "price?"), "Rp1.500.000"),
        (("I want to stay longer, my VOA ends on Sunday",), "Apply today"),
        ((DIFFERING, "beda dikit doang masa ga bisa"), "Beda sedikit pun"),
        ((DIFFERING, "bisa ikut paspor lama aja?"), "e-KTP dan paspor lama"),
        (("suami meninggal, mau bikinin paspor anak",), "yang masih hidup"),
        (("suami meninggal, mau bikinin paspor anak", "perlu surat apa"), "surat kematian"),
        (("suami meninggal, paspor buat anak", "akta kematian blm jadi"), "belum kami pastikan"),
        ((UNMARRIED, "siapa yg tanda tangan"), "tanpa buku nikah"),
        ((UNMARRIED, "di kk nya ga ada bapaknya"), "tanpa buku nikah"),
        (("nomor wa gue kesebar ga",), "mesin penjawab"),
        (("jam berapa tutup", "jam 12 istirahat?"), "Jam istirahat loket"),
        (("hp saya jadul ga bisa install aplikasi",), "Bisa dibantu"),
        (("kalo pake hp anak boleh",), "keluarga dapat mendaftarkan"),
        (("intinya mau tau udah lunas apa blm",), "tidak terlihat di sini"),
        ((AWAY, "video call bisa?"), "panggilan video"),
        ((AWAY, "buku nikah nya dibawa istri"), "dokumen aslinya"),
        ((AWAY, "kk asli sama dia, fotokopi boleh?"), "Bawa yang asli"),
        (("kl ditolak waktu wawancara duitnya balik?", "terus bisa coba lagi kapan"), "jedanya"),
        (("jam berapa tutup", "jumatan istirahat ya?"), "Jam istirahat loket"),
    ],
)
async def test_the_next_question_is_answered_by_what_it_asks(
    citizen: Talk, texts: Said, part: str
) -> None:
    assert part in await citizen.say(*texts)


@pytest.mark.parametrize(
    ("texts", "part"),
    [
        (("foto ktp nya blur terus ditolak",), "tegak lurus"),
        (("kode bayarnya blm muncul",), "jangan membuat permohonan kedua"),
        (("kalo lewat 2 jam belum bayar gmn",), "tidak ada uang yang hilang"),
        (("pandu saya", "salah pilih jadi paspor baru padahal pernah punya"), "permohonan baru"),
        (("salah pilih jenis permohonan", "jadi bikin ulang?"), "permohonan baru"),
        (("udah bayar 2 jam lewat status belum berubah",), "Jangan bayar dua kali"),
        (("pandu saya", "udah daftar akun", "terus pilih apa"), "pilih *penggantian*"),
        (("pandu saya", "udah daftar akun", "udah daftar akun tadi"), "sudah saya catat"),
        (("pandu saya", "udah daftar akun", "udah daftar akun tadi", "udah isi data"), "Langkah 3"),
    ],
)
async def test_on_the_way_through_the_app_the_screen_is_answered(
    guided: Talk, texts: Said, part: str
) -> None:
    assert part in await guided.say(*texts)


@pytest.mark.parametrize("then", ["sampe jam brp", "sabtu?", "tgl 25 des", "senin buka?"])
async def test_hours_that_stand_above_are_not_sent_again(citizen: Talk, then: str) -> None:
    assert "Jam layanan Imigrasi Bandung:" in await citizen.say("hari ini buka?")
    said = await citizen.say(then)
    assert "Jam layanan Imigrasi Bandung:" not in said
    assert "Jam lengkap Imigrasi Bandung ada di atas" in said


async def test_hours_stand_above_although_something_was_asked_between(citizen: Talk) -> None:
    await citizen.say("hari ini buka?", "wita apa wib")
    assert "ada di atas" in await citizen.say("kalau senin?")


async def test_a_day_for_the_visit_is_no_question_for_the_hours(
    helpdesk: Helpdesk, backend: Backend
) -> None:
    talk = Talk(helpdesk, office="batulicin")
    await talk.say("istri saya lg dirawat di rs, bisa difoto disana?")
    assert "ditetapkan petugas" in await talk.say("jumat depan bisa?")


async def test_of_another_office_all_hours_are_told(citizen: Talk) -> None:
    assert "Imigrasi Pemalang:" in await citizen.say("hari ini buka?", "kalau di pemalang?")


@pytest.mark.parametrize("asked", ["wita apa wib", "itu wita kan", "jam brp itu, wib?"])
async def test_the_clock_is_named(helpdesk: Helpdesk, backend: Backend, asked: str) -> None:
    assert "*WITA*" in await Talk(helpdesk, office="batulicin").say("jam brp tutup", asked)


@pytest.mark.parametrize(
    ("texts", "part"),
    [
        ((STORY, "anonim aja", "nanti saya tau hasilnya gmn kalo anonim"), "nomor pengaduan"),
        ((STORY, "anonim aja", "kapan ditindaklanjutinya"), "tanggal di tanda terimanya"),
        ((STORY, "anonim aja", "kapan ada kabar"), "tanggal di tanda terimanya"),
        ((STORY, "boleh", "ini tindak lanjutnya brp lama"), "Dijawab paling lambat"),
        ((STORY, "boleh", "bisa lapor ke pusat ga"), "lapor.go.id"),
        ((STORY, "anonim aja", "oke makasih, hasilnya dikabarin lewat mana?"), "nomor pengaduan"),
        ((STORY, "boleh", "oke makasih, oh ya hasilnya dikabarin lewat mana?"), "Dijawab"),
        ((STORY, "mau diaduin resmi"), "Bolehkah petugas tahu"),
        ((STORY, "terus petugasnya minta 50 ribu juga"), "tambahkan ke cerita"),
        ((STORY, "gausah lah, cuma ngasih tau"), "tidak jadi dikirim"),
        ((STORY, "gausah lah, cuma ngasih tau. eh parkirnya bayar ga"), "Parkir"),
        ((STORY, "gak usah deh. biaya paspor berapa ya"), "tidak jadi dikirim"),
        ((STORY, "gak usah deh. biaya paspor berapa ya"), "Rp650.000"),
        ((STORY, "gak usah"), "*tanpa nama*"),
        ((STORY, "anonim aja", "nomernya buat apa tuh"), "dengan nomor pengaduan"),
        ((STORY, "anonim aja", "kalo bosnya yg baca ketauan gue dong"), "tidak memuat nomor"),
        (
            (STORY, "anonim aja", "eh maksudnya boleh deh biar dibales"),
            "tidak bisa diberi nama lagi",
        ),
        ((STORY, "anonim aja", "nomer aduannya ilang kalo mau ngecek gimana"), "Gulir ke atas"),
        ((STORY, "anonim aja", "emang beneran ditindak?"), "tidak bisa saya janjikan"),
        (("engga mau lapor, nanya aja",), "tidak saya catat"),
        (("bukan mau komplain kak, cuma heran loketnya dikit",), "tidak saya catat"),
        (("saya gak bisa lapor ke petugas, dia judes banget",), "Bolehkah petugas tahu"),
        (("mau lapor", "saya takut kalo ketauan, bisa gak usah pake nama"), "tanpa nama"),
        (("mau lapor", "takut ketahuan saya, jangan sebut nama"), "tanpa nama"),
    ],
)
async def test_who_complains_is_heard_before_and_after(
    citizen: Talk, texts: Said, part: str
) -> None:
    assert part in await citizen.say(*texts)


@pytest.mark.parametrize(
    "text",
    [
        "oke makasih, lift nya di sebelah mana kak?",
        "thanks, which floor is it?",
        "hatur nuhun, upami wengi aya nu jaga?",
    ],
)
async def test_a_question_behind_thanks_is_not_passed_over(citizen: Talk, text: str) -> None:
    said = await citizen.say("syarat paspor anak", text)
    assert not said.startswith(("Sama-sama", "You are welcome"))
    assert said.count("Bukan itu?") <= 1


@pytest.mark.parametrize("text", ["makasih ya?", "makasih banyak kak 🙏", "hatur nuhun pisan"])
async def test_thanks_alone_are_only_thanks(citizen: Talk, text: str) -> None:
    assert (await citizen.say("syarat paspor anak", text)).startswith("Sama-sama")


@pytest.mark.parametrize("text", ["kasih bintang 5", "nilai 4 deh", "rating 5"])
async def test_a_digit_that_is_called_a_score_chooses_nothing(citizen: Talk, text: str) -> None:
    assert "sepatah kata" in await citizen.say("halo", text)


@pytest.mark.parametrize("text", ["5", "pilih 5", "nomor 5"])
async def test_a_bare_digit_chooses_from_the_menu(citizen: Talk, text: str) -> None:
    assert "M-Paspor" in await citizen.say("halo", text)


async def test_what_hangs_on_a_subject_leaves_it(citizen: Talk) -> None:
    await citizen.say("berapa biaya perpanjang kitas istri saya", "penjaminnya saya sendiri bisa?")
    assert "*ITAS atau ITAP*" in await citizen.say("berapa lama jadinya")


async def test_whose_turn_it_is_is_told_to_the_elderly(
    helpdesk: Helpdesk, backend: Backend
) -> None:
    talk = Talk(helpdesk, office="blitar")
    await talk.say("bapak sy umur 78 mau umroh, jalannya udah susah")
    assert "mengambil antrean seperti biasa" in await talk.say("harus ikut antri ga")
