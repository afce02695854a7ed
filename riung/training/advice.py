"""What `make check` advises: nothing breaks by it, but somebody would rather know.

Each piece is one Indonesian line with its place, after what has to be mended; the check passes all
the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

from riung.nlu.situations import shown_in, situations
from riung.office.facts import fact_files, read_facts
from riung.privacy import looks_like_nik, mask
from riung.settings import ENGINE
from riung.training.check_examples import Example, examples
from riung.training.project import Project, read_project
from riung.validation import edited_file
from riung.yaml_files import YamlError, line_of, read_yaml

MOST_ALIKE = 0.6
"""Share of a block's examples that may differ in one word only: more teach just that word."""

ENOUGH_TO_JUDGE = 8
"""Examples that a block must have before it is called uniform."""

A_FEW = 40
"""Examples of an intent that has just been thought of."""

LONG_OVER = 31
"""Days after which a closed day is of no use to anybody."""

COMPOSED = tuple(
    f"utter_{kind}_"
    for kind in (
        *("aduan", "antrean", "ask", "keadaan", "mati", "mengapa", "pendamping", "pilihan"),
        *("pertanyaan_lain", "rincian", "tidak_paham"),
    )
)
COMPOSED_ENDS = ("_juga", "_lagi", "_tertutup")
"""How names begin or end that programs put together; such an answer stands nowhere in full."""

TEXTS = (
    ("data", "*.yml"),
    ("aturan", "*.yml"),
    ("kalimat", "*.yml"),
    ("kamus", "*.yml"),
    ("offices", "*.yml"),
    ("actions", "*.py"),
    ("riung", "*.py"),
)
"""Where an answer can be named: by the assistant, and by the programs."""

_DIGIT = re.compile(r"\d")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[ .\-]{1,3}(?=\d)")
_LONG_NUMBER = re.compile(r"(?<!\d)\d{16}(?!\d)")
_NAME = re.compile(r"\butter_\w+")
_LANGUAGE = re.compile(r"_en$")


def advice(root: Path, today: date) -> list[str]:
    """Every piece of advice, by file and line; of files that the check has passed."""
    project, _ = read_project(root)
    found = [piece for part in PARTS for piece in part(project)]
    found += [*old_facts(project, today), *past_closures(project, today)]
    return sorted({str(piece) for piece in found})


def same_words(project: Project) -> Iterator[YamlError]:
    """Examples of two intents that are the same once shorthand is written out."""
    written_out = partial(_written_out, _shorthand(project.root))
    first: dict[str, Example] = {}
    for example in examples(project):
        words = written_out(example.text)
        other = first.setdefault(words, example)
        if words and other.intent != example.intent and other.text != example.text:
            place = f"{other.mistake('').shown}:{other.line}"
            yield example.mistake(
                f"'{example.text[:60]}' sama dengan contoh {other.intent} ({place}) setelah "
                "singkatan ditulis penuh; sebaiknya pilih satu maksud"
            )


def uniform_examples(project: Project) -> Iterator[YamlError]:
    """Blocks whose examples mostly differ in one word."""
    blocks: dict[tuple[Path, int], list[Example]] = {}
    for example in examples(project):
        blocks.setdefault((example.path, example.block), []).append(example)
    for block in blocks.values():
        most = max(
            Counter(frame for one in block for frame in _frames(one.text)).values(), default=0
        )
        if len(block) >= ENOUGH_TO_JUDGE and most > MOST_ALIKE * len(block):
            yield block[0].mistake_of_intent(
                f"{most} dari {len(block)} contoh '{block[0].intent}' hanya beda satu kata; "
                "sebaiknya tulis seperti warga yang berbeda-beda bertanya"
            )


def personal_numbers(project: Project) -> Iterator[YamlError]:
    """Examples with somebody's NIK or telephone number."""
    for example in examples(project):
        if not _DIGIT.search(example.text):
            continue
        named = "NIK" if _has_nik(example.text) else "nomor HP" if _has_phone(example.text) else ""
        if named:
            yield example.mistake(f"contoh ini memuat {named}; sebaiknya hapus angkanya")


def unused_answers(project: Project) -> Iterator[YamlError]:
    """Answers that no rule, story, menu, file or program names."""
    named = Counter(name for text in _texts(project.root) for name in _NAME.findall(text))
    for name, (path, content) in project.responses.items():
        base = _LANGUAGE.sub("", name)
        told = named[name] + (named[base] if base != name else 0)
        composed = base.startswith(COMPOSED) or base.removeprefix("utter_") in project.intents
        if told <= 1 and not composed and not base.endswith(COMPOSED_ENDS):
            line = line_of(content, ("responses", name))
            yield YamlError(path, line, f"'{name}' tidak dipakai di mana pun; sebaiknya hapus")


def untranslated_answers(project: Project) -> Iterator[YamlError]:
    """Answers without their English: who writes English reads Indonesian then."""
    for name, (path, content) in project.responses.items():
        if not _LANGUAGE.search(name) and f"{name}_en" not in project.responses:
            line = line_of(content, ("responses", name))
            yield YamlError(path, line, f"'{name}' belum ada Inggrisnya; sebaiknya tulis {name}_en")


def useless_shorthand(project: Project) -> Iterator[YamlError]:
    """Shorthand for a word that nothing may rewrite: it never has an effect."""
    path = edited_file("kamus/singkatan.yml", project.root)
    groups = read_yaml(edited_file("kamus/dilindungi.yml", project.root))
    protected = {word: group for group, words in groups.items() for word in words}
    for group, entries in read_yaml(path).items():
        for short in entries:
            if short in protected:
                yield YamlError(
                    path,
                    line_of(read_yaml(path), (group, short)),
                    f"'{short}' dilindungi (kamus/dilindungi.yml: {protected[short]}), jadi baris "
                    "ini tidak berpengaruh; sebaiknya hapus salah satu",
                )


def old_facts(project: Project, today: date) -> Iterator[YamlError]:
    """Files with facts past the limit of every office; `make facts` lists them one by one."""
    limit = max((office.umur_fakta_bulan for office in project.offices.values()), default=0)
    for path in fact_files(project.root):
        old = [name for name, fact in read_facts(path).items() if fact.age(today) > limit > 0]
        if old:
            words = (
                f"{len(old)} fakta berkas ini lebih tua dari {limit} bulan, mulai dari '{old[0]}'; "
                "sebaiknya cek sumbernya (`make facts` menyebut semuanya)"
            )
            yield YamlError(path, line_of(read_yaml(path), (old[0],)), words)


def past_closures(project: Project, today: date) -> Iterator[YamlError]:
    """Days an office was closed on that are long over."""
    for office in project.offices.values():
        content = read_yaml(project.office_file(office.id))
        for place, closure in enumerate(office.libur):
            if (today - closure.tanggal).days > LONG_OVER:
                words = f"libur {closure.tanggal} sudah lama lewat"
                line = line_of(content, ("libur", place))
                yield YamlError(content.path, line, f"{words}; sebaiknya hapus, atau cek tahunnya")


def shadowed_intents(project: Project) -> Iterator[YamlError]:
    """New intents whose examples are mostly answered by a situation: nobody would read theirs."""
    written_out, known = partial(_written_out, _shorthand(project.root)), situations()
    of_intent: dict[str, list[Example]] = {}
    for example in examples(project):
        of_intent.setdefault(example.intent, []).append(example)
    for intent, all_examples in of_intent.items():
        if len(all_examples) > A_FEW or intent in known.except_for:
            continue
        shown = Counter(
            name
            for example in all_examples
            for name, conditions in shown_in(written_out(example.text))
            if any(not one.after for one in conditions)
            and intent not in known.by_name[name].meant_by
        )
        for name, count in shown.most_common(1):
            if count * 2 >= len(all_examples):
                words = f"{count} dari {len(all_examples)} contoh '{intent}' dijawab '{name}'"
                hint = (
                    "(kamus/keadaan.yml, kamus/pertanyaan.yml); sebaiknya ubah jawabannya di sana"
                )
                yield all_examples[0].mistake_of_intent(f"{words} {hint}")


def idle_queues(project: Project) -> Iterator[YamlError]:
    """Places that are booked by chat at an office that has switched booking off."""
    for office in project.offices.values():
        content = read_yaml(project.office_file(office.id))
        for number, place in enumerate(office.tempat):
            if place.pendaftaran == "whatsapp" and not office.modul.whatsapp_queue:
                words = (
                    f"'{place.nama}' tidak bisa didaftar lewat chat: modul antrean_whatsapp mati"
                )
                line = line_of(content, ("tempat", number, "pendaftaran"))
                yield YamlError(content.path, line, f"{words}; sebaiknya samakan keduanya")


PARTS: tuple[Callable[[Project], Iterator[YamlError]], ...] = (
    same_words,
    uniform_examples,
    personal_numbers,
    unused_answers,
    untranslated_answers,
    useless_shorthand,
    idle_queues,
    shadowed_intents,
)


def _shorthand(root: Path) -> dict[str, str]:
    groups = read_yaml(edited_file("kamus/singkatan.yml", root)).values()
    return {short: full for group in groups for short, full in group.items()}


def _written_out(shorthand: dict[str, str], text: str) -> str:
    return " ".join(shorthand.get(word, word) for word in re.findall(r"\w+", text))


def _frames(text: str) -> set[str]:
    """The text with each of its words left out in turn."""
    words = text.split()
    return {" ".join([*words[:at], "…", *words[at + 1 :]]) for at in range(len(words))}


def _has_nik(text: str) -> bool:
    together = _BETWEEN_DIGITS.sub("", text)
    return any(map(looks_like_nik, _LONG_NUMBER.findall(together)))


def _has_phone(text: str) -> bool:
    return "…" in mask(text.replace("…", ""))


def _texts(root: Path) -> Iterator[str]:
    for folder, pattern in TEXTS:
        for path in sorted(((ENGINE if pattern == "*.py" else root) / folder).rglob(pattern)):
            yield path.read_text("utf-8")
    yield from (path.read_text("utf-8") for path in root.glob("own_actions.py"))
