"""Short pieces of wording that stand inside lists and sentences (kamus/frasa.yml)."""

from __future__ import annotations

from functools import lru_cache

from riung.settings import ROOT
from riung.yaml_files import read_yaml


def phrase(name: str, language: str = "id", **values: object) -> str:
    """The phrase in that language, Indonesian where there is no other, with its values filled.

    Raises:
        KeyError: there is no phrase of that name.
    """
    entry = _phrases()[name]
    return entry.get(language, entry["id"]).format(**values)


@lru_cache(maxsize=1)
def _phrases() -> dict[str, dict[str, str]]:
    content = read_yaml(ROOT / "kamus" / "frasa.yml")
    return {name: dict(entry) for name, entry in content.items()}
