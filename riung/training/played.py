"""Whether the conversation tests were played since the files changed, so that `make check` says so.

The check takes seconds and plays nothing: a changed answer or rule may still go against a written
conversation, which `make train` shows.
"""

from __future__ import annotations

from riung.settings import ROOT
from riung.training.verdict import fingerprint

KEPT = ROOT / "models" / "uji.sha256"
"""What the files were like when all conversations last went as written."""


def remember(well: bool) -> None:
    """Keep that all conversations were played, and went well; else that they have to be again."""
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(fingerprint() if well else "", "utf-8")


def since_last_change() -> bool:
    """Whether all conversations went as written with the files as they are."""
    return KEPT.exists() and KEPT.read_text("utf-8") == fingerprint()


def waiting(count: int) -> str:
    """What a trainer reads after the check about so many conversation tests; empty for none."""
    if not count:
        return ""
    if since_last_change():
        return f"{count} tes percakapan sudah dimainkan dan berjalan seperti tertulis."
    return f"{count} tes percakapan belum dimainkan sejak suntingan terakhir: `make train`."
