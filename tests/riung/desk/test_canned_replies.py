from pathlib import Path
from typing import Any

import pytest

from riung.desk import canned_replies
from riung.office.offices import office, offices
from riung.yaml_files import YamlError

GOOD = f"otomatis: {{{', '.join(f'{name}: a' for name in canned_replies.AUTOMATIC)}}}\n"


def test_every_reply_can_be_filled_for_every_office(capsys: pytest.CaptureFixture[str]) -> None:
    for one in offices().values():
        for reply in canned_replies.canned(one, "Rina"):
            assert reply.text
            assert "{" not in reply.text
        for name in canned_replies.AUTOMATIC:
            text = canned_replies.automatic(
                name, one, petugas="Rina", menit=10, isi="x", ringkasan=""
            )
            assert "{" not in text
    assert "placeholder_empty" not in capsys.readouterr().out


def test_the_office_facts_stand_in_the_reply() -> None:
    found = {reply.id: reply.text for reply in canned_replies.canned(office("bandung"), "Rina")}
    assert "Jl. Surapati No. 82" in found["datang_sesuai_jadwal"]


def test_the_survey_offers_five_scores_and_the_way_out() -> None:
    digits = [button["angka"] for button in canned_replies.replies().survey_buttons]
    assert digits == ["5", "4", "3", "2", "1", "0"]


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        ("otomatis: {}\n", 1, "'diambil' belum ditulis"),
        (GOOD + "siap_pakai:\n  - {id: a, judul: A}\n", 3, "butuh 'id', 'judul', dan 'teks'"),
        (
            GOOD + "siap_pakai:\n  - {id: a, judul: A, teks: x}\n  - {id: a, judul: B, teks: y}\n",
            4,
            "dipakai dua kali",
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
