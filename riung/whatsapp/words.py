"""The channel's own sentences, from `kalimat/saluran.yml`; the dialogue says everything else."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from riung import limits
from riung.settings import ROOT
from riung.yaml_files import YamlError, line_of, read_yaml

PATH = ROOT / "kalimat" / "saluran.yml"


@dataclass(frozen=True)
class Words:
    """One attribute a sentence, named as in the file."""

    gangguan: str
    tidak_didukung: str
    silakan_pilih: str
    lihat_pilihan: str


def read_words(path: Path = PATH) -> Words:
    """The sentences, each there and short enough.

    Raises:
        YamlError: with file, line and what to write instead.
    """
    content = read_yaml(path)
    names = [field.name for field in fields(Words)]
    for name in content:
        if name not in names:
            raise YamlError(path, line_of(content, (name,)), f"kunci '{name}' tidak dikenal")
    for name in names:
        text, limit = content.get(name), _limit(name)
        line = line_of(content, (name,))
        if not isinstance(text, str) or not text.strip():
            raise YamlError(path, line, f"'{name}' wajib diisi dengan kalimat")
        if limits.length(text) > limit:
            raise YamlError(path, line, f"'{name}' lebih dari {limit} huruf, batas WhatsApp")
    return Words(**{name: str(content[name]).strip() for name in names})


def _limit(name: str) -> int:
    return limits.LIST_BUTTON if name == "lihat_pilihan" else limits.INTERACTIVE_BODY
