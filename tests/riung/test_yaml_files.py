"""Reading what people edit: every mistake is one Indonesian line with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from riung.settings import ROOT
from riung.yaml_files import YamlError, line_of, merge, read_yaml


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "contoh.yml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ("a: 1\nb: [1\n", 2, "YAML rusak di sini; kurung"),
        ('a: 1\nb: "x\nc: "y"\nd: 2\n', 2, "tanda kutip belum ditutup"),
        ("a: 1\nb: Alamat: Jl. Asia\n", 2, "titik dua di dalam kalimatnya"),
        ("a: 'Jum'at'\nb: 1\n", 1, "tanda kutip"),
        ("a: @riung\n", 1, "harus dalam tanda kutip"),
        ("a: 1\na: 2\n", 2, "sudah ada"),
        ("a:\n\tb: 1\n", 2, "tab"),
        ("a: 'x\n", 1, "YAML rusak"),
        ("a: *b\n", 1, "YAML rusak di sini; '*' menunjuk"),
        ("- 1\n---\n- 2\n", 2, "satu berkas satu isi"),
        ("", 1, "kunci: nilai"),
        ("hanya kata\n", 1, "kunci: nilai"),
        ("a: 1\nb: \x00\n", 2, "tidak terlihat"),
        (b"a: 1\nb: \xff\xfe\n", 2, "UTF-8"),
        ("a: 1\n".encode("utf-16"), 1, "Save with Encoding"),
        (b"PK\x03\x04\xff\xfe", 1, "dokumen Word"),
        ("# hanya catatan\n", 1, "kosong"),
        ("a:\n\u00a0\u00a0b: 1\n  c: 1\n", 2, "bukan spasi biasa"),
        ("a: 1\nlibur: 2026-02-31\n", 2, "2026-02-31"),
    ],
)
def test_a_mistake_is_told_with_its_line(
    tmp_path: Path, content: str | bytes, line: int, words: str
) -> None:
    path = written(tmp_path, content)

    with pytest.raises(YamlError) as error:
        read_yaml(path)

    assert str(error.value).startswith(f"{path}:{line}: ")
    assert words in error.value.message
    assert "\n" not in error.value.message


def test_a_missing_file_is_told_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(YamlError, match=r"tidak-ada\.yml:1:"):
        read_yaml(tmp_path / "tidak-ada.yml")


def test_a_variable_is_left_as_it_stands_also_where_rasa_is_loaded(tmp_path: Path) -> None:
    import rasa.shared.utils.io  # lets every reader of YAML look for variables

    assert rasa.shared.utils.io
    assert read_yaml(written(tmp_path, "a: http://x:${TIDAK_ADA}/\n")) == {
        "a": "http://x:${TIDAK_ADA}/"
    }


@pytest.mark.parametrize("name", ["contoh.yml.txt", "contoh.yaml", "contoh.yml.yml"])
def test_a_file_under_another_name_is_found(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("a: 1\n", "utf-8")

    with pytest.raises(YamlError, match=f"ganti nama {name} menjadi contoh.yml"):
        read_yaml(tmp_path / "contoh.yml")


def test_a_folder_in_a_files_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "contoh.yml").mkdir()

    with pytest.raises(YamlError, match="ini folder, bukan berkas"):
        read_yaml(tmp_path / "contoh.yml")


@pytest.mark.parametrize("content", [b"\xef\xbb\xbfa: 1\nb: 2\n", b"a: 1\r\nb: 2\r\n"])
def test_what_windows_adds_is_no_mistake(tmp_path: Path, content: bytes) -> None:
    assert read_yaml(written(tmp_path, content)) == {"a": 1, "b": 2}


def test_a_file_of_the_checkout_is_named_as_the_trainer_sees_it() -> None:
    error = YamlError(ROOT / "offices" / "bandung.yml", 3, "contoh")

    assert str(error) == "offices/bandung.yml:3: contoh"


def test_a_mapping_and_a_list_are_read(tmp_path: Path) -> None:
    assert read_yaml(written(tmp_path, "a: {b: [1, dua]}\n")) == {"a": {"b": [1, "dua"]}}
    assert read_yaml(written(tmp_path, "- a\n- b\n")) == ["a", "b"]


@pytest.mark.parametrize(
    ("location", "line"),
    [
        (("a",), 1),
        (("a", "c"), 3),
        (("daftar", 1), 6),
        (("daftar", 1, "nama"), 6),
        (("a", "tidak", "ada"), 1),
        (("daftar", 9), 4),
        ((), 1),
    ],
)
def test_the_line_of_a_part(tmp_path: Path, location: tuple[str | int, ...], line: int) -> None:
    content = read_yaml(written(tmp_path, "a:\n  b: 1\n  c: 2\ndaftar:\n- satu\n- nama: dua\n"))

    assert line_of(content, location) == line


def test_mappings_are_merged_and_lists_replaced() -> None:
    base = {"a": {"b": 1, "c": 2}, "daftar": [1, 2]}

    assert merge(base, {"a": {"c": 3}, "daftar": [9]}) == {"a": {"b": 1, "c": 3}, "daftar": [9]}
