"""What the list shows of a line that has no words."""

from __future__ import annotations

from typing import Any

import pytest

from riung.desk import transcript
from riung.desk.snippets import snippet
from tests.riung.desk.makers import user


@pytest.mark.parametrize(
    ("metadata", "shown"),
    [
        ({"media": {"id": "a", "kind": "image"}}, "gambar"),
        ({"media": {"id": "a", "kind": "audio"}}, "pesan suara"),
        ({"media": {"id": "a", "kind": "document", "filename": "x.pdf"}}, "dokumen"),
        ({"media": {"id": "a", "kind": "hologram"}}, "berkas"),
        ({"location": {"latitude": -6.9, "longitude": 107.6}}, "lokasi"),
        ({"contacts": [{"name": "Pak Dadang", "phones": ["+62811"]}]}, "kartu kontak Pak Dadang"),
        ({"order": {"items": []}, "type": "order"}, "pesanan"),
        ({"type": "reaction", "aside": {"about": "w", "words": "👍"}}, "menanggapi dengan 👍"),
        ({"type": "reaction", "aside": {"about": "w", "words": ""}}, "menarik tanggapannya"),
        ({"type": "edit", "aside": {"about": "w", "words": "jam 10"}}, "jam 10"),
        ({"type": "revoke", "aside": {"about": "w", "words": ""}}, "menarik kembali"),
        ({"type": "unsupported"}, "tidak bisa ditampilkan"),
    ],
)
def test_a_message_without_words_is_named(metadata: dict[str, Any], shown: str) -> None:
    line = transcript.line_of(user("/kirim_lain", "kirim_lain", metadata=metadata))
    assert line is not None
    assert shown in snippet(line)


def test_a_tapped_row_is_told_by_its_meaning() -> None:
    line = transcript.line_of(user("/cek_kuota", "cek_kuota"))
    assert line is not None
    assert "Sisa kuota" in snippet(line)
