"""The files of words beside `data/`: do the programs that read them find what they need?

`kamus/`, `kalimat/` and `aturan/`. First the shape, then the reader of the program
itself, then what only the whole project can tell.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError, create_model

from riung import clock
from riung.backend.applications.stages import read_stage_order
from riung.backend.bookings.picture import read_picture_words
from riung.days_to_keep import read_days_to_keep
from riung.desk.canned_replies import FILLED, placeholders, read_replies
from riung.desk.tickets.creation import read_ticket_rules
from riung.dialogue.follow_up_table import read_follow_ups
from riung.nik import read_regions
from riung.nlu.situations import read_situations
from riung.office.model import Office
from riung.office.modules import read_module_rules
from riung.office.national_holidays import missing_years, read_decrees
from riung.phrases import read_labels, read_phrases
from riung.training.check_answers import command_problems, target_problems
from riung.training.project import Project
from riung.validation import explain, unknown
from riung.whatsapp.errors import read_error_table
from riung.whatsapp.templates import read_sent_templates, read_templates
from riung.whatsapp.words import read_words
from riung.yaml_files import YamlError, YamlMapping, line_of, read_yaml

_Lists = dict[str, list[str]]
_Phrases = dict[str, dict[str, str]]
_Mixed = dict[str, list[str] | dict[str, list[str]]]
_Entries = list[dict[str, Any]]

_TOPICS = ("urusan_lain", "urusan_kita", "kata_mengurus", "dokumen_lain")
_DATES = ("bulan", "hari", "relatif", "rentang", "depan", "bilangan", "hari_besar")
_ANSWERS = (
    *("ya", "tidak", "ya_meski_tidak", "ragu", "tanpa_nama", "dengan_nama"),
    *("membatalkan", "urung", "lanjut", "ralat", "sebelum_nama", "sesudah_nama", "bukan_nama"),
    *("kolom_nama", "kolom_tanggal", "kolom_jenis", "kolom_nik"),
)
_QUESTIONS = (
    *("kata_tanya", "pokok_tanya", "penutup", "tanpa_pokok", "pembuka", "penghubung"),
    "termasuk",
)

SHAPES: dict[str, tuple[Any, tuple[str, ...]]] = {
    "kalimat/balas_salam.yml": (_Lists, ()),
    "kamus/bahasa.yml": (_Lists, ("id", "en", "minta_id", "minta_en")),
    "kamus/dilindungi.yml": (_Lists, ()),
    "kamus/entitas.yml": (_Mixed, ("jenis_permohonan", "jenis_paspor")),
    "kalimat/frasa.yml": (_Phrases, ()),
    "kamus/isian.yml": (_Lists, _ANSWERS),
    "kamus/jawaban.yml": (_Lists, ("menu",)),
    "kamus/keadaan.yml": (dict[str, Any], ("kecuali", "keadaan")),
    "kamus/kosakata.yml": (dict[str, str], ()),
    "kamus/kota.yml": (_Lists, ("kota",)),
    "kalimat/label_intent.yml": (_Phrases, ("id", "en")),
    "kamus/luar_topik.yml": (_Lists, _TOPICS),
    "kamus/nada.yml": (dict[str, str], ("keluhan", "pujian")),
    "kamus/pilihan.yml": (_Mixed, ("angka", "awalan", "akhiran")),
    "kamus/sapaan.yml": (_Lists, ("sapaan", "basa_basi", "salam")),
    "kamus/singkatan.yml": (_Phrases, ()),
    "kamus/tanggal.yml": (_Mixed, _DATES),
    "kamus/tanya.yml": (_Mixed, _QUESTIONS),
    "kalimat/gambar_antrean.yml": (
        dict[str, str],
        ("judul", "nomor", "kode", "datang", "kaki"),
    ),
    "aturan/libur.yml": (dict[int, dict[str, Any]], ()),
    "aturan/simpan.yml": (dict[str, int], ()),
    "aturan/tahap_paspor.yml": (dict[str, dict[str, dict[str, Any]]], ("jalur", "cabang")),
    "aturan/wilayah.yml": (dict[str, Any], ("sumber", "provinsi")),
    "aturan/lanjutan.yml": (dict[str, Any], ()),
    "aturan/modul.yml": (dict[str, dict[str, Any]], ()),
    "aturan/tiket.yml": (dict[str, dict[str, int]], ("batas_hari_kerja",)),
    "aturan/galat_whatsapp.yml": (dict[str, _Entries], ("errors",)),
    "kalimat/saluran.yml": (dict[str, str], ()),
    "kalimat/templat.yml": (dict[str, dict[str, Any]], ()),
    "kalimat/meja.yml": (
        dict[str, dict[str, str] | list[dict[str, str]]],
        ("otomatis", "tombol_penilaian", "siap_pakai"),
    ),
}
"""File → its shape and the keys that must be there."""


def read_dates(path: Path) -> None:
    """Months are 1 to 12 and weekdays 0 (Monday) to 6, each there, and no name stands twice.

    Raises:
        YamlError: with file, line and what to write instead.
    """
    content = read_yaml(path)
    for kind, numbers in (("bulan", range(1, 13)), ("hari", range(7))):
        for number in content[kind]:
            if number not in numbers:
                words = f"'{kind}' hanya dari {numbers[0]} sampai {numbers[-1]}, bukan {number}"
                raise YamlError(path, line_of(content, (kind, number)), words)
        for number in numbers:
            if number not in content[kind]:
                raise YamlError(path, line_of(content, (kind,)), f"'{kind}' {number} belum ditulis")
        _refuse_twice(path, content, kind)


def read_choices(path: Path) -> None:
    """Digits are 0 to 9, and no word stands for two of them.

    Raises:
        YamlError: with file, line and what to write instead.
    """
    content = read_yaml(path)
    for digit in content["angka"]:
        if str(digit) not in "0123456789" or not isinstance(digit, str):
            words = f"'{digit}' harus satu angka dalam tanda kutip, misalnya \"1\""
            raise YamlError(path, line_of(content, ("angka", digit)), words)
    _refuse_twice(path, content, "angka")


def _refuse_twice(path: Path, content: Any, kind: str) -> None:
    seen: dict[str, Any] = {}
    for number, names in content[kind].items():
        for name in names:
            if seen.setdefault(str(name).casefold(), number) != number:
                words = f"'{name}' juga berarti {seen[str(name).casefold()]}; pilih satu"
                raise YamlError(path, line_of(content, (kind, number)), words)


READERS: dict[str, Callable[[Path], object]] = {
    "aturan/libur.yml": read_decrees,
    "aturan/modul.yml": read_module_rules,
    "aturan/tahap_paspor.yml": read_stage_order,
    "aturan/wilayah.yml": read_regions,
    "aturan/galat_whatsapp.yml": read_error_table,
    "kalimat/saluran.yml": read_words,
    "kalimat/templat.yml": read_sent_templates,
    "kalimat/frasa.yml": read_phrases,
    "aturan/lanjutan.yml": read_follow_ups,
    "kalimat/label_intent.yml": read_labels,
    "kalimat/gambar_antrean.yml": read_picture_words,
    "aturan/simpan.yml": read_days_to_keep,
    "aturan/tiket.yml": read_ticket_rules,
    "kamus/tanggal.yml": read_dates,
    "kamus/pilihan.yml": read_choices,
    "kalimat/meja.yml": read_replies,
    "kamus/keadaan.yml": read_situations,
}
"""File → the strict reader of the program that uses it."""


def broken(root: Path) -> Iterator[YamlError]:
    """The first mistake of each file that its program could not read."""
    for name, (shape, needed) in SHAPES.items():
        path = root / name
        try:
            content = read_yaml(path)
        except YamlError as error:
            yield error
            continue
        yield from _misshapen(path, content, shape, needed) or _unread(path, READERS.get(name))


def _misshapen(path: Path, content: Any, shape: Any, needed: Collection[str]) -> list[YamlError]:
    if not isinstance(content, YamlMapping):
        return [YamlError(path, 1, "berkas harus berisi 'kunci: nilai', bukan daftar")]
    missing = [key for key in needed if key not in content]
    if missing:
        return [YamlError(path, 1, f"'{missing[0]}' belum ditulis")]
    model: type[BaseModel] = create_model("File", __root__=(shape, ...))
    try:
        model.parse_obj(dict(content))
    except ValidationError as error:
        where, words = explain(error)
        return [YamlError(path, line_of(content, where), words)]
    return []


def _unread(path: Path, read: Callable[[Path], object] | None) -> list[YamlError]:
    if read is None:
        return []
    try:
        read(path)
    except YamlError as error:
        if isinstance(error.__cause__, ValidationError):
            return [YamlError(path, error.line, explain(error.__cause__)[1])]
        return [error]
    return []


def mistakes(project: Project) -> Iterator[YamlError]:
    """What does not fit the rest of the project, in files that are readable."""
    root, intents = project.root, project.intents
    yield from _labels(root / "kalimat" / "label_intent.yml", intents)
    yield from _answers(root / "kamus" / "jawaban.yml", intents)
    yield from _replies(root / "kalimat" / "meja.yml", list(project.offices.values()))
    yield from _buttons(project, root / "kalimat" / "meja.yml")
    yield from _templates(project, root / "kalimat" / "templat.yml")
    yield from _situations(project, root / "kamus" / "keadaan.yml")
    yield from _follow_ups(project, root / "aturan" / "lanjutan.yml")
    yield from _holidays(root / "aturan" / "libur.yml")


def _buttons(project: Project, path: Path) -> Iterator[YamlError]:
    """The buttons below the desk's last message."""
    content = read_yaml(path)
    for place, button in enumerate(content["tombol_penilaian"]):
        line = line_of(content, ("tombol_penilaian", place))
        title = str(button.get("title", ""))
        for message in command_problems(project, str(button.get("payload", "")), title):
            yield YamlError(path, line, message)
        if not title or str(button.get("angka", "")) not in [*"0123456789"]:
            yield YamlError(path, line, "tombol butuh 'title' dan satu 'angka', misalnya \"5\"")


def _templates(project: Project, path: Path) -> Iterator[YamlError]:
    content = read_yaml(path)
    for name, template in read_templates(path).items():
        for place, button in enumerate(template.tombol):
            for message in command_problems(project, button.payload, button.judul):
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
            words = f"intent '{intent}' tidak ada di domain.yml"
            yield YamlError(path, line_of(content, where), words)


def _situations(project: Project, path: Path) -> Iterator[YamlError]:
    """Special situations without an answer in both languages, or with an unknown intent."""
    known, content = read_situations(path), read_yaml(path)
    for name, situation in known.by_name.items():
        where = ("keadaan", name)
        for intent in {*situation.intents, *situation.after, *situation.also_from}:
            if intent not in project.intents:
                words = f"{name}: intent '{intent}' tidak ada di domain.yml"
                yield YamlError(path, line_of(content, where), words)
        for response in (known.response(name), f"{known.response(name)}_en"):
            if response not in project.responses:
                words = f"{name}: jawaban '{response}' belum ditulis"
                yield YamlError(path, line_of(content, where), words)


def _holidays(path: Path) -> Iterator[YamlError]:
    for year in missing_years(clock.today(), path):
        yield YamlError(path, 1, f"libur {year} belum ditulis; isi dari keputusan tiga menteri")


def _labels(path: Path, intents: Collection[str]) -> Iterator[YamlError]:
    content = read_yaml(path)
    for language, labels in content.items():
        for intent in labels:
            if intent not in intents:
                line = line_of(content, (language, intent))
                words = f"intent '{intent}' tidak ada di domain.yml; {unknown(intent, intents)}"
                yield YamlError(path, line, words)


def _answers(path: Path, intents: Collection[str]) -> Iterator[YamlError]:
    content = read_yaml(path)
    seen: dict[str, str] = {}
    for intent, phrases in content.items():
        if intent not in intents:
            words = f"intent '{intent}' tidak ada di domain.yml; {unknown(intent, intents)}"
            yield YamlError(path, line_of(content, (intent,)), words)
        for phrase in map(str, phrases):
            other = seen.setdefault(phrase.casefold(), intent)
            if other != intent:
                line = line_of(content, (intent,))
                yield YamlError(path, line, f"'{phrase}' juga ada di {other}; pilih satu")


def _replies(path: Path, offices: Collection[Office]) -> Iterator[YamlError]:
    content = read_yaml(path)
    for where, text in _reply_texts(content):
        names = placeholders(text)
        line = line_of(content, where) if names else 1
        for name in names:
            if name.startswith("kantor."):
                yield from (
                    YamlError(path, line, f"{{{name}}} belum diisi di offices/{office.id}.yml")
                    for office in offices
                    if not _has(office, name.removeprefix("kantor."))
                )
            elif name not in FILLED[str(where[0])]:
                yield YamlError(path, line, f"{{{name}}} tidak dikenal di sini")


def _has(office: Office, name: str) -> bool:
    try:
        office.value(name)
    except KeyError:
        return False
    return True


def _reply_texts(content: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for name, text in content["otomatis"].items():
        yield ("otomatis", name), text
    for place, reply in enumerate(content["siap_pakai"]):
        yield ("siap_pakai", place), reply["teks"]
