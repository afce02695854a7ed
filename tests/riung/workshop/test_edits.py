"""The draft's files are changed by lines: comments, order and quotes stay a trainer's own."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from riung.workshop.edits import (
    add_examples,
    add_reviewed,
    change,
    one_line,
    patch,
    topic_of,
    with_entry,
    with_example,
)
from riung.workshop.reviewed import reviewed
from riung.yaml_files import YamlError, read_yaml

NLU = """# Jam buka dan alamat.
version: "3.1"

nlu:
  - intent: jam_layanan   # paling sering
    examples: |
      - buka jam berapa
      - "sabtu" buka ga

  # Alamat.
  - intent: lokasi_kantor
    examples: |
      - di mana kantornya
"""


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    folder = tmp_path / "kerja"
    (folder / "data/kantor").mkdir(parents=True)
    (folder / "data/kantor/nlu.yml").write_text(NLU, "utf-8")
    return folder


def test_an_example_goes_to_the_end_of_its_intent_and_nothing_else_changes() -> None:
    after = with_example(NLU, "jam_layanan", "minggu buka tidak")

    added = [line for line in after.splitlines() if line not in NLU.splitlines()]
    assert added == ["      - minggu buka tidak"]
    assert after.replace("      - minggu buka tidak\n", "") == NLU
    assert after.index("minggu buka") < after.index("# Alamat.")


def test_the_last_intent_of_a_file_takes_one_too() -> None:
    assert with_example(NLU, "lokasi_kantor", "sebelah mana").endswith(
        "      - di mana kantornya\n      - sebelah mana\n"
    )


def test_an_intent_that_the_file_lacks_gets_a_block() -> None:
    assert with_example(NLU, "kontak", "nomornya berapa").endswith(
        "  - intent: kontak\n    examples: |\n      - nomornya berapa\n"
    )


def test_each_writer_has_a_file_of_the_month(draft: Path) -> None:
    path = add_examples(topic_of(draft, "jam_layanan"), "jam_layanan", ["jumat gimana"], "Sari A.")

    assert path.name.startswith("nlu_20")
    assert path.name.endswith("_saria.yml")
    assert read_yaml(path)["nlu"][0]["intent"] == "jam_layanan"
    assert (draft / "data/kantor/nlu.yml").read_text("utf-8") == NLU


def test_what_rasa_would_read_as_an_entity_is_words() -> None:
    assert one_line("paspor [anak](jenis)\n {x}") == "paspor (anak)(jenis) (x)"


def test_a_reviewed_message_keeps_its_latest_meaning(draft: Path) -> None:
    add_reviewed(draft, 'kata "aneh": # apa', "kontak")
    add_reviewed(draft, 'kata "aneh": # apa', "jam_layanan")

    assert reviewed(draft) == {'kata "aneh": # apa': "jam_layanan"}


def test_an_entry_stands_at_the_end_of_its_block() -> None:
    text = "intents:\n  # percakapan\n  - salam  # halo\n\nentities:\n  - tempat\n"

    assert with_entry(text, "intents", ["- baru"]) == (
        "intents:\n  # percakapan\n  - salam  # halo\n  - baru\n\nentities:\n  - tempat\n"
    )


def test_a_list_at_the_margin_is_a_block_too() -> None:
    text = "rules:\n- rule: satu\n  steps: []\n"

    assert with_entry(text, "rules", ["- rule: dua"]).endswith("  steps: []\n- rule: dua\n")


def test_what_would_be_no_yaml_leaves_the_file_as_it_was(draft: Path) -> None:
    path = draft / "data/kantor/nlu.yml"

    with pytest.raises(YamlError):
        change(path, lambda text: text + "  - [rusak\n")

    assert path.read_text("utf-8") == NLU
    assert [one.name for one in path.parent.iterdir()] == ["nlu.yml"]


def test_git_takes_the_patch(draft: Path, tmp_path: Path) -> None:
    live = tmp_path / "live"
    (live / "data/kantor").mkdir(parents=True)
    (live / "data/kantor/nlu.yml").write_text(NLU, "utf-8")
    add_examples(draft / "data/kantor", "jam_layanan", ["jumat gimana"], "sari")
    add_reviewed(draft, "jumat gimana", "jam_layanan")
    change(draft / "data/kantor/nlu.yml", lambda text: with_example(text, "jam_layanan", "pagi"))

    subprocess.run(["git", "apply", "-"], cwd=live, input=patch(draft, live), text=True, check=True)

    names = ("data/kantor/nlu.yml", "ulasan/pesan.yml")
    assert all((live / name).read_text() == (draft / name).read_text() for name in names)
    assert patch(draft, live) == ""
