"""`make check` of `kamus/`: entries that no message could ever meet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from riung.validation import Location, edited_file
from riung.yaml_files import YamlError, line_of, read_yaml


def mistakes(root: Path) -> Iterator[YamlError]:
    """Words with capitals, and shorthand that is never read or leads astray."""
    for path in sorted((root / "kamus").glob("*.yml")):
        content = read_yaml(path)
        for where, word in _words(content):
            line = line_of(content, where) if word != word.lower() or not word.strip() else 0
            if not word.strip():
                yield YamlError(path, line, "kata kosong cocok dengan pesan apa pun; hapus")
            elif line:
                yield YamlError(path, line, f"'{word[:40]}' harus huruf kecil semua")
    yield from _shorthand(edited_file("kamus/singkatan.yml", root))
    yield from _of_nothing(root)


def _of_nothing(root: Path) -> Iterator[YamlError]:
    """Forms of address and particles that mean a matter of ours: it would never be heard."""
    matters = {*read_yaml(edited_file("kamus/luar_topik.yml", root))["urusan_kita"]}
    path = edited_file("kamus/sapaan.yml", root)
    content = read_yaml(path)
    for part in ("sapaan", "basa_basi"):
        for place, word in enumerate(content[part]):
            if word in matters:
                words = f"'{word}' adalah urusan kita (kamus/luar_topik.yml), bukan sapaan; hapus"
                yield YamlError(path, line_of(content, (part, place)), words)


def _words(node: Any, where: Location = ()) -> Iterator[tuple[Location, str]]:
    if isinstance(node, str):
        yield where, node
    elif isinstance(node, Mapping):
        for key, inside in node.items():
            if isinstance(key, str):
                yield (*where, key), key
            yield from _words(inside, (*where, key))
    elif isinstance(node, list):
        for place, inside in enumerate(node):
            yield from _words(inside, (*where, place))


def _shorthand(path: Path) -> Iterator[YamlError]:
    content = read_yaml(path)
    groups = [(group, key, word) for group, words in content.items() for key, word in words.items()]
    meant = {str(key): word for _, key, word in groups}
    for group, written, word in groups:
        line, key = line_of(content, (group, written)), str(written)
        if " " in key:
            yield YamlError(path, line, f"'{key}': di kiri hanya satu kata, tanpa spasi")
        elif key.isdigit():
            yield YamlError(path, line, f"'{key}' tidak pernah diubah: angka tetap angka; hapus")
        elif meant.get(word, word) not in (word, key):
            words = f"'{key}' menjadi '{word}', yang menjadi '{meant[word]}'"
            yield YamlError(path, line, f"{words}; tulis kata bakunya di kanan")
        elif word != key and meant.get(word) == key:
            yield YamlError(path, line, f"'{key}' dan '{word}' saling mengganti; hapus salah satu")
