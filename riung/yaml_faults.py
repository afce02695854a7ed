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
    return _likely(lines, number, error)


def _likely(lines: list[str], number: int, error: MarkedYAMLError) -> Fault:
    """Where the slip most likely is, which is above the line where the reader gave up at times."""
    problem, opened = error.problem or "", error.context_mark
    if opened and ("expected ','" in problem or "end of stream" in problem):
        return opened.line + 1, f"{_BROKEN}; kurung atau kutip yang dibuka di sini belum ditutup"
    if half := _half_quoted(lines, number):
        return (
            half,
            f"{_BROKEN}; tanda kutip belum ditutup, atau ada tanda kutip di dalam kalimatnya",
        )
    words = next((words for sign, words in _SLIPS.items() if sign in problem), _ANY_SLIP)
    return number, f"{_BROKEN}; {words}"


_BROKEN = "YAML rusak di sini"
_ANY_SLIP = "periksa spasi di awal baris, titik dua, dan tanda kutip"
_SLIPS = {
    "undefined alias": "'*' menunjuk sesuatu yang tidak ada; tulis isinya, atau beri tanda kutip",
    "mapping values": "ada titik dua di dalam kalimatnya; beri tanda kutip",
    "cannot start any token": "nilai yang berawal tanda itu harus dalam tanda kutip",
    "escape character": "garis miring terbalik ditulis dua kali",
    "expected node content": "ada koma yang berlebih, atau kurung yang belum ditutup",
}
"""What the reader says → what to do."""

_QUOTED = re.compile(r"""^\s*(?:- )?(?:[\w.-]+:\s+)?(["']).*""")
_FAR = 30


def _half_quoted(lines: list[str], number: int) -> int:
    """The line of a value that begins with a quotation mark and has not all of its pairs; 0: none.

    Nearest above the line where the reader gave up, which goes on to the next mark.
    """
    for at in range(min(number, len(lines)), max(0, number - _FAR), -1):
        line = lines[at - 1]
        if (found := _QUOTED.match(line)) and line.replace("\\" + found[1], "").count(found[1]) % 2:
            return at
    return 0
