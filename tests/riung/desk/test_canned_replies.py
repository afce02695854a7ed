from pathlib import Path
from typing import Any

import pytest

from riung.desk import canned_replies
from riung.desk.canned_replies import AutomaticMessages
from riung.office.offices import office, offices
from riung.yaml_files import YamlError

AUTOMATIC = list(AutomaticMessages.__fields__)
GOOD = (
    f"otomatis: {{{', '.join(f'{name}: {{id: a, en: b}}' for name in AUTOMATIC)}}}\n"
    "tombol_penilaian: []\n"
)
TEXT = "teks: {id: x, en: y}"


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_reply_can_be_filled_for_every_office(
    language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for one in offices().values():
        for reply in canned_replies.canned(one, "Rina", language):
            assert reply.text
            assert "{" not in reply.text
        for name in AUTOMATIC:
            text = canned_replies.automatic(
                name, one, language, petugas="Rina", menit=10, isi="x", ringkasan="", nomor="PGD123"
            )
            assert "{" not in text
    assert "placeholder_empty" not in capsys.readouterr().out


def test_the_office_facts_stand_in_the_reply() -> None:
    replies = canned_replies.canned(office("bandung"), "Rina", "id")
    found = {reply.id: reply.text for reply in replies}
    assert "Jl. Surapati No. 82" in found["datang_sesuai_jadwal"]


def test_an_english_conversation_is_taken_over_in_english() -> None:
    said = canned_replies.automatic("diambil", office("bandung"), "en", petugas="Rina")
    assert said.startswith("You are connected with *Rina*")


def test_the_survey_offers_five_scores_and_the_way_out() -> None:
    digits = [button.angka for button in canned_replies.replies().rating_buttons]
    assert digits == ["5", "4", "3", "2", "1", "0"]


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        ("otomatis: {}\ntombol_penilaian: []\nsiap_pakai: []\n", 1, "'otomatis.diambil' wajib"),
        (GOOD + "siap_pakai:\n  - {id: a, judul: A}\n", 4, "'siap_pakai.0.teks' wajib diisi"),
        (
            GOOD + f"siap_pakai:\n  - {{id: a, judul: A, {TEXT}}}\n"
            f"  - {{id: a, judul: B, {TEXT}}}\n",
            5,
            "dipakai dua kali",
        ),
        (
            GOOD + "siap_pakai:\n  - {id: a, judul: A, teks: {id: '{nama}', en: x}}\n",
            4,
            r"\{nama\} tidak ada di kalimat ini",
        ),
    ],
)
def test_a_mistake_is_reported_with_its_line(
    tmp_path: Path, content: Any, line: Any, message: str
) -> None:
    path = tmp_path / "meja.yml"
    path.write_text(content)
    with pytest.raises(YamlError, match=message) as error:
        canned_replies.read_replies(path)
    assert error.value.line == line
