"""Every fact that a citizen may ask for stands behind an answer; the others are named, with why."""

from __future__ import annotations

import re
from functools import lru_cache

from riung.office.facts import facts
from riung.settings import ROOT
from riung.yaml_files import read_yaml

FOR_STAFF = re.compile(
    r"(sambang|micin|mr|wab|wgb|cmp|contoh|pdn|svy|kel|kt|sk|jalur|btl|blt)_\w+"
    r"|tahap_(asal_usul|tidak_selalu_lurus|itk_\d)|lama_micin|zona_waktu|rekap_informasi_bandung"
    r"|nop_(contoh|susunan|validasi|perintah_\w+|antrean_2017)|ggn_percepatan|cepat_gangguan"
    r"|bdg_(unit_pengelola|kanal|kanal_wa_gateway|hambatan|evaluasi|lama_proses)"
    r"|pml_(gateway_ganda|nomor_wa)|wna_(bandung|bahasa)|adu_(medsos|alur_yankomas|tanggapan)"
    r"|btg_(petugas|fasilitas|perjanjian|sop|mulai|dokumen_2022|ruang|pks_isi|pembahasan)"
    r"|tpk_(mitra|hasil|sdm)|mp_(unduhan|sejarah)|(anak|haji|rentan)_dasar"
    r"|tanpa_turun_\w+|amb_langkah_blitar"
)
"""How an office works, how a service came to be, what other offices do, and what says again what
another fact says: read by staff, asked by nobody."""

NOT_ANSWERED = {
    *("imk_tarif", "apec_tarif"),  # one source each: an officer
    *("kuota_jenis", "kuota_skema_karawang"),  # other offices' ways of opening
    *("t_splp_wna", "jdw_khusus"),
}
"""Facts without an answer as yet; whoever asks is led to an officer or to the general answer."""


@lru_cache(maxsize=1)
def cited() -> frozenset[str]:
    """The facts behind answers and offices' texts."""
    found: set[str] = set()
    for path in (ROOT / "data").glob("*/responses.yml"):
        for variations in read_yaml(path)["responses"].values():
            for one in variations:
                found |= {*(one.get("metadata") or {}).get("sumber", ())}
    for path in (ROOT / "offices").glob("*.yml"):
        for value in read_yaml(path).get("sumber", {}).values():
            found |= {*value["fakta"]}
    return frozenset(found)


def test_a_fact_is_answered_or_named_here() -> None:
    left = {one for one in facts().keys() - cited() if not FOR_STAFF.fullmatch(one)}

    assert left <= NOT_ANSWERED


def test_what_is_named_as_not_answered_is_not() -> None:
    assert cited() & NOT_ANSWERED == set()
    assert facts().keys() >= NOT_ANSWERED
