"""Somebody who writes at random: digits, words of all topics, forms, old buttons, silence."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from random import Random

from tests.actions.makers import nik
from tests.paths import ROOT
from tests.talks.talk import Talk

STEPS_OF_FORMS = (
    *("daftar antrean mpp batang", "daftarkan istri saya juga", "Siti Aminah", "nama saya Budi"),
    *(
        "eh salah namanya, Rahmat",
        "hari selasa",
        "ya",
        "tidak",
        "ya sudah benar",
        "ulangi",
        "lanjut",
    ),
    *(
        "mau lapor pungli",
        "petugas loket 3 minta uang 200 ribu kemarin pagi",
        "tanpa nama",
        "boleh",
    ),
    *("beri penilaian", "5", "lanjutkan isian", "antrean saya", "batalkan antrean", "ubah jadwal"),
    *("cek pengaduan saya", "gak jadi nunggu", "1179 0000 0000 1208", "kabari saya", "stop kabar"),
    *("terus biayanya?", "kalau anak?", "kalau lusa?", "bukan itu", "syaratnya?", "oke", "makasih"),
    *("english", "bahasa indonesia", "how much is it?", "petugas", "menu", "batal", "p", "halo"),
    *("hapus data saya", "data apa yang disimpan", "xyzzy qwop", "…", "👍", "#", "/menu", "{x}"),
)
FILES = (("image", "image/jpeg"), ("voice", "audio/ogg"), ("document", "application/pdf"))

_EXAMPLE = re.compile(r"^      - (.+)$", re.MULTILINE)
_MARKED = re.compile(r"\[([^]]+)\](?:\([^)]*\)|\{[^}]*\})")


def words_of_all_topics() -> list[str]:
    """Every example that trainers have written, as plain words."""
    pages = sorted((ROOT / "data").glob("*/nlu*.yml"))
    found = (one for page in pages for one in _EXAMPLE.findall(page.read_text("utf-8")))
    return [_MARKED.sub(r"\1", one).strip("'\"") for one in found]


@dataclass
class Wanderer:
    """A citizen without a plan. `niks` are the numbers that no store may hold."""

    talk: Talk
    random: Random
    words: list[str]
    niks: set[str] = field(default_factory=set)
    done: list[str] = field(default_factory=list)
    """What was done, for the report of a failure."""

    async def step(self) -> None:
        """Do one thing."""
        ways = (self._digit, self._word, self._form, self._tap, self._file, self._nik, self._wait)
        await self.random.choices(ways, weights=(25, 30, 30, 20, 5, 6, 2))[0]()

    async def say(self, text: str) -> str:
        """Write something certain."""
        self.done.append(text)
        return await self.talk.say(text)

    async def _digit(self) -> None:
        await self.say(self.random.choice([*"0123456789", "12", "77", "1️⃣", "nomor dua"]))

    async def _word(self) -> None:
        await self.say(self.random.choice(self.words))

    async def _form(self) -> None:
        await self.say(self.random.choice(STEPS_OF_FORMS))

    async def _nik(self) -> None:
        number = nik(self.random.randrange(500, 9000))
        self.niks.add(number)
        await self.say(
            self.random.choice([number, f"nik saya {number}", f"{number[:6]} {number[6:]}"])
        )

    async def _tap(self) -> None:
        shown = [choice for bubble in self.talk.bubbles for choice in bubble.choices]
        if not shown:
            await self._digit()
            return
        choice = self.random.choice([*shown, *self.talk.last.choices * 5])
        self.done.append(f"tap {choice.payload}")
        await self.talk.say(choice.payload, title=choice.title)

    async def _file(self) -> None:
        kind, mime = self.random.choice(FILES)
        self.done.append(f"send {kind}")
        await self.talk.send_media(self.random.choice(["", "ini ktp saya"]), kind, mime)

    async def _wait(self) -> None:
        self.done.append("silence")
        await self.talk.be_silent()
