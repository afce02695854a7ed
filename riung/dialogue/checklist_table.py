"""What citizens tick off, as `aturan/lanjutan.yml` says it (`periksa`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field, validator

from riung.localized import Localized
from riung.validation import Edited

CHECKED_SLOT = "daftar_periksa"
"""Slot that holds what was ticked off, over sessions: subject, documents and when."""


class Document(Edited):
    """A document that citizens tick off."""

    label: Localized = Field(alias="sebutan")
    words: tuple[str, ...] = Field(alias="kata")


class Checklist(Edited):
    """The words of "KTP sudah, akta belum", and what a subject needs: one of each group.

    A document that is needed only beside others has its line once it is named; one that is brought
    only by who has it is never missing.
    """

    have: tuple[str, ...] = Field(alias="ada")
    lack: tuple[str, ...] = Field(alias="belum")
    lost: tuple[str, ...] = Field(alias="hilang")
    all_of_them: tuple[str, ...] = Field(alias="semua")
    the_others: tuple[str, ...] = Field(alias="sisanya")
    around: tuple[str, ...] = Field(alias="sekitar")
    asked_again: tuple[str, ...] = Field((), alias="tanya_kurang")
    asked_later: tuple[str, ...] = Field((), alias="tanya_nanti")
    asked_instead: tuple[str, ...] = Field((), alias="tanya_ganti")
    wished: tuple[str, ...] = Field((), alias="minta")
    days: int = Field(14, alias="hari", ge=1, le=60)
    asked_for: tuple[str, ...] = Field((), alias="tanya_perlu")
    in_general: str | None = Field(None, alias="umum")
    in_general_if: Mapping[str, tuple[str, ...]] = Field({}, alias="umum_bila")
    otherwise: tuple[str, ...] = Field(alias="bukan")
    documents: Mapping[str, Document] = Field(alias="dokumen")
    only_if_named: tuple[str, ...] = Field((), alias="bila_disebut")
    only_if_owned: tuple[str, ...] = Field((), alias="bila_punya")
    needs: Mapping[str, tuple[tuple[str, ...], ...]] = Field(alias="perlu")

    @validator("needs")
    def _documents_are_known(
        cls, needs: Mapping[str, tuple[tuple[str, ...], ...]], values: Mapping[str, Any]
    ) -> Mapping[str, tuple[tuple[str, ...], ...]]:
        known = values.get("documents", {})
        for subject, groups in needs.items():
            for name in (name for group in groups for name in group):
                if name not in known:
                    raise ValueError(f"perlu {subject}: dokumen '{name}' tidak ada di atas")
        return needs
