"""`riung uji`: plays the conversations of `tests/percakapan/`; a failure is shown as a dialogue."""

from __future__ import annotations

import asyncio
import difflib
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from riung.backend.applications.transitions import Move, move
from riung.backend.db import Database
from riung.backend.quotas.routes import DayChange, set_day
from riung.clock import WIB, now
from riung.office.offices import default_office, find_place
from riung.office.offices import office as office_named
from riung.office.stages import stage_order
from riung.simulator.recording import as_test
from riung.training.backend_beside import environment_of, rehearsing
from riung.training.conversation_files import Conversation, conversations, missing
from riung.training.rehearsal import Helpdesk, Talk
from riung.yaml_files import YamlError

SPEAKERS = {"warga": "warga", "ketuk": "ketuk", "bot": "bot  "}


@dataclass
class Played:
    """What was said, and where the first answer differs from the written one."""

    said: list[tuple[str, str]] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """Whether an answer was not as written."""
        return bool(self.lacking)

    def shown(self) -> str:
        """The dialogue as it went, and the difference below its last answer."""
        lines = [f"  {SPEAKERS[who]}: {_indented(text)}" for who, text in self.said]
        for part in self.lacking:
            near = difflib.get_close_matches(part, self.said[-1][1].splitlines(), 1, 0.4)
            instead = f'; yang mirip: "{near[0]}"' if near else ""
            lines.append(f'  ----> seharusnya ada "{_indented(part)}"{instead}')
        return "\n".join(lines)


def _indented(text: str) -> str:
    return text.replace("\n", "\n         ")


async def play(talk: Talk, lines: Sequence[tuple[str, str]]) -> Played:
    """Say the lines until an answer is not as written.

    Args:
        talk: who speaks.
        lines: speaker (`warga`, `ketuk` or `bot`) and words; `…` stands for any words of an answer.
    """
    played, answer = Played(), ""
    for who, words in lines:
        if who == "bot":
            played.lacking = missing(answer, words)
        else:
            answer = await _said(talk, who, words, played)
        if played.failed:
            break
    return played


async def _said(talk: Talk, who: str, words: str, played: Played) -> str:
    titles = [choice.title for choice in talk.last.choices] if talk.bubbles else []
    played.said.append((who, words))
    if who == "ketuk" and words not in titles:
        played.said.append(("bot", f"(tombol yang ada: {', '.join(titles) or 'tidak ada'})"))
        played.lacking = [words]
        return ""
    answer = await (talk.tap(words) if who == "ketuk" else talk.say(words))
    played.said.append(("bot", answer))
    return answer


def lines_of(conversation: Conversation) -> list[tuple[str, str]]:
    """Speaker and words of each line."""
    return [
        (who, words)
        for line in conversation.lines
        for who, words in line.dict(by_alias=True).items()
        if words
    ]


def prepare(database: Database, conversation: Conversation) -> None:
    """Put what the conversation names into the office's data."""
    office = conversation.office or default_office().id
    with database.writing() as session:
        for one in conversation.applications:
            route = one.route or next(iter(stage_order().routes))
            there = Move(office=office, route=route, stage=one.stage, force=True)
            move(session, one.number.replace(" ", ""), there, now())
        for day in conversation.days:
            found = find_place(day.place)
            assert found
            change = DayChange.parse_obj(_change(day.capacity, day.closed))
            set_day(session, found[0].id, day.place, day.day, change)


def _change(capacity: int | None, closed: str) -> dict[str, object]:
    if closed:
        return {"closed": True, "reason": closed}
    return {} if capacity is None else {"capacity": capacity}


async def failures(paths: Sequence[Path]) -> list[str]:
    """Each conversation that does not go as written: file, line, name, and the dialogue.

    Raises:
        YamlError: a file cannot be read.
    """
    told: list[str] = []
    by_moment: dict[str, list[tuple[Path, int, Conversation]]] = {}
    for path in paths:
        for line, one in conversations(path):
            moment = one.moment.isoformat() if one.moment else ""
            by_moment.setdefault(moment, []).append((path, line, one))
    if by_moment:
        with tempfile.TemporaryDirectory() as folder, environment_of(Path(folder)):
            helpdesk = Helpdesk()  # once, as loading the model takes longer than all the talking
            for moment, tests in by_moment.items():
                told += await _at(moment, tests, helpdesk)
    return told


async def _at(
    moment: str, tests: Sequence[tuple[Path, int, Conversation]], helpdesk: Helpdesk
) -> list[str]:
    """The failures of the conversations that take place at one moment."""
    told: list[str] = []
    with tempfile.TemporaryDirectory() as folder, rehearsing(Path(folder), moment) as database:
        for path, line, one in tests:
            prepare(database, one)
            talk = Talk(helpdesk, one.office or default_office().id)
            played = await play(talk, lines_of(one))
            if played.failed:
                told.append(f"{YamlError(path, line, one.name)}\n{played.shown()}")
    return told


def run(paths: Sequence[Path]) -> int:
    """Play the files and print what does not go as written; how many that are.

    Raises:
        YamlError: a file cannot be read.
    """
    found = asyncio.run(failures(paths))
    count = sum(1 for path in paths for _ in conversations(path))
    print("\n\n".join(found))
    print(f"{len(found)} dari {count} tes percakapan tidak sesuai." if found else _all_well(count))
    return len(found)


def _all_well(count: int) -> str:
    return (
        f"{count} tes percakapan berjalan seperti tertulis."
        if count
        else "Belum ada tes percakapan."
    )


def record(name: str, office: str, folder: Path) -> Path | None:
    """Chat on the terminal and keep it as a test; the file, or None when nothing was said.

    Raises:
        YamlError: there is no such office.
    """
    chosen = office_named(office) if office else default_office()
    moment = now().astimezone(WIB)
    said = asyncio.run(_chat(chosen.id, moment.isoformat()))
    if not said:
        return None
    path = folder / f"{re.sub(r'[^a-z0-9]+', '_', name.casefold()).strip('_') or 'rekaman'}.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(as_test(name, chosen.id, moment, said), "utf-8")
    return path


async def _chat(office: str, moment: str) -> list[tuple[str, str]]:
    said: list[tuple[str, str]] = []
    with tempfile.TemporaryDirectory() as folder, rehearsing(Path(folder), moment):
        talk = Talk(Helpdesk(), office)
        print("Tulis sebagai warga; baris kosong mengakhiri.")
        while words := input("warga: ").strip():
            titles = [choice.title for choice in talk.last.choices] if talk.bubbles else []
            who = "ketuk" if words in titles else "warga"
            answer = await (talk.tap(words) if who == "ketuk" else talk.say(words))
            said += [(who, words), ("bot", answer)]
            buttons = ", ".join(choice.title for choice in talk.last.choices)
            print(f"bot:   {_indented(answer)}" + (f"\n       [{buttons}]" if buttons else ""))
    return said
