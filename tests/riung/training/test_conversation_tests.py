"""Conversation tests: a failure is a dialogue with the difference; what they name has to exist."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from riung.clock import WIB, now
from riung.simulator.recording import as_test
from riung.training.check import problems
from riung.training.conversation_files import ConversationFile, conversations, missing
from riung.training.conversation_tests import lines_of, play
from riung.validation import read_as
from riung.whatsapp.bubble import Bubble, Choice

ASK = ("warga", "berapa biayanya?")


@dataclass
class Echo:
    """A talk in which everything is answered alike."""

    answer: str = "Biaya paspor:\nRp650.000 untuk 5 tahun"
    bubbles: list[Bubble] = field(default_factory=list)

    async def say(self, text: str) -> str:
        self.bubbles.append(Bubble(self.answer, (Choice("Syarat", "/syarat"),)))
        return self.answer

    async def tap(self, title: str) -> str:
        return await self.say(title)

    @property
    def last(self) -> Bubble:
        return self.bubbles[-1]


def test_any_words_may_stand_at_the_dots() -> None:
    assert missing("Biaya: Rp650.000, 5 tahun", "Biaya…Rp650.000…") == []
    assert missing("Biaya: Rp650.000, 5 tahun", "Biaya...Rp650.000...") == []
    assert missing("Biaya: Rp650.000, 5 tahun", "…Rp350.000…") == ["Rp350.000"]


async def test_a_conversation_as_written_has_no_failure() -> None:
    played = await play(Echo(), [ASK, ("bot", "…Rp650.000…"), ("ketuk", "Syarat"), ("bot", "…Rp…")])

    assert not played.failed


async def test_a_failure_is_shown_as_a_dialogue_with_the_difference() -> None:
    played = await play(Echo(), [ASK, ("bot", "…Rp350.000 untuk 5 tahun…")])

    assert played.shown() == (
        "  warga: berapa biayanya?\n"
        "  bot  : Biaya paspor:\n         Rp650.000 untuk 5 tahun\n"
        '  ----> seharusnya ada "Rp350.000 untuk 5 tahun"; '
        'yang mirip: "Rp650.000 untuk 5 tahun"'
    )


async def test_a_button_that_is_not_there_is_a_failure_that_names_those_that_are() -> None:
    played = await play(Echo(), [ASK, ("ketuk", "Sarat"), ("bot", "…")])

    assert played.failed
    assert "(tombol yang ada: Syarat)" in played.shown()


def test_what_is_recorded_can_be_read_and_has_no_number_of_a_ticket(tmp_path: Path) -> None:
    said = [ASK, ("bot", "Tiket *K7QF3A*\nBawa KTP."), ("ketuk", "Syarat"), ("bot", "Baik")]
    path = tmp_path / "rekaman.yml"
    path.write_text(as_test("Warga: bertanya", "bandung", now().astimezone(WIB), said), "utf-8")

    one = read_as(path, ConversationFile).conversations[0]

    assert lines_of(one) == [ASK, ("bot", "Tiket *…*\nBawa KTP."), *said[2:]]
    assert one.name == "Warga: bertanya"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("  - warga: makasih", "  - wraga: makasih", "satu baris satu pembicara"),
        ("kantor: bandung", "kantor: bandnug", "barangkali maksudnya 'bandung'"),
        ("tahap: printing", "tahap: prinitng", "barangkali maksudnya 'printing'"),
        ("jalur: m_paspor", "jalur: m_pasor", "barangkali maksudnya 'm_paspor'"),
        ("waktu: 2026-11-20T10:00:00+07:00", "waktu: besok", "harus tanggal dan jam"),
    ],
)
def test_a_slip_in_a_conversation_test_is_told(
    project: Path, old: str, new: str, words: str
) -> None:
    path = project / "tests/percakapan/status.yml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")

    line = next(n for n, one in enumerate(path.read_text("utf-8").splitlines(), 1) if new in one)
    assert [one for one in problems(project) if f"{path}:{line}: " in one and words in one]


def test_each_conversation_knows_its_line(project: Path) -> None:
    found = list(conversations(project / "tests/percakapan/status.yml"))

    assert [line for line, _ in found] == [4, 14]
