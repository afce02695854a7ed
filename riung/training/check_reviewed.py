"""`make check` of the reviewed messages: each intent is known, each message means one thing."""

from __future__ import annotations

from collections.abc import Iterator

from riung.privacy import mask
from riung.training.project import Project
from riung.validation import unknown
from riung.workshop.reviewed import files
from riung.yaml_files import YamlError, line_of, read_yaml


def mistakes(project: Project) -> Iterator[YamlError]:
    """What is wrong with `ulasan/*.yml`."""
    seen: dict[str, str] = {}
    for path, file in files(project.root):
        for place, one in enumerate(file.messages):
            problem = ""
            if one.intent not in project.intents:
                problem = f"maksud '{one.intent}' {unknown(one.intent, project.intents)}"
            elif seen.setdefault(one.said, one.intent) != one.intent:
                problem = f"pesan ini juga bermaksud {seen[one.said]}; pilih satu"
            elif mask(one.said) != one.said:
                problem = "ada nomor pribadi di pesan ini; samarkan"
            if problem:
                yield YamlError(path, line_of(read_yaml(path), ("pesan", place)), problem)
