"""The templates the invented account has registered: those of `kalimat/templat.yml`."""

from __future__ import annotations

from typing import Any

from riung.simulator.checks import GraphError
from riung.whatsapp.templates import Template, read_templates


def registered_templates() -> dict[str, Template]:
    """Template by the name Meta knows it by."""
    return {template.nama: template for template in read_templates().values()}


def fill(templates: dict[str, Template], request: dict[str, Any]) -> dict[str, Any]:
    """The template as a phone shows it: `teks` filled in, and the titles of its `tombol`.

    Raises:
        GraphError: 132001, no such template in that language; 132000, too few or too many values.
    """
    asked = request["template"]
    template = templates.get(asked["name"])
    language = asked["language"]["code"]
    if template is None or language not in template.languages:
        raise GraphError(132001, "Template name does not exist in the translation", http=404)
    values = [
        str(parameter.get("text", ""))
        for part in asked.get("components", [])
        if str(part.get("type")).lower() == "body"
        for parameter in part.get("parameters", [])
    ]
    shown = template.filled(values, language)
    if shown is None:
        wanted = len(template.variables)
        raise GraphError(132000, f"body: {len(values)} parameters given, {wanted} expected")
    return {**asked, "teks": shown[0], "tombol": shown[1]}
