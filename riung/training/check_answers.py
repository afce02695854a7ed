"""`make check` of answers and menus: what they name is there, and what they say fits WhatsApp."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from riung import limits
from riung.dialogue.filling import PLACEHOLDER, fill
from riung.dialogue.wording import ENGLISH, way_back, with_way_back
from riung.office.menu import ROOT_PATH, find
from riung.office.menu_tree import MenuOption, MenuTree
from riung.office.model import Office
from riung.training.project import Project
from riung.validation import nearest, unknown
from riung.yaml_files import YamlError, line_of, read_yaml

_COMMAND = re.compile(r"^/(\w+)(\{.*\})?$", re.DOTALL)
_BRACES = re.compile(r"\{[^{}\n]*\}?|\}")
_BARE = re.compile(r"\bkantor\.(?:teks|fakta|jam|kontak|alamat|nama|nama_singkat)\b[\w.]*\w")
_Location = tuple["str | int", ...]


def mistakes(project: Project) -> Iterator[YamlError]:
    """Everything in answers and menus, with file and line."""
    yield from _needed(project)
    for name, (path, content) in project.responses.items():
        if not content["responses"][name]:
            line = line_of(content, ("responses", name))
            yield YamlError(path, line, f"{name}: butuh '- text: …' di bawahnya")
        elif all(one.get("condition") for one in content["responses"][name]):
            line = line_of(content, ("responses", name))
            yield YamlError(path, line, f"{name}: butuh satu '- text: …' tanpa 'condition'")
        yield from _wordings(project, name)
        yield from _unlike_english(project, name)
    yield from _menus(project)


def _unlike_english(project: Project, name: str) -> Iterator[YamlError]:
    """Values that only the Indonesian names, where the English has another one in their place."""
    path, content = project.responses[name]
    _, english = project.responses.get(f"{name}{ENGLISH}", (None, None))
    if english is None:
        return
    filled = project.slots | project.code.values_of(name)
    here = _values(content["responses"][name]) & filled
    there = _values(english["responses"][f"{name}{ENGLISH}"]) & filled
    if here - there and there - here:
        value, other = min(here - there), min(there - here)
        words = f"{name}: {{{value}}} tidak ada di {name}{ENGLISH}, yang memakai {{{other}}}"
        place = next(
            i for i, one in enumerate(content["responses"][name]) if value in _values([one])
        )
        where = ("responses", name, place, "text")
        line = _line_with(content, where, f"{{{value}}}")
        yield YamlError(path, line, f"{words}; samakan")


def _values(variations: Iterable[Mapping[str, Any]]) -> set[str]:
    """The values of the program's that the wordings name."""
    texts = (str(one.get("text") or "") for one in variations)
    named = {name for text in texts for name in PLACEHOLDER.findall(text)}
    return {name for name in named if not name.startswith("kantor.")}


def _wordings(project: Project, name: str) -> Iterator[YamlError]:
    path, content = project.responses[name]
    for place, variation in enumerate(content["responses"][name]):
        where = ("responses", name, place, "text")
        filled = project.slots | project.code.values_of(name.removesuffix(ENGLISH))
        for words, message in _variation_problems(project, filled, variation):
            line = _line_with(content, where, words)
            yield YamlError(path, line, f"{name}: {message}")
        for number, button in enumerate(variation.get("buttons") or ()):
            line = line_of(content, ("responses", name, place, "buttons", number))
            for message in _button_problems(project, button):
                yield YamlError(path, line, f"{name}: {message}")
            if _title(button) in map(_title, variation["buttons"][:number]):
                said = f"judul tombol '{button['title']}' sudah dipakai tombol di atasnya"
                yield YamlError(path, line, f"{name}: {said}; ganti salah satu")
        yield from _too_long(project, name, place)


def _needed(project: Project) -> Iterator[YamlError]:
    """Answers that the programs say and no file has; answers written twice, or in English only."""
    for name in sorted(project.code.responses - {*project.responses}):
        near = unknown(name, project.responses)
        words = f"respons '{name}' dipakai program tetapi belum ditulis di data/*/responses.yml"
        files = [path for path in project.topics if path.name == "responses.yml"]
        home = next((p for p in files if f"_{p.parent.name}" in name), files[0] if files else None)
        yield YamlError(home or project.domain.path, 1, f"{words} ({near})")
    first: dict[str, Any] = {}
    for name, (path, content) in project.responses.items():
        said = name.removesuffix(ENGLISH)
        if said not in project.responses:
            words = f"'{name}' hanya berbahasa Inggris; tulis juga '{said}'"
            near = nearest(said, project.responses)
            yield YamlError(path, line_of(content, ("responses", name)), f"{words}{near}")
    for path, content in project.topics.items():
        for name in content.get("responses") or ():
            if first.setdefault(name, path) != path:
                there = YamlError(first[name], 1, "").shown
                words = f"respons '{name}' juga ada di {there}; hapus salah satu"
                yield YamlError(path, line_of(content, ("responses", name)), words)


def target_problems(project: Project, intent: str, entities: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the target of a button or a menu leaf."""
    if intent not in project.intents:
        yield f"intent '{intent}' tidak ada di domain.yml{nearest(intent, project.intents)}"
    if intent in project.entities - {*entities} - project.asked_in_words:
        yield f"'{intent}' tidak berarti apa-apa tanpa isi; pilih intent sebuah pertanyaan"
    for name, value in entities.items():
        if name not in project.entities:
            yield f"entitas '{name}' tidak ada di domain.yml{nearest(name, project.entities)}"
        elif name == "pilihan" and intent == "pilihan":
            yield from _lost_paths(project, str(value))
        elif value not in project.kinds.get(name, (value,)):
            known = project.kinds[name]
            yield f"{name} '{value}' tidak ada di kamus/entitas.yml{nearest(str(value), known)}"
        elif name == "kantor" and str(value).casefold() not in project.places:
            yield f"tempat '{value}' {unknown(str(value).casefold(), project.places)}"
    topic = str(entities.get("topik", "")) if intent == "rincian" else ""
    if topic and f"utter_rincian_{topic}" not in project.responses:
        yield f"rincian '{topic}' belum punya respons utter_rincian_{topic}"


def _lost_paths(project: Project, path: str) -> Iterator[str]:
    for office in project.offices.values():
        if not path.isdigit() and path != ROOT_PATH and find(office.menu, path) is None:
            yield f"pilihan '{path}' tidak ada di menu offices/{office.id}.yml"


def command_problems(project: Project, payload: str, title: str) -> Iterator[str]:
    """What is wrong with a payload `/intent{"entity": "value"}`."""
    command = _COMMAND.match(payload)
    if command is None:
        meant = f"; tulis /{payload}" if payload in project.intents else ""
        yield f"payload tombol '{title}' harus berbentuk /nama_intent{meant}"
        return
    try:
        entities = json.loads(command[2]) if command[2] else {}
    except ValueError:
        yield f'payload tombol \'{title}\': bagian {{…}} bukan JSON; contoh {{"topik": "biaya"}}'
        return
    yield from target_problems(project, command[1], entities)


def _title(button: Mapping[str, Any]) -> str:
    return str(button.get("title", "")).casefold().strip()


def _button_problems(project: Project, button: Mapping[str, Any]) -> Iterator[str]:
    title, payload = str(button.get("title", "")), str(button.get("payload", ""))
    if not 0 < limits.length(title.strip()) <= limits.length(title) <= limits.BUTTON_TITLE:
        yield f"judul tombol '{title}' harus 1 sampai {limits.BUTTON_TITLE} huruf"
    if "\n" in title:
        yield f"judul tombol '{' '.join(title.split())}' harus satu baris"
    if limits.length(payload) > limits.BUTTON_ID:
        yield f"payload tombol '{title}' lebih dari {limits.BUTTON_ID} huruf"
    yield from command_problems(project, payload, title)


def _variation_problems(
    project: Project, filled: frozenset[str], variation: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    """The words of the text that are at fault, if some are, and what is wrong with them."""
    text = str(variation.get("text") or "")
    if not text.strip():
        yield "", "butuh 'text' berisi kalimat jawaban"
    if len(variation.get("buttons") or ()) > limits.LIST_ROWS:
        yield "", f"paling banyak {limits.LIST_ROWS} tombol"
    yield from bad_braces(text)
    for line in {way_back().line.id, way_back().line.en} & {*text.splitlines()}:
        yield line, "baris ke menu ditambahkan sendiri (kalimat/kembali.yml); hapus dari sini"
    for value in dict.fromkeys(PLACEHOLDER.findall(text)):
        if not value.startswith("kantor.") and value not in filled:
            words = f"{{{value}}} tidak diisi program di sini; {unknown(value, filled)}"
            yield f"{{{value}}}", words
    for office in project.offices.values():
        missing = sorted(set(missing_values(text, office)) & {*PLACEHOLDER.findall(text)})
        if missing:
            yield f"{{{missing[0]}}}", not_filled(missing[0], office)
            return


def bad_braces(text: str) -> Iterator[tuple[str, str]]:
    """Brackets that are no placeholder, and names of an office's values outside of brackets: a
    citizen would read them.
    """
    for found in _BRACES.findall(text):
        if not PLACEHOLDER.fullmatch(found):
            words = "tulis {kantor.nama}: huruf kecil, tanpa spasi, kurung berpasangan"
            yield found, f"'{found}' tidak akan diisi; {words}"
    for bare in _BARE.findall(_BRACES.sub("", text)):
        yield bare, f"'{bare}' tidak akan diisi; tulis {{{bare}}}, dalam kurung kurawal"


def _line_with(content: Any, where: _Location, words: str) -> int:
    """The line of a text that has the words; where it begins, if none has them as they stand."""
    start = line_of(content, where)
    lines = content.path.read_text("utf-8").splitlines()[start - 1 :]
    return start + next((at for at, line in enumerate(lines) if words and words in line), 0)


def not_filled(name: str, office: Office) -> str:
    """Which placeholder the office has no value for, with the nearest that it has."""
    found: Any = office.raw
    near = ""
    for part in name.split(".")[1:]:
        if not isinstance(found, Mapping):
            break
        if part not in found:
            near = nearest(part, tuple(found))
            break
        found = found[part]
    return f"{{{name}}} belum diisi di offices/{office.id}.yml{near}"


def missing_values(text: str, office: Office, inside: tuple[str, ...] = ()) -> Iterator[str]:
    """Placeholders without a value, also those inside the office's own texts."""
    for name in PLACEHOLDER.findall(text):
        if not name.startswith("kantor."):
            continue
        try:
            value = office.value(name.removeprefix("kantor."))
        except KeyError:
            yield name
            continue
        if name in inside:  # a text that leads back to itself
            yield name
        else:
            yield from missing_values(value, office, (*inside, name))


def _too_long(project: Project, name: str, place: int) -> Iterator[YamlError]:
    """An answer over WhatsApp's limit, told where the text stands that makes it so long."""
    path, content = project.responses[name]
    variation = content["responses"][name][place]
    text = with_way_back(name, str(variation.get("text") or ""))
    names = PLACEHOLDER.findall(text)
    buttons = len(variation.get("buttons") or ())
    limit = limits.INTERACTIVE_BODY if 0 < buttons <= limits.BUTTONS else limits.TEXT_BODY
    for office in project.offices.values():
        if any(missing_values(text, office)):
            return
        over = limits.length(fill(text, dict.fromkeys(names, ""), office, name)) - limit
        if over <= 0:
            continue
        words = f"{over} huruf terlalu panjang untuk WhatsApp (batas {limit}, kantor {office.id})"
        longest = _longest(names, office)
        if longest and limits.length(text) < limits.length(office.value(longest)):
            yield _of_office(project, office, longest, f"{longest}: {name} jadi {words}; pendekkan")
        else:
            line = line_of(content, ("responses", name, place, "text"))
            yield YamlError(path, line, f"{name}: {words}; pendekkan")


def _longest(names: list[str], office: Office) -> str:
    paths = [name.removeprefix("kantor.") for name in names if name.startswith("kantor.")]
    return max(paths, key=lambda path: limits.length(office.value(path)), default="")


def _of_office(project: Project, office: Office, dotted: str, words: str) -> YamlError:
    """A mistake in an office's value, in the file that has it: the office's own or its base."""
    where = tuple(dotted.split("."))
    for name in (office.id, office.dasar):
        content: Any = read_yaml(project.office_file(name)) if name else {}
        node = content
        for part in where:
            node = node.get(part) if isinstance(node, Mapping) else None
        if node is not None:
            return YamlError(content.path, line_of(content, where), words)
    return YamlError(project.office_file(office.id), 1, words)


def _menus(project: Project) -> Iterator[YamlError]:
    found: dict[str, YamlError] = {}
    for office in project.offices.values():
        for tree in filter(None, (office.menu, office.menu.en)):
            for leaf in _leaves(tree):
                for message in target_problems(project, leaf.tanya, leaf.isi):
                    error = _in_menu(project, office, leaf, f"menu: {message}")
                    found.setdefault(str(error), error)
    yield from found.values()


def _leaves(branch: MenuTree | MenuOption) -> Iterator[MenuOption]:
    for option in branch.pilihan:
        if option.tanya:
            yield option
        yield from _leaves(option)


def _in_menu(project: Project, office: Office, leaf: MenuOption, words: str) -> YamlError:
    """A mistake in a row, in the office's own file or in the one that it builds on."""
    for name in filter(None, (office.id, office.dasar)):
        content = read_yaml(project.office_file(name))
        where = next(_rows_like(leaf, content.get("menu"), ("menu",)), None)
        if where:
            return YamlError(content.path, line_of(content, where), words)
    return YamlError(project.office_file(office.id), 1, words)


def _rows_like(leaf: MenuOption, node: Any, where: _Location) -> Iterator[_Location]:
    """Where rows stand that read like this one."""
    if isinstance(node, Mapping):
        if (node.get("id"), node.get("tanya"), node.get("isi", {})) == (
            leaf.id,
            leaf.tanya,
            leaf.isi,
        ):
            yield where
        for key, inside in node.items():
            yield from _rows_like(leaf, inside, (*where, key))
    elif isinstance(node, list):
        for place, inside in enumerate(node):
            yield from _rows_like(leaf, inside, (*where, place))
