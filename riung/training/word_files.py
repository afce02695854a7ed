"""What the files of words ask of the rest of the project: intents, answers, an office's values."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from riung import clock
from riung.desk.canned_replies import OFFICE, Replies, read_replies
from riung.dialogue.claims import read_claims
from riung.dialogue.companion import Companion
from riung.dialogue.follow_up_table import read_follow_ups
from riung.dialogue.helpfulness import Helpfulness
from riung.dialogue.wording import WayBack
from riung.intents import read_intents
from riung.localized import LANGUAGES, placeholders
from riung.nlu.situations import read_situations
from riung.nlu.vocabulary import ServiceShortcuts, Shortcuts
from riung.office.model import Office
from riung.office.modules import read_module_rules
from riung.office.national_holidays import missing_years
from riung.training import word_lists
from riung.training.check_answers import command_problems, not_filled, target_problems
from riung.training.project import Project
from riung.validation import Location, edited_file, nearest, read_as, unknown
from riung.whatsapp.templates import read_templates
from riung.yaml_files import YamlError, line_of, read_yaml


def mistakes(project: Project) -> Iterator[YamlError]:
    """What does not fit the rest of the project, in files that are readable."""
    root, intents = project.root, project.intents
    yield from _intents(edited_file("kalimat/label_intent.yml", root), intents)
    for name in ("jawaban", "jawaban_layanan"):
        yield from _intents(edited_file(f"kamus/{name}.yml", root), intents)
    yield from _said_twice(root)
    yield from _replies(edited_file("kalimat/meja.yml", root), list(project.offices.values()))
    yield from _buttons(project, edited_file("kalimat/meja.yml", root))
    yield from _templates(project, edited_file("kalimat/templat.yml", root))
    files = [edited_file(f"kamus/{name}.yml", root) for name in ("keadaan", "pertanyaan")]
    files = [file for file in files if file.exists()]
    named = {name for file in files for name in read_situations(file).by_name}
    for file in files:
        yield from _situations(project, file, named)
    yield from _follow_ups(project, edited_file("aturan/lanjutan.yml", root))
    if (claimed := edited_file("aturan/pernyataan.yml", root)).exists():
        yield from _claims(project, claimed)
    yield from _roles(project, edited_file("aturan/maksud.yml", root))
    way_back, helpful = (
        edited_file(f"kalimat/{name}.yml", root) for name in ("kembali", "membantu")
    )
    yield from _patterns(project, way_back, "tanpa", read_as(way_back, WayBack).without)
    yield from _patterns(project, helpful, "jawaban", read_as(helpful, Helpfulness).answers)
    yield from _holidays(edited_file("aturan/libur.yml", root))
    yield from _modules(project, edited_file("aturan/modul.yml", root))
    yield from _guide(project, edited_file("aturan/pendamping.yml", root))
    yield from _named_elsewhere(project)
    yield from word_lists.mistakes(root)


def _modules(project: Project, path: Path) -> Iterator[YamlError]:
    """Services that switch off a question that nobody knows; a shared file may know more."""
    content = read_yaml(path)
    for module, rule in (
        read_module_rules(path).items() if path.is_relative_to(project.root) else ()
    ):
        for place, intent in enumerate(rule.intents):
            if intent not in project.intents:
                words = f"intent '{intent}' {unknown(intent, project.intents)}"
                yield YamlError(path, line_of(content, (module, "maksud", place)), words)


def _guide(project: Project, path: Path) -> Iterator[YamlError]:
    """Steps of the companion that no answer tells."""
    content = read_yaml(path)
    for step in read_as(path, Companion).steps if path.is_relative_to(project.root) else ():
        if (answer := f"utter_pendamping_{step}") not in project.responses:
            words = f"langkah '{step}' belum punya respons {answer}"
            near = unknown(answer, project.responses)
            yield YamlError(path, line_of(content, ("langkah", step)), f"{words}; {near}")


def _named_elsewhere(project: Project) -> Iterator[YamlError]:
    """Intents and entities that lists of words name, and nobody knows."""
    intents, entities = project.intents, project.entities
    named: tuple[tuple[str, Location, Collection[str]], ...] = (
        ("kamus/keadaan.yml", ("kecuali",), intents),
        ("kamus/pertanyaan.yml", ("kecuali",), intents),
        ("kamus/tanya.yml", ("termasuk",), intents),
        ("kamus/entitas.yml", ("entitas_dokumen",), entities),
        ("aturan/pendamping.yml", ("di_antara",), intents),
    )
    for name, where, known in named:
        path = edited_file(name, project.root)
        if path.is_relative_to(project.root) and path.exists():
            content = read_yaml(path)
            for at, word in _words_at(content.get(where[0]), where):
                if word not in known:
                    words = f"'{word}' tidak ada di domain.yml{nearest(word, known)}"
                    yield YamlError(path, line_of(content, at), words)


def _words_at(node: Any, where: Location) -> Iterator[tuple[Location, str]]:
    """A word, the words of a list, or keys and lists of words below one."""
    if isinstance(node, str):
        yield where, node
    elif isinstance(node, dict):
        for key, inside in node.items():
            yield (*where, key), str(key)
            yield from _words_at(inside, (*where, key))
    elif isinstance(node, list):
        for place, inside in enumerate(node):
            yield from _words_at(inside, (*where, place))


def _buttons(project: Project, path: Path) -> Iterator[YamlError]:
    """The buttons below the desk's last message."""
    content = read_yaml(path)
    for place, button in enumerate(read_replies(path).rating_buttons):
        line = line_of(content, ("tombol_penilaian", place))
        for message in command_problems(project, button.payload, button.title.id):
            yield YamlError(path, line, message)


def _templates(project: Project, path: Path) -> Iterator[YamlError]:
    content = read_yaml(path)
    for name, template in read_templates(path).items():
        for place, button in enumerate(template.tombol):
            for message in command_problems(project, button.payload, button.judul.id):
                line = line_of(content, (name, "tombol", place))
                yield YamlError(path, line, f"templat '{name}': {message}")


def _follow_ups(project: Project, path: Path) -> Iterator[YamlError]:
    """What completes a question in part, and asks something that nobody knows."""
    table, content = read_follow_ups(path), read_yaml(path)
    for where, ask in table.commands():
        for message in target_problems(project, ask.intent, ask.entities):
            yield YamlError(path, line_of(content, where), message)
    for where, intent in table.intents():
        if intent not in project.intents:
            near = nearest(intent, project.intents)
            words = f"intent '{intent}' tidak ada di domain.yml{near}"
            yield YamlError(path, line_of(content, where), words)


def _claims(project: Project, path: Path) -> Iterator[YamlError]:
    """What confirms, and asks something that nobody knows."""
    content = read_yaml(path)
    for name, claim in read_claims(path).by_name.items():
        for place, case in enumerate(claim.cases):
            where = ("pernyataan", name, "kasus", place)
            for message in target_problems(project, case.ask.intent, case.ask.entities):
                yield YamlError(path, line_of(content, where), message)


def _situations(project: Project, path: Path, named: Collection[str]) -> Iterator[YamlError]:
    """Special situations without an answer in both languages, or with an unknown intent."""
    known, content = read_situations(path), read_yaml(path)
    for name, situation in known.by_name.items():
        where = ("keadaan", name)
        after = situation.after - {*named}
        for intent in {*situation.intents, *after, *situation.also_from}:
            if intent not in project.intents:
                near = nearest(intent, project.intents)
                words = f"{name}: intent '{intent}' tidak ada di domain.yml{near}"
                at = next(_places_of(intent, content["keadaan"][name], where), where)
                yield YamlError(path, line_of(content, at), words)
        for response in (known.response(name), f"{known.response(name)}_en"):
            if response not in project.responses:
                words = f"{name}: jawaban '{response}' belum ditulis"
                at = (*where, "jawaban")  # the situation's own line, when its name names the answer
                yield YamlError(path, line_of(content, at), words)


def _places_of(word: str, node: Any, where: Location) -> Iterator[Location]:
    """Where a value stands in a part of a file."""
    if node == word:
        yield where
    inside: Any = node.items() if isinstance(node, dict) else ()
    for key, value in enumerate(node) if isinstance(node, list) else inside:
        yield from _places_of(word, value, (*where, key))


def _roles(project: Project, path: Path) -> Iterator[YamlError]:
    """Intents in a role that no domain has."""
    for intent in sorted(read_intents(path).named() - project.intents):
        words = f"intent '{intent}' tidak ada di domain.yml{nearest(intent, project.intents)}"
        yield YamlError(path, _line_naming(path, intent), words)


def _line_naming(path: Path, word: str) -> int:
    """The first line outside of comments that has the word."""
    lines = enumerate(path.read_text("utf-8").splitlines(), start=1)
    named = re.compile(rf"^[^#]*\b{re.escape(word)}\b")
    return next((number for number, line in lines if named.match(line)), 1)


def _patterns(
    project: Project, path: Path, key: str, patterns: Sequence[str]
) -> Iterator[YamlError]:
    """Patterns of answers that match none; a file that all assistants share names others' too."""
    for place, pattern in enumerate(patterns):
        if path.is_relative_to(project.root) and not fnmatch.filter(project.responses, pattern):
            words = f"'{pattern}' tidak cocok dengan jawaban mana pun"
            yield YamlError(path, line_of(read_yaml(path), (key, place)), words)


def _holidays(path: Path) -> Iterator[YamlError]:
    for year in missing_years(clock.today(), path):
        yield YamlError(path, 1, f"libur {year} belum ditulis; isi dari keputusan tiga menteri")


def _intents(path: Path, intents: Collection[str]) -> Iterator[YamlError]:
    """A file whose keys are intents: `label_intent.yml` and the two of short answers."""
    content = read_yaml(path)
    for intent in content:
        if intent not in intents:
            words = f"intent '{intent}' tidak ada di domain.yml{nearest(intent, intents)}"
            yield YamlError(path, line_of(content, (intent,)), words)


def _said_twice(root: Path) -> Iterator[YamlError]:
    """A short answer of the own services that means something else for every assistant."""
    common = read_as(edited_file("kamus/jawaban.yml", root), Shortcuts).__root__
    meaning = {phrase: intent for intent, phrases in common.items() for phrase in phrases}
    path = edited_file("kamus/jawaban_layanan.yml", root)
    for intent, phrases in read_as(path, ServiceShortcuts).__root__.items():
        for place, phrase in enumerate(phrases):
            if meaning.get(phrase, intent) != intent:
                words = f"'{phrase}' juga berarti {meaning[phrase]} (kamus/jawaban.yml); pilih satu"
                yield YamlError(path, line_of(read_yaml(path), (intent, place)), words)


def _replies(path: Path, offices: Collection[Office]) -> Iterator[YamlError]:
    """Values of offices that one of them lacks."""
    content, replies = read_yaml(path), read_replies(path)
    for where, text in _reply_texts(replies):
        for name in filter(_is_of_office, placeholders(text)):
            for office in offices:
                if not _has(office, name[len(OFFICE) :]):
                    words = not_filled(name, office)
                    yield YamlError(path, line_of(content, where), words)


def _is_of_office(name: str) -> bool:
    return name.startswith(OFFICE)


def _has(office: Office, name: str) -> bool:
    try:
        office.value(name)
    except KeyError:
        return False
    return True


def _reply_texts(replies: Replies) -> Iterator[tuple[Location, str]]:
    for language in LANGUAGES:
        for name, words in replies.automatic:
            yield ("otomatis", name, language), words.in_language(language)
        for place, reply in enumerate(replies.canned):
            yield ("siap_pakai", place, "teks", language), reply.text.in_language(language)
