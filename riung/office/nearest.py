"""The office or service point nearest to a place: ours, and those of `aturan/kantor_lain.yml`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt
from typing import Any

from pydantic import Field, validator

from riung.localized import Localized
from riung.office.model import Coordinates, Site
from riung.office.offices import offices
from riung.validation import Edited, edited_file, read_as

EARTH_RADIUS_KM = 6371.0

FAR_KM = 1000.0
"""Farther than this from every office is abroad, where no office of ours is "the nearest"."""


class Town(Site):
    """The town of an office that is not served in this chat.

    Attributes:
        names: what else citizens call it, or a place that belongs to the office.
        note: what a fact says of the office.
    """

    names: tuple[str, ...] = Field((), alias="sebutan")
    note: Localized | None = Field(None, alias="keterangan")


class OtherOffices(Edited):
    """The file: offices that are not served in this chat, by the name of their town.

    Attributes:
        name: what such an office is called; `{kota}` is its town.
        all_there_are: how many offices exist, these and ours among them.
    """

    name: Localized = Field(alias="nama")
    all_there_are: int | None = Field(None, alias="semua")
    as_of: str = Field("", alias="per", regex=r"^(\d{4}(-\d{2})?)?$")
    sources: tuple[str, ...] = Field((), alias="sumber")
    towns: dict[str, Town] = Field(alias="kota")

    @validator("name")
    def _names_the_town(cls, name: Localized) -> Localized:
        name.require(("kota",))
        return name

    @validator("towns")
    def _are_not_more_than_all(
        cls, towns: dict[str, Town], values: dict[str, Any]
    ) -> dict[str, Town]:
        if (total := values.get("all_there_are")) and total < len(towns):
            raise ValueError(
                f"ada {len(towns)} kota di bawah ini, lebih banyak dari 'semua: {total}'"
            )
        return towns


@dataclass(frozen=True)
class Spot:
    """A place that serves citizens.

    Attributes:
        name: as citizens read it, in Indonesian and in English.
        address: None where the office is not served in this chat.
        at: where it is, WGS 84.
    """

    name: Localized
    address: str | None
    at: Coordinates

    @property
    def is_ours(self) -> bool:
        """Whether it can be asked about in this chat."""
        return self.address is not None


@dataclass(frozen=True)
class OtherOffice:
    """An office that is not served in this chat, as citizens read of it."""

    name: Localized
    note: Localized | None


def offices_of(place: str) -> list[OtherOffice]:
    """The offices not served here that a place's name means, "jakarta" all that begin so."""
    others, name = _others(), place.casefold()
    ours = [office.nama.casefold() for office in offices().values()]
    towns = {
        town: one
        for town, one in others.towns.items()
        if not any(known.endswith(f" {town.casefold()}") for known in ours)
    }
    called = [town for town, one in towns.items() if name in (town.casefold(), *one.names)]
    begun = [town for town in towns if town.casefold().startswith(f"{name} ")]
    return [OtherOffice(_named(others, one), towns[one].note) for one in called or begun]


def nearest(here: Coordinates, ours_only: bool = False) -> Spot | None:
    """The nearest place; None where no position is known, and far from all of them."""
    known = [spot for spot in _spots() if spot.is_ours or not ours_only]
    found = min(known, key=lambda spot: distance_km(here, spot.at), default=None)
    if found is None or (not ours_only and distance_km(here, found.at) > FAR_KM):
        return None
    return found


def distance_km(one: Coordinates, other: Coordinates) -> float:
    """Great-circle distance (haversine formula), in kilometres."""
    lat1, lat2 = radians(one.lat), radians(other.lat)
    dlat, dlon = lat2 - lat1, radians(other.lon - one.lon)
    half = sin(dlat / 2) ** 2 + cos(lat1) * cos(lat2) * sin(dlon / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(half))


def _spots() -> Iterator[Spot]:
    """Ours with their own positions, or their town's; then the others."""
    others = _others()
    towns = dict(others.towns)
    for office in offices().values():
        town = next((name for name in towns if office.nama.endswith(f" {name}")), "")
        at = office.alamat.koordinat or towns.get(town)
        towns.pop(town, None)
        if at:
            yield Spot(_same(office.nama), office.alamat.lengkap, at)
        for place in office.tempat:
            if place.koordinat:
                yield Spot(_same(place.nama), place.alamat, place.koordinat)
    for town, at in towns.items():
        yield Spot(_named(others, town), None, at)


def _named(others: OtherOffices, town: str) -> Localized:
    return Localized(**{one: others.name.say(one, kota=town) for one in ("id", "en")})


def _same(name: str) -> Localized:
    return Localized(id=name, en=name)


@lru_cache(maxsize=1)
def _others() -> OtherOffices:
    return read_as(edited_file("aturan/kantor_lain.yml"), OtherOffices)
