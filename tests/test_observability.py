"""The dashboard and the alert rules ask for figures that the programs tell, with their labels."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from prometheus_client import REGISTRY, CollectorRegistry
from ruamel.yaml import YAML

from riung import backend_connection
from riung.server import app
from riung.whatsapp.metrics import Metrics
from tests.paths import ROOT

DEPLOY = ROOT / "deploy"
WORDS = {"sum", "max", "by", "rate", "increase", "histogram_quantile", "le", "on"}


def figures(registry: CollectorRegistry) -> dict[str, set[str]]:
    """Name → its labels, for all that a registry knows, as Prometheus stores them."""
    told: dict[str, set[str]] = {}
    for collector in list(registry._collector_to_names):
        labels = set(getattr(collector, "_labelnames", ()))
        for name in registry._collector_to_names[collector]:
            told[name] = labels | {"le"} if name.endswith("_bucket") else labels
    return told


assert app.API, "imported, so that the figures of both are registered"
assert backend_connection.CALLS
KNOWN = {**figures(REGISTRY), **figures(Metrics().registry)}
RULES = YAML(typ="safe").load(DEPLOY / "alerts.yml")["groups"][0]["rules"]
PANELS = json.loads((DEPLOY / "grafana.json").read_text("utf-8"))["panels"]


def questions() -> Iterator[tuple[str, str]]:
    """Every question to Prometheus, with where it stands."""
    for rule in RULES:
        yield rule["alert"], rule["expr"]
    for panel in PANELS:
        for target in panel["targets"]:
            yield panel["title"], target["expr"]


@pytest.mark.parametrize(("place", "question"), questions())
def test_a_question_is_about_a_figure_that_exists(place: str, question: str) -> None:
    asked = re.findall(r"\b((?:whatsapp|riung)_\w+)(?:\{([^}]*)\})?", question)
    assert asked, place
    for name, selectors in asked:
        assert name in KNOWN, f"{place}: {name}"
        labels = set(re.findall(r"(\w+)(?:=|!=|=~|!~)\"", selectors))
        grouped = {
            one.strip() for by in re.findall(r"by \(([^)]*)\)", question) for one in by.split(",")
        }
        assert labels <= KNOWN[name], f"{place}: {name} has no {labels - KNOWN[name]}"
        assert grouped <= KNOWN[name], f"{place}: {name} has no {grouped - KNOWN[name]}"


def test_every_figure_is_on_the_dashboard() -> None:
    shown = " ".join(question for _, question in questions())
    ours = {name for name in KNOWN if re.match(r"(whatsapp|riung)_.*(?<!_created)$", name)}
    families = {re.sub(r"_(bucket|count|sum|total)$", "", name) for name in ours}

    assert {name for name in families if name not in shown} == set()


def test_a_wrong_name_would_be_found() -> None:
    assert "whatsapp_nothing_total" not in KNOWN


def test_every_rule_says_what_to_look_at() -> None:
    assert all(len(rule["annotations"]["summary"]) > 20 for rule in RULES)
