"""What citizens tick off, as `aturan/lanjutan.yml` says it (`periksa`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field, validator

from riung.localized import Localized
from riung.validation import Edited


class Document(Edited):
    """A document that citizens tick off."""

    label: Localized = Field(alias="sebutan")
    words: tuple[str, ...] = Field(alias="kata")


class Checklist(Edited):
    """The words of "KTP sudah, akta belum", and what a subject needs: one of each group."""

    have: tuple[str, ...] = Field(alias="ada")
    lack: tuple[str, ...] = Field(alias="belum")
    lost: tuple[str, ...] = Field(alias="hilang")
    all_of_them: tuple[str, ...] = Field(alias="semua")
    the_others: tuple[str, ...] = Field(alias="sisanya")
    around: tuple[str, ...] = Field(alias="sekitar")
    asked_again: tuple[str, ...] = Field((), alias="tanya_kurang")
    asked_for: tuple[str, ...] = Field((), alias="tanya_perlu")
    in_general: str | None = Field(None, alias="umum")
    in_general_if: Mapping[str, tuple[str, ...]] = Field({}, alias="umum_bila")
    otherwise: tuple[str, ...] = Field(alias="bukan")
    documents: Mapping[str, Document] = Field(alias="dokumen")
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
