"""What is wrong with a file that is no YAML at all: its line, and what to do, in Indonesian.

Editors and file managers make such files: saved by Word, under another name, as a folder, empty.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from ruamel.yaml.error import MarkedYAMLError

Fault = tuple[int, str]

NO_LIST = "berkas harus berisi 'kunci: nilai', bukan daftar"
_AS_UTF8 = "simpan lagi sebagai UTF-8 (VS Code: File → Save with Encoding)"
_BLANKS = re.compile(r"^[ \t]*[\u00a0\u2000-\u200b\u202f\u3000]", re.MULTILINE)
"""Blanks at a line's beginning that YAML takes for letters."""

_SECOND_FILE = re.compile(r"^---\s*$", re.MULTILINE)


def of_file(path: Path) -> Fault:
    """Of a path that cannot be read as text."""
    if path.is_dir():
        return 1, f"ini folder, bukan berkas; pindahkan foldernya dan kembalikan {path.name}"
    if not path.exists():
        return 1, f"berkas ini tidak ada; {_instead(path)}"
    try:
        content = path.read_bytes()
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        if content[:2] == b"PK":
            return 1, "ini dokumen Word atau berkas zip; tulis lagi sebagai teks di VS Code"
        return content.count(b"\n", 0, error.start) + 1, f"bukan teks UTF-8; {_AS_UTF8}"
    except OSError:
        pass
    return 1, "berkas tidak bisa dibuka; periksa izinnya"


def _instead(path: Path) -> str:
    for near in (f"{path.name}.txt", f"{path.stem}.yaml", f"{path.name}.yml"):
        if path.with_name(near).exists():
            return f"ganti nama {near} menjadi {path.name}"
    return f"kembalikan, misalnya dengan `git checkout -- {path.name}` di foldernya"


def of_nothing(text: str) -> str:
    """Of a text that holds no keys and no list."""
    meant = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    if meant and meant != ["null"]:
        return "berkas harus berisi 'kunci: nilai' atau daftar"
    return "berkas ini kosong, padahal harus berisi 'kunci: nilai'; kembalikan isinya (Ctrl+Z)"


def of_signs(text: str) -> Fault:
    """Of a text with a sign that YAML does not allow."""
    for number, line in enumerate(text.split("\n"), start=1):
        if any(unicodedata.category(sign) == "Cc" and sign not in "\t\r" for sign in line):
            return number, "ada tanda yang tidak terlihat di baris ini; ketik lagi barisnya"
    return 1, "bukan YAML yang sah; kembalikan isinya (Ctrl+Z)"


def of_structure(text: str, error: MarkedYAMLError) -> Fault:
    """Of a text that the YAML reader gave up somewhere."""
    mark = error.problem_mark or error.context_mark
    number = mark.line + 1 if mark else 1
    lines = text.splitlines()
    if "duplicate key" in (error.problem or ""):
        return number, "kunci ini sudah ada di atasnya; hapus salah satu"
    if number <= len(lines) and "\t" in lines[number - 1]:
        return number, "ada tab; pakai spasi"
    if blank := _BLANKS.search(text):
        at = text.count("\n", 0, blank.start()) + 1
        return at, "spasi di awal baris ini bukan spasi biasa (dari Word atau laman); ketik lagi"
    if second := _SECOND_FILE.search(text):
        at = text.count("\n", 0, second.start()) + 1
        return at, "'---' memulai berkas kedua; hapus baris ini, satu berkas satu isi"
    return number, "YAML rusak di sini; periksa spasi di awal baris, titik dua, dan tanda kutip"
