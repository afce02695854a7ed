"""A follow-up that asks for less, or in other words, gets its own fact: neither the long answer
once more, nor "that is not in my notes".
"""

from __future__ import annotations

import pytest

from tests.running_backend import Backend
from tests.talks.talk import Helpdesk, Talk


@pytest.mark.parametrize(
    ("texts", "answered"),
    [
        (("biaya paspor berapa", "yang 5 tahun aja deh"), "E-paspor *5 tahun: Rp650.000*"),
        (("biaya paspor berapa", "kalo yg 10 taun"), "E-paspor *10 tahun: Rp950.000*"),
        (("biaya paspor berapa", "per orang segitu?"), "Ya, per orang"),
        (("biaya paspor berapa", "masing-masing?"), "Ya, per orang"),
        (("biaya paspor berapa", "itu buat yg elektronik ya"), "Ya, itu tarif e-paspor"),
        (("paspor saya hilang", "dendanya brp", "itu diluar biaya paspor?"), "di luar biaya"),
        (("bisa sehari jadi ga", "beneran hari itu juga?"), "pada hari yang sama"),
        (("bisa sehari jadi ga", "sorenya udah jadi?"), "pada hari yang sama"),
        (("paspor saya habis", "keburu ga klo ganti sekarang"), "*4 hari kerja*"),
        (("mau umroh", "masih kekejar ga ya"), "*4 hari kerja*"),
        (("mau cek status paspor", "ngeceknya lewat mana"), "Di chat ini"),
        (("mau cek status paspor", "terus ceknya di mana"), "Di chat ini"),
        (("mau cek status paspor", "kertasnya lupa naruh"), "petugas bisa mencarinya"),
        (("mau cek status paspor", "suratnya kebuang"), "petugas bisa mencarinya"),
        (("bedanya e paspor sama biasa", "yg biasa masih bisa ga"), "belum kami pastikan"),
        (("bedanya e paspor sama biasa", "ke jepang ga usah visa?"), "Jepang"),
        (("bedanya e paspor sama biasa", "mana yg lebih bagus"), "pilihannya masa berlaku"),
        (("syarat bikin paspor", "ijazah smp boleh?"), "Ya, *ijazah* boleh"),
        (("syarat bikin paspor", "skck?"), "tidak ada dalam daftar"),
        (("syarat bikin paspor", "kartu pelajar/skck/raport bisa?"), "*tidak ada d"),
        (("syarat bikin paspor", "bajunya bebas kan"), "berkerah"),
        (("saya mau kerja ke taiwan", "rekom itu dari depnaker?"), "Disnaker"),
        (("paspor basah kena banjir", "cuma halaman belakang"), "Petugas yang menilai"),
        (("paspor basah kena banjir", "itu kan bukan salah saya"), "tanpa denda"),
        (("ganti nama di paspor gmn", "bayar lagi?"), "Mengubah datanya *gratis*"),
        (("ganti nama di paspor gmn", "yg salah tgl lahirnya"), "salah di paspor"),
        (("ganti nama di paspor gmn", "salah ketik dari imigrasinya"), "belum kami temukan"),
        (("m-paspor ga bisa login", "bikin akun lagi aja?"), "Jangan daftar ulang dulu"),
        (("m-paspor ga bisa login", "trs bayaran kmrn ilang dong"), "Jangan bayar dua kali"),
        (("syarat bikin paspor", "ga punya akta", "ijazahnya juga ga ada"), "dengan yang lain"),
        (("syarat bikin paspor", "kalo surat dari desa bisa?"), "*tidak ada d"),
        (("mau umroh syaratnya apa", "ijazah sd boleh?"), "Ya, *ijazah* boleh"),
        (("cara bayar paspor", "batasnya berapa jam bayarnya"), "*2 jam*"),
        (("cara bayar paspor", "maksimal bayar kapan", "kelupaan nih"), "kedaluwarsa"),
        (
            ("cara bayar paspor", "batas bayarnya?", "jadwal td hangus dong"),
            "tidak bisa dipakai lagi",
        ),
        (("mau perpanjang paspor", "buku yg lama ditarik ya"), "dikembalikan"),
        (("mau perpanjang paspor", "yg lama nanti dibalikin?"), "dikembalikan"),
        (("mau perpanjang paspor", "bisa foto baru kan"), "Foto, sidik jari"),
        (("mau perpanjang paspor", "total abis brp sama dendanya"), "tanpa denda"),
        (("paspor saya hilang", "total abis brp sama dendanya"), "Rp1.650.000"),
        (("paspor saya hilang", "ktp juga ilang, bikin dulu?"), "e-KTP diperlukan"),
        (("paspor saya sobek dikit", "bakal lolos ga di bandara"), "Petugas yang menilai"),
        (("paspor saya sobek", "dendanya bisa nego?"), "Tidak bisa ditawar"),
        (("cara ambil paspor", "surat kuasa", "ditulis tangan boleh?"), "belum kami temukan"),
        (("syarat paspor anak", "pernyataannya tulis tangan gpp"), "belum kami temukan"),
        (("paspor saya ditahan bos", "bikin baru aja bisa?"), "Laporkan dulu"),
        (("paspor saya ditahan bos", "bisa maksa dia balikin?"), "Melapor paspor yang ditahan"),
        (("salah pilih kantor di mpaspor", "pindahin ke bogor bisa"), "belum kami pastikan"),
        (("salah pilih kantor di mpaspor", "dateng aja ke sana boleh?"), "kantor yang terpilih"),
        (("paspor ditolak pas wawancara", "katanya tujuannya ga jelas"), "Wawancara menilai"),
        (("paspor ditolak pas wawancara", "bayar lagi?"), "*dibayar lagi*"),
        (("paspor ditolak pas wawancara", "kapan boleh ngajuin lagi"), "lama jedanya"),
        (("paspor saya sobek", "ini termasuk rusak ga"), "Petugas yang menilai"),
        (("paspor saya sobek", "segitu udah dianggap rusak?"), "Petugas yang menilai"),
        (("paspor saya rusak", "harus wawancara?"), "*Foto, sidik jari, dan wawancara tetap"),
        (("mau perpanjang paspor", "wawancara lagi ga?"), "*Foto, sidik jari, dan wawancara tetap"),
        (("cara ambil paspor", "sampe kapan batasnya"), "*30 hari kalender*"),
        (("cara ambil paspor", "kakak saya boleh?", "paling lambat kapan"), "*30 hari kalender*"),
        (("status 1179000000009999", "belum kelar juga"), "*tidak bisa melihat*"),
        (("cek status", "udah jadi belum sih paspornya"), "*tidak bisa melihat*"),
        (("cek status", "kok ga kelar kelar"), "*tidak bisa melihat*"),
        (("biaya paspor berapa", "650?"), "*Ya.* E-paspor 5 tahun: *Rp650.000*"),
        (("biaya paspor berapa", "bukannya 350?"), "Rp650.000"),
        (("ganti nama di paspor gmn", "bayarnya tetep 650?"), "*Ya.*"),
        (("ganti nama di paspor gmn", "abis nikah soalnya"), "Masih tentang *ubah data paspor*"),
        (("ktp saya medan kerja di bandung", "perlu surat domisili?"), "*tidak ada di daftar"),
        (("mau ubah jadwal foto", "bisa 2x?"), "satu kali"),
        (("halo", "anak saya punya 2 kewarganegaraan"), "*anak berkewarganegaraan ganda*"),
        (("halo", "suami sy mau kerja ke korea"), "Sampaikan tujuan bekerja"),
        (("biaya paspor berapa", "serius?"), "Yang tadi tetap berlaku"),
        (("biaya paspor berapa", "beneran nih?"), "Yang tadi tetap berlaku"),
        (("sisa paspor saya 5 bulan", "mau ke malaysia minggu depan"), "sisa masa berlakunya"),
        (("cara daftar paspor", "hp saya ga support"), "Bisa dibantu"),
        (("cara daftar paspor", "pake hp anak saya bisa?"), "sampai lima pemohon"),
        (("cara daftar paspor", "paling telat dateng jam brp"), "pada jam di bukti"),
    ],
)
async def test_the_narrower_fact_is_told(
    citizen: Talk, texts: tuple[str, ...], answered: str
) -> None:
    answer = await citizen.say(*texts)
    assert answered in answer
    assert "Jawabannya masih sama" not in answer


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("jadwalku besok tapi anak sakit", "Jadwal besok masih bisa diubah hari ini"),
        ("jadwal saya besok, berhalangan", "Jadwal besok masih bisa diubah hari ini"),
        ("caranya gmn", "Di aplikasi M-Paspor"),
        ("ubahnya di mana", "Di aplikasi M-Paspor"),
        ("batasnya kapan", "satu hari sebelum jadwal (H-1)"),
        ("paling telat kapan gantinya", "satu hari sebelum jadwal (H-1)"),
    ],
)
async def test_moving_an_appointment_goes_on(citizen: Talk, text: str, answered: str) -> None:
    assert answered in await citizen.say("bisa reschedule ga", text)


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("mantan ga tau ke mana", "Cukup ditandatangani orang tua yang ada"),
        ("bapaknya kabur ga ada kabar", "Cukup ditandatangani orang tua yang ada"),
        ("terus tanda tangan istri gmn", "Ada penetapan hak asuh"),
        ("akta cerai aja cukup?", "Ada penetapan hak asuh"),
        ("berarti saya doang yg ttd", "Ya, cukup Anda"),
        ("mantan ga ngasih izin", "Hak asuh pada Anda"),
    ],
)
async def test_who_signs_after_a_divorce(citizen: Talk, text: str, answered: str) -> None:
    assert answered in await citizen.say("syarat paspor anak", "saya udah cerai", text)


@pytest.mark.parametrize(
    ("office", "texts", "answered"),
    [
        ("tanjung_priok", ("bisa sehari jadi ga", "di pemalang ada ga"), "Tidak semua kantor"),
        ("tanjung_priok", ("bisa sehari jadi ga", "kalo di bandung?"), "Tidak semua kantor"),
        ("pemalang", ("kuota batang masih ada ga", "yg kantor pusatnya?"), "kantor Pemalang"),
        ("pemalang", ("kuota batang masih ada ga", "kantor utama?"), "kantor Pemalang"),
        (
            "pemalang",
            ("kuota batang", "klo penuh gmn", "yg di pemalang aja, daftarnya gmn"),
            "daftar lewat aplikasi *M-Paspor*",
        ),
        ("pemalang", ("kuota batang", "klo penuh gmn", "trs caranya"), "daftar tunggu"),
        ("tanjung_priok", ("kuota bulan ini", "bukanya tgl brp"), "membuka kuotanya sendiri"),
        ("pemalang", ("kirim paspor ke rumah bisa?", "ongkosnya"), "ditetapkan PT Pos"),
        ("pemalang", ("bisa bikin di semarang aja", "umur 17 pas"), "*paspor baru dewasa*"),
        ("pemalang", ("batalin antrean", "dikasih ke adik saya bisa?"), "Tidak bisa dialihkan"),
    ],
)
async def test_a_place_named_afterwards_is_what_is_asked(
    helpdesk: Helpdesk, backend: Backend, office: str, texts: tuple[str, ...], answered: str
) -> None:
    assert answered in await Talk(helpdesk, office=office).say(*texts)


@pytest.mark.parametrize("aside", ["pake baju apa ya", "meterainya perlu?", "klo rewel pas foto"])
async def test_what_holds_for_all_leaves_the_child_the_subject(citizen: Talk, aside: str) -> None:
    answer = await citizen.say("syarat paspor anak", aside, "berlakunya berapa tahun")
    assert "paling lama 5 tahun" in answer
