"""The words of `kamus/isian.yml`: how citizens answer the questions of a form."""

from __future__ import annotations

from riung.nlu.word_lists import Vocabulary, Words


class FormAnswers(Vocabulary):
    """`isian.yml`: how citizens answer a form's open question."""

    ya: Words
    ya_tombol: Words
    ya_mau: Words
    ya_di_belakang: Words
    sekitar_siapa: Words
    sekitar_pilihan: Words
    tidak: Words
    ya_meski_tidak: Words
    ragu: Words
    tanpa_nama: Words
    sebelum_rahasia: Words
    dengan_nama: Words
    bertanya_boleh: Words
    menghapus: Words
    menegur: Words
    surat_sakit: Words
    membatalkan: Words
    urung: Words
    tidak_jadi: Words
    berangkat: Words
    bukan_mengadu: Words
    beberapa_orang: Words
    juga: Words
    tidak_tahu: Words
    tunggu_dulu: Words
    mau_tanya: Words
    jangan_batal: Words
    lanjut: Words
    ralat: Words
    kolom_nama: Words
    kolom_tanggal: Words
    kolom_jenis: Words
    kolom_nik: Words
    sekitar_hari: Words
    mengapa: Words
    tentang_jam: Words
    tentang_hari: Words
    tentang_jenis: Words
    tentang_nama: Words
    tentang_nik: Words
    tentang_siapa: Words
    tanya_dibalas: Words
    aduan_pungli: Words
    aduan_sistem: Words
    aduan_antrean: Words
    aduan_pelayanan: Words
    sebelum_nama: Words
    pemilik: Words
    atas_nama: Words
    hanya_siapa: Words
    sesudah_nama: Words
    ejaan_nama: Words
    bukan_nama: Words
    kata_nilai: Words
    ingin_menilai: Words
    menambah: Words
    ingin_mengadu: Words
    khawatir: Words
    sebelum_alamat: Words
    sebelum_kontak: Words
    bukan_alamat: Words
    alamat: Words
    tanya_data: Words
    tanya_data_lama: Words
    keluarga: Words
    diri_sendiri: Words
    umur_tahun: Words
    umur: Words
    golongan_sakit: Words
    golongan_disabilitas: Words
    golongan_lansia: Words
    golongan_ibu_hamil: Words
    golongan_balita: Words
    tidak_bisa_datang: Words
    bisa_datang: Words
    sudah_semua: Words
    belum_ada_surat: Words
    salah_foto: Words
    nomor_ini: Words
    urutan: Words
    bukan_golongan: Words
    di_ruang_tunggu: Words
    di_jalan: Words
    ganti_kursi: Words
    nomor_antrean: Words
    kursi: Words
    tanya_bukan: Words
    ambil_tempat: Words
