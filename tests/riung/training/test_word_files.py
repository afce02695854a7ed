"""Broken files of words: each is one plain line with file and line, and nothing breaks."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from riung.office.offices import offices
from riung.settings import ROOT
from riung.training import word_files
from riung.yaml_files import read_yaml


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of Riung's own files."""
    for name in word_files.SHAPES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def found(root: Path) -> list[str]:
    """What is said, with names relative to the project; every line has its place."""
    unreadable = [str(problem) for problem in word_files.broken(root)]
    intents = {str(intent) for intent in read_yaml(ROOT / "domain.yml")["intents"]}
    said = unreadable or list(map(str, word_files.mistakes(root, intents, offices().values())))
    lines = [line.removeprefix(f"{root}/") for line in said]
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
        (
            "kalimat/meja.yml",
            "{kantor.nama_singkat}, saya",
            "{kantor.nma}, saya",
            "{kantor.nma} belum",
        ),
        ("kalimat/meja.yml", "saya {petugas}", "saya {nama}", "{nama} tidak dikenal"),
        (
            "kalimat/saluran.yml",
            "silakan_pilih:",
            "silahkan_pilih:",
            "'silahkan_pilih' tidak dikenal",
        ),
        ("aturan/galat_whatsapp.yml", "errors:", "galat:", "'errors' belum ditulis"),
        ("aturan/tiket.yml", "complaint: 5", "complaint: lima", "angka bulat"),
        ("aturan/simpan.yml", "percakapan: 180", "percakapan: lama", "angka bulat"),
        ("aturan/tahap_paspor.yml", "setelah: [paid]}", "setelah: [paied]}", "'paied' tidak ada"),
        ("aturan/tahap_paspor.yml", "    langkah: langkah_mpaspor\n", "", "belum punya 'langkah'"),
        ("kalimat/frasa.yml", "tutup: {id: tutup", "tutup: {in: tutup", "belum punya kalimat"),
        ("kalimat/frasa.yml", '"dibuka {waktu}"', '"dibuka {waktu"', "tidak berpasangan"),
        ("kalimat/frasa.yml", '"opens {waktu}"', '"opens {time}"', "{time} tidak ada"),
        ("kamus/jawaban.yml", "setuju: [", "setju: [", "'setju' tidak ada di domain.yml"),
        ("kamus/jawaban.yml", "tolak: [", "tolak: [ya, ", "'ya' juga ada di setuju"),
        (
            "kalimat/label_intent.yml",
            "menu: Menu",
            "menu: Menu utama yang sangat panjang",
            "20 huruf",
        ),
        ("kalimat/label_intent.yml", "  menu: Menu", "  mneu: Menu", "'mneu' tidak ada"),
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
