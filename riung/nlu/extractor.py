"""Rasa extractor for the five entities: patterns and lists, no statistics."""

from __future__ import annotations

import re
from typing import Any

import structlog
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.training_data.message import Message

from riung.nlu.component import MessageComponent
from riung.nlu.entities import find_entities
from riung.nlu.messages import add_entities, text_of
from riung.nlu.vocabulary import Kinds, alternatives, vocabulary
from riung.office.model import OfficeError
from riung.office.offices import offices

log = structlog.get_logger()


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class IndonesianEntityExtractor(MessageComponent, EntityExtractorMixin):
    """Finds nomor_permohonan, tanggal, kantor, jenis_permohonan and the document's kinds."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The settings with their defaults."""
        return {
            # Further names of places, beside kamus/kota.yml and what the offices are called.
            "places": [],
        }

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._places = frozenset(config["places"]) | office_names()

    def understand(self, message: Message) -> None:
        """Add the entities of one message."""
        add_entities(message, find_entities(text_of(message), self._places), self.name)


def placed_entities(text: str) -> tuple[dict[str, Any], ...]:
    """The entities of a text with their places in it, in Rasa's form."""
    return tuple(
        {"entity": one.name, "value": one.value, "start": one.start, "end": one.end}
        for one in find_entities(text, office_names())
    )


def office_names() -> frozenset[str]:
    """What the offices and their service points are called, without "kantor" and the like.

    A broken office file is reported by `make check`; here it only means fewer names.
    """
    try:
        known = offices().values()
    except OfficeError as error:
        log.warning("office names unknown", reason=str(error))
        return frozenset()
    names = [name for office in known for name in office.sebutan]
    names += [name for office in known for place in office.tempat for name in place.sebutan]
    generic = re.compile(rf"^(?:{alternatives(vocabulary(Kinds).kata_kantor)})\s+")
    return frozenset(filter(None, (generic.sub("", name.casefold()) for name in names)))
