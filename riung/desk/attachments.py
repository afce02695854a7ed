"""Files officers send: checked by their content, kept under `var/`, fetched by a secret address."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from pathlib import Path

import filetype

from riung.desk.access import DeskError, MissingError

IMAGE_LIMIT = 5 * 1024 * 1024
DOCUMENT_LIMIT = 16 * 1024 * 1024
"""WhatsApp takes images up to 5 MB and documents up to 100 MB (Cloud API, media); for documents we
stop at 16 MB, which phones still open."""

KINDS = {"image/jpeg": "image", "image/png": "image", "application/pdf": "document"}
_NAME = re.compile(r"[0-9a-f]{48}\.(?:jpg|png|pdf)")


class AttachmentError(DeskError):
    """The file can't be sent."""

    title = "Berkas tidak bisa dikirim"


@dataclass(frozen=True)
class Attachment:
    """A kept file. `name` is its own secret: who knows it may fetch it, as WhatsApp has to."""

    name: str
    kind: str
    shown_name: str


def keep(folder: Path, content: bytes, shown_name: str) -> Attachment:
    """Check and store a file.

    Raises:
        AttachmentError: not a JPEG, PNG or PDF by its content, or too big.
    """
    guessed = filetype.guess(content)
    kind = KINDS.get(guessed.mime) if guessed else None
    if guessed is None or kind is None:
        raise AttachmentError("Yang bisa dikirim: gambar JPG atau PNG, dan dokumen PDF.")
    limit = IMAGE_LIMIT if kind == "image" else DOCUMENT_LIMIT
    if len(content) > limit:
        raise AttachmentError(f"Berkas lebih besar dari {limit // 1024 // 1024} MB.")
    name = f"{secrets.token_hex(24)}.{guessed.extension}"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    return Attachment(name, kind, Path(shown_name).name[:80] or name)


def find(folder: Path, name: str) -> Path:
    """The stored file of that name.

    Raises:
        MissingError: the name is not one of ours, or the file is gone.
    """
    path = folder / name
    if not _NAME.fullmatch(name) or not path.is_file():
        raise MissingError("Berkas itu tidak ada.")
    return path


def bot_data(attachment: Attachment, address: str) -> dict[str, object]:
    """What the channel needs to send it: a picture, or a document with its name."""
    if attachment.kind == "image":
        return {"image": address}
    document = {"link": address, "filename": attachment.shown_name}
    return {"custom": {"type": "document", "document": document}}
