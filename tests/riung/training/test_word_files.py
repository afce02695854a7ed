"""Broken files of words: each is one plain line with file and line, and nothing breaks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from riung.settings import ROOT
from riung.training import word_files


def found(root: Path) -> list[str]:
    """What is said of a file that cannot be read, with names relative to the project."""
    lines = [str(problem).removeprefix(f"{root}/") for problem in word_files.broken(root)]
    assert all(re.match(r"^[\w/]+\.yml:\d+: .+$", line) for line in lines), lines
    return lines


def test_riungs_own_files_are_in_order(project: Path) -> None:
    assert found(project) == []


def test_every_file_of_words_is_checked() -> None:
    folders = (ROOT / "kamus", ROOT / "kalimat", ROOT / "aturan")
    there = {f"{folder.name}/{file.name}" for folder in folders for file in folder.glob("*.yml")}
    assert there == set(word_files.SHAPES)


@pytest.mark.parametrize("name", sorted(word_files.SHAPES))
@pytest.mark.parametrize(
    "content", ["- satu\n- dua\n", "kata: [\n", "7\n", "", "a: {b: {c: {d: 1}}}\n"]
)
def test_any_file_may_be_anything_and_is_told_in_a_line(
    project: Path, name: str, content: str
) -> None:
    (project / name).write_text(content, "utf-8")
    assert any(line.startswith(f"{name}:") for line in found(project))


def test_a_missing_file_is_told(project: Path) -> None:
    (project / "kalimat/meja.yml").unlink()
    assert found(project) == ["kalimat/meja.yml:1: berkas tidak bisa dibaca sebagai teks UTF-8"]


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("kalimat/meja.yml", "  diambil:", "  diambl:", "'diambil' belum ditulis"),
        ("kalimat/meja.yml", "id: mohon_tunggu", "id: salam", "id 'salam' dipakai dua kali"),
        ("kalimat/meja.yml", "judul: Salam pembuka", "jdul: x", "butuh 'id', 'judul', dan 'teks'"),
        ("aturan/galat_whatsapp.yml", "errors:", "galat:", "'errors' belum ditulis"),
        ("aturan/tahap_paspor.yml", "setelah: [paid]}", "setelah: [paied]}", "'paied' tidak ada"),
        ("aturan/tahap_paspor.yml", "    langkah: langkah_mpaspor\n", "", "belum punya 'langkah'"),
        ("kamus/sapaan.yml", "sapaan:", "spaan:", "'sapaan' belum ditulis"),
    ],
)
def test_a_slip_is_told_with_its_place(
    project: Path, name: str, old: str, new: str, words: str
) -> None:
    content = (project / name).read_text("utf-8")
    assert old in content
    (project / name).write_text(content.replace(old, new, 1), "utf-8")
    lines = found(project)
    assert any(line.startswith(f"{name}:") and words in line for line in lines), lines


def test_a_broken_template_is_told_in_indonesian(project: Path) -> None:
    path = project / "kalimat/templat.yml"
    path.write_text(path.read_text("utf-8") + "\ncoba:\n  isi: Halo\n", "utf-8")
    (line,) = found(project)
    assert line.startswith("kalimat/templat.yml:")
    assert "wajib diisi" in line
