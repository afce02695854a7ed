import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from riung.training import evaluate
from riung.training.nlu_batches import own_examples
from riung.training.nlu_crossval import folds
from riung.training.nlu_released import changes, write_released
from riung.training.nlu_report import Report, changes_table, table, write
from riung.training.nlu_runs import Answer, Example, Run, real_examples
from riung.training.nlu_scores import by_intent, calibration_error, risk_and_coverage, score
from tests.paths import ROOT

TANGGAL = ("tanggal", 0, 5)


def answer(
    meant: str,
    understood: str,
    also: frozenset[str] = frozenset(),
    kind: str = "",
    guess: str = "",
    expected: frozenset[tuple[str, int, int]] = frozenset(),
    found: frozenset[tuple[str, int, int]] = frozenset(),
    confidence: float = 0.9,
    offered: tuple[str, ...] = (),
) -> Answer:
    example = Example("besok", meant, also, expected, kind)
    return Answer(example, understood, guess or understood, confidence, found, offered)


def test_answers_are_right_wrong_or_asked_back() -> None:
    scores = score(
        [
            answer("salam", "salam"),
            answer("salam", "menu", also=frozenset({"menu"})),
            answer("salam", "biaya_paspor"),
            answer("salam", "nlu_fallback", guess="salam"),
        ]
    )

    assert (scores.right, scores.wrong, scores.asked) == (0.5, 0.25, 0.25)
    assert scores.precision == pytest.approx(2 / 3)
    assert scores.guessed == 0.75


def test_asking_back_is_a_miss_for_macro_f1() -> None:
    scores = score([answer("salam", "salam"), answer("menu", "nlu_fallback")])

    assert scores.macro_f1 == 0.5


def test_a_citizen_is_helped_by_the_right_answer_or_the_right_offer() -> None:
    scores = score(
        [
            answer("salam", "salam"),
            answer("menu", "nlu_fallback", offered=("salam", "menu")),
            answer("menu", "nlu_fallback", offered=("salam",)),
            answer("menu", "salam", offered=("menu",)),
        ]
    )

    assert scores.helped == 0.5


def test_confidences_that_say_too_much_are_an_error_of_calibration() -> None:
    sure = [answer("salam", "salam", confidence=0.8) for _ in range(4)]
    wrong = [answer("menu", "salam", confidence=0.8)]

    assert calibration_error(sure + wrong) == pytest.approx(0)
    assert calibration_error(wrong) == pytest.approx(0.8)


def test_risk_grows_with_what_is_answered_less_surely() -> None:
    curve = risk_and_coverage(
        [answer("menu", "salam", confidence=0.2), answer("salam", "salam", confidence=0.9)]
    )

    assert curve == [(0.5, 0.0), (1.0, 0.5)]


def test_each_intent_is_told_apart_the_most_frequent_first() -> None:
    found = by_intent([answer("menu", "menu"), answer("salam", "menu"), answer("salam", "salam")])

    assert [(entry.intent, entry.messages, entry.right) for entry in found] == [
        ("salam", 2, 0.5),
        ("menu", 1, 1.0),
    ]


def test_what_changed_since_the_released_model_is_told_by_place(tmp_path: Path) -> None:
    file, released = tmp_path / "real.jsonl", tmp_path / "released.json"
    file.write_text("{}\n{}\n{}\n", "utf-8")
    old = [answer("salam", "menu"), answer("menu", "menu"), answer("menu", "menu")]
    new = [answer("salam", "salam"), answer("menu", "menu"), answer("menu", "nlu_fallback")]
    write_released(released, {file: old}, date(2026, 11, 27))

    changed = changes(released, file, new)

    assert changed is not None
    assert [(change.place, change.gain) for change in changed] == [(1, 1), (3, -1)]
    assert "1 better, 1 worse, 0 as wrong" in changes_table(changed)
    assert "besok" not in released.read_text("utf-8")


def test_a_file_that_the_released_model_did_not_see_is_not_compared(tmp_path: Path) -> None:
    file, released = tmp_path / "real.jsonl", tmp_path / "released.json"
    file.write_text("{}\n", "utf-8")
    write_released(released, {file: [answer("salam", "menu")]}, date(2026, 11, 27))
    file.write_text("{}\n{}\n", "utf-8")

    assert changes(released, file, [answer("salam", "salam")]) is None


def test_a_batch_is_a_writer_and_a_month_and_older_files_are_parted(tmp_path: Path) -> None:
    folder = tmp_path / "umum"
    folder.mkdir()
    lines = "".join(f"    - halo {number}\n" for number in range(8))
    block = f"version: '3.1'\nnlu:\n- intent: salam\n  examples: |\n{lines}"
    (folder / "nlu.yml").write_text(block, "utf-8")
    (folder / "nlu_2026_11_sari.yml").write_text(block.replace("halo", "hai"), "utf-8")

    batches = Counter(example.batch for example in own_examples(tmp_path))

    assert batches == {"sari 2026-11": 8, **{f"earlier {number}": 2 for number in range(1, 5)}}


def test_out_of_scope_is_recognised_or_at_least_asked_back() -> None:
    scores = score(
        [
            answer("di_luar_topik", "di_luar_topik"),
            answer("di_luar_topik", "nlu_fallback"),
            answer("di_luar_topik", "cara_bayar"),
            answer("salam", "salam"),
        ]
    )

    assert scores.out_of_scope == pytest.approx(1 / 3)
    assert scores.turned_away == pytest.approx(2 / 3)


def test_entities_count_with_exact_spans_and_our_own_are_left_out() -> None:
    scores = score(
        [
            answer(
                "cek_kuota", "cek_kuota", expected=frozenset({TANGGAL}), found=frozenset({TANGGAL})
            ),
            answer("cek_kuota", "cek_kuota", found=frozenset({("bahasa", 0, 5)})),
            answer("cek_kuota", "cek_kuota", expected=frozenset({("kantor", 0, 3)})),
        ]
    )

    assert scores.entity_f1 == pytest.approx(2 / 3)


def test_shares_that_have_no_message_are_left_open() -> None:
    scores = score([answer("salam", "salam")])

    assert scores.out_of_scope is None
    assert scores.entity_f1 is None


def test_real_messages_are_read_with_their_labels(tmp_path: Path) -> None:
    row = {
        "text": "besok buka?",
        "intent": "jam_layanan",
        "also": ["cek_kuota"],
        "entities": [{"entity": "tanggal", "value": "besok", "start": 0, "end": 5}],
        "kind": "chat",
    }
    file = tmp_path / "real.jsonl"
    file.write_text(json.dumps(row), "utf-8")

    assert real_examples(file) == [
        Example(
            "besok buka?", "jam_layanan", frozenset({"cek_kuota"}), frozenset({TANGGAL}), "chat"
        )
    ]


def test_the_report_has_table_pictures_and_no_message(tmp_path: Path) -> None:
    run = Run([answer("salam", "salam", kind="chat"), answer("menu", "salam", kind="nlu")], 2.5, 3)
    rows = [("ours", score(run.answers), run)]

    page = write(tmp_path, Report(["2 examples."], rows), run)

    assert "besok" not in page.read_text("utf-8")
    assert table(rows) in (tmp_path / "report.md").read_text("utf-8")
    assert "menu understood as salam: 1" in (tmp_path / "report.md").read_text("utf-8")
    for picture in ("confusion.png", "confidence.png", "risk.png"):
        assert picture in page.read_text("utf-8")
        assert (tmp_path / picture).read_bytes().startswith(b"\x89PNG")


def test_a_whole_evaluation_without_real_messages_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data" / "percakapan"
    data.mkdir(parents=True)
    (data / "nlu.yml").write_text(
        "version: '3.1'\nnlu:\n"
        "- intent: salam\n  examples: |\n    - halo\n    - hai\n    - pagi\n    - siang\n"
        "- intent: menu\n  examples: |\n    - lihat menu\n    - menu apa saja\n"
        "    - bantuan dong\n    - bisa apa\n"
        "- intent: biaya_paspor\n  examples: |\n    - berapa biaya\n    - harga paspor\n"
        "    - biaya paspor\n    - harganya\n",
        "utf-8",
    )
    monkeypatch.setattr(evaluate, "ROOT", tmp_path)
    out = tmp_path / "out"

    status = evaluate.main(["--real", str(tmp_path / "none.jsonl"), "--out", str(out)])

    assert status == 0
    printed = capsys.readouterr().out
    assert "12 training examples of 3 intents in 4 batches." in printed
    assert "none.jsonl; left out." in printed
    assert "Our examples, by batch" in printed
    assert (out / "report.html").exists()


def test_our_own_examples_cover_every_intent_that_reports_name() -> None:
    examples = own_examples(ROOT / "data")
    counts = Counter(example.intent for example in examples)

    assert len(counts) == 45
    assert min(counts.values()) >= 80
    assert len({example.text.casefold() for example in examples}) == len(examples)


def test_small_batches_are_left_out_together_and_large_ones_alone() -> None:
    sizes = {"ani": 1, "beni": 3, "cici": 5, "earlier 1": 18}
    examples = [
        Example("halo", "salam", batch=name) for name, size in sizes.items() for _ in range(size)
    ]

    assert folds(examples) == [{"ani", "beni"}, {"cici"}, {"earlier 1"}]
