"""Every YAML that people edit, each with the one model by which its program reads it.

`make check` reads them all, and the JSON Schemas of `skema/` come from the same models, so that an
editor completes and underlines what the programs would refuse.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from pkgutil import resolve_name

from pydantic import BaseModel

from riung.nlu import vocabulary
from riung.validation import edited_file

PLACES = {
    "config.yml": "riung.training.rasa_schema:Pipeline",
    "domain.yml": "riung.training.rasa_schema:Domain",
    "data/*/*.yml": "riung.training.rasa_schema:Topic",
    "fakta/*.yml": "riung.office.facts:FactFile",
    "kamus/keadaan.yml": "riung.nlu.situations:Situations",
    "kamus/pertanyaan.yml": "riung.nlu.situations:Situations",
    "kamus/pilihan.yml": "riung.office.menu:Choices",
    "kalimat/balas_salam.yml": "riung.phrases:Greetings",
    "kalimat/frasa.yml": "riung.phrases:Phrases",
    "kalimat/gambar_antrean.yml": "riung.backend.bookings.picture:PictureWords",
    "kalimat/kembali.yml": "riung.dialogue.wording:WayBack",
    "kalimat/langkah_layanan.yml": "riung.desk.cases.kinds:Words",
    "kalimat/label_intent.yml": "riung.phrases:Labels",
    "kalimat/membantu.yml": "riung.dialogue.helpfulness:Helpfulness",
    "kalimat/meja.yml": "riung.desk.canned_replies:Replies",
    "kalimat/saluran.yml": "riung.whatsapp.words:Words",
    "kalimat/templat.yml": "riung.whatsapp.templates:SentTemplates",
    "aturan/galat_whatsapp.yml": "riung.whatsapp.errors:Rules",
    "aturan/kantor_lain.yml": "riung.office.nearest:OtherOffices",
    "aturan/lanjutan.yml": "riung.dialogue.follow_up_table:FollowUps",
    "aturan/langkah.yml": "riung.desk.cases.kinds:Kinds",
    "aturan/libur.yml": "riung.office.national_holidays:Decrees",
    "aturan/maksud.yml": "riung.intents:Intents",
    "aturan/modul.yml": "riung.office.modules:ModuleRules",
    "aturan/nomor.yml": "riung.application_number:NumberShape",
    "aturan/pendamping.yml": "riung.dialogue.companion:Companion",
    "aturan/pernyataan.yml": "riung.dialogue.claims:Claims",
    "aturan/simpan.yml": "riung.days_to_keep:DaysToKeep",
    "aturan/tahap.yml": "riung.office.stages:Stages",
    "aturan/tiket.yml": "riung.desk.tickets.creation:TicketRules",
    "aturan/wilayah.yml": "riung.nik:Regions",
    "tests/percakapan/*.yml": "riung.training.conversation_files:ConversationFile",
    "ulasan/*.yml": "riung.workshop.reviewed:ReviewedFile",
    "kalimat/simulasi.yml": "riung.simulator.script:Script",
}
"""File, or all files of a pattern → where its model stands, beside its reader."""

MODELS: dict[str, type[BaseModel]] = {
    **{pattern: resolve_name(place) for pattern, place in PLACES.items()},
    **{f"kamus/{name}": model for name, model in vocabulary.FILES.items()},
}
"""The models. An office's file builds on another one: `riung.office.model.read_office` reads it."""


OPTIONAL = frozenset({"kamus/pertanyaan.yml", "aturan/pernyataan.yml"})
"""Files that an assistant may do without."""


def edited(root: Path) -> Iterator[tuple[Path, type[BaseModel]]]:
    """Each file with its model; also one that is not there although it has to be."""
    for pattern, model in MODELS.items():
        if "*" in pattern:
            yield from ((path, model) for path in sorted(root.glob(pattern)))
        elif (path := edited_file(pattern, root)).exists() or pattern not in OPTIONAL:
            yield path, model
