"""Rules of the house that no other tool looks after."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import statistics
import subprocess
from collections.abc import Iterator
from pathlib import Path

import grimp
from alembic.script import ScriptDirectory
from rasa_sdk import Action

import actions
from riung.backend.db import MIGRATIONS
from riung.settings import ROOT
from riung.yaml_files import read_yaml
from tests.cases import over

MOST_LINES = 400
"""Lines of a module (docs/developers.md)."""

TRACKED = [
    ROOT / name
    for name in subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    if name and (ROOT / name).is_file()
]
MODULES = [path for path in TRACKED if path.suffix == ".py"]
PRODUCT = [
    path
    for path in MODULES
    if path.relative_to(ROOT).parts[0] in ("riung", "actions", "own_actions.py")
    and "migrations" not in path.parts
]
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
DOMAIN = read_yaml(ROOT / "domain.yml")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def text_of(path: Path) -> str:
    return path.read_text("utf-8", "replace")


def public_definitions(
    path: Path,
) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Functions, classes and methods whose names don't begin with an underscore."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    bodies = [ast.parse(text_of(path)).body]
    while bodies:
        for node in bodies.pop():
            if isinstance(node, kinds) and not node.name.startswith("_"):
                yield node
                if isinstance(node, ast.ClassDef):
                    bodies.append(node.body)


def subclasses(parent: type[Action]) -> Iterator[type[Action]]:
    for child in parent.__subclasses__():
        yield child
        yield from subclasses(child)


@over("path", MODULES, name)
def test_a_module_can_be_read_in_one_sitting(path: Path) -> None:
    assert len(text_of(path).splitlines()) <= MOST_LINES


@over("path", PRODUCT, name)
def test_every_public_name_says_what_it_is_for(path: Path) -> None:
    silent = [node.name for node in public_definitions(path) if not ast.get_docstring(node)]

    assert silent == []


def test_every_module_says_what_it_is_for() -> None:
    assert [name(path) for path in PRODUCT if not ast.get_docstring(ast.parse(text_of(path)))] == []


HOSTS_AND_PATHS = re.compile(
    r"pypi\.org|pythonhosted|index-url\s*=|extra-index|registry\.npmjs|/work/|/root/|/home/\w+/|/tmp/\w"
)
"""Where packages come from and what a machine's folders are called is nobody else's business."""


def test_no_registry_and_no_machine_is_named() -> None:
    found = [
        f"{name(path)}: {match.group()}"
        for path in TRACKED
        if path != Path(__file__) and path.suffix not in (".png", ".woff2", ".ico")
        for match in HOSTS_AND_PATHS.finditer(text_of(path))
    ]

    assert found == []


def test_every_file_of_tests_stands_where_its_module_does() -> None:
    """`tests/riung/x/test_y.py` tests `riung/x/y.py`, or a folder or topic of that name."""
    for path in MODULES:
        parts = path.relative_to(ROOT).parts
        if parts[0] == "tests" and parts[1:2] in (("actions",), ("riung",)):
            tested = ROOT.joinpath(*parts[1:-1])
            assert tested.is_dir(), name(path)


@over("path", [p for p in PRODUCT if p.parent.name == "actions"], name)
def test_citizens_words_do_not_stand_in_actions(path: Path) -> None:
    """Sentences belong to `data/` and `kamus/`: in code a text of two words is a format at most."""
    tree = ast.parse(text_of(path))
    documentation = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    sentences = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in documentation
        and re.search(r"[^\W\d_]{2,}\s+[^\W\d_]{2,}", node.value)
    ]

    assert sentences == []


def test_every_action_of_the_domain_is_implemented_and_the_other_way_round() -> None:
    for module in pkgutil.iter_modules(actions.__path__, "actions."):
        importlib.import_module(module.name)
    importlib.import_module("own_actions")
    implemented = [
        action
        for action in subclasses(Action)
        if action.__module__.split(".")[0] in ("actions", "own_actions")
        and not inspect.isabstract(action)
    ]

    assert set(DOMAIN["actions"]) == {action().name() for action in implemented} - {""}


def test_every_target_of_the_makefile_is_explained() -> None:
    makefile = text_of(ROOT / "Makefile")
    targets = re.findall(r"^([a-z][a-z-]*):", makefile, re.M)
    explained = re.findall(r"^([a-z][a-z-]*):.*## \w", makefile, re.M)

    assert targets == explained
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.M)
    assert phony is not None
    assert set(phony[1].split()) == set(targets)


def test_help_lists_every_target() -> None:
    listed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)

    targets = re.findall(r"^([a-z][a-z-]*):", text_of(ROOT / "Makefile"), re.M)
    assert re.findall(r"^  make ([a-z-]+)", listed.stdout, re.M) == targets


def test_no_test_is_skipped_or_expected_to_fail() -> None:
    forbidden = re.compile(r"mark\.(skip|skipif|xfail)|pytest\.(skip|xfail)\(|importorskip")
    tests = [path for path in MODULES if path.relative_to(ROOT).parts[0] == "tests"]

    assert [
        name(path) for path in tests if path != Path(__file__) and forbidden.search(text_of(path))
    ] == []


def test_only_the_clock_asks_for_the_time() -> None:
    asks = re.compile(r"datetime\.(now|utcnow|today)\(|date\.today\(")

    found = [name(path) for path in PRODUCT if asks.search(text_of(path))]

    assert found == ["riung/clock.py"]


def test_migrations_are_one_chain() -> None:
    """Two that follow the same one stop every start; whoever comes second puts theirs behind."""
    folder = ScriptDirectory(str(MIGRATIONS))

    assert len(folder.get_heads()) == 1


LONGEST_TYPICAL_FUNCTION = 8
"""Lines; half of all functions have no more."""

MOST_IMPORTS = 4.7
"""Modules of ours that one of them imports, on average: who reads one reads few others."""


def test_a_typical_function_fits_in_a_glance() -> None:
    functions = [
        node.end_lineno - node.lineno + 1
        for path in PRODUCT
        for node in ast.walk(ast.parse(text_of(path)))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
    ]

    assert statistics.median(functions) <= LONGEST_TYPICAL_FUNCTION


def test_a_typical_module_imports_few_others() -> None:
    graph = grimp.build_graph("riung", "actions")
    imported = [len(graph.find_modules_directly_imported_by(one)) for one in graph.modules]

    assert statistics.mean(imported) <= MOST_IMPORTS


WITHOUT_INTENTS = ("riung/nlu/", "riung/whatsapp/", "riung/desk/")


@over("path", [p for p in PRODUCT if name(p).startswith(WITHOUT_INTENTS)])
def test_what_an_intent_is_for_stands_in_yaml_and_not_in_code(path: Path) -> None:
    """`aturan/maksud.yml` says it; a word that is an entity's name too is none."""
    intents = {*DOMAIN["intents"]} - {*map(str, DOMAIN["entities"])}
    named = [
        node.value
        for node in ast.walk(ast.parse(text_of(path)))
        if isinstance(node, ast.Constant) and str(node.value).lstrip("/") in intents
    ]

    assert named == []


HELPERS = {
    *("alamat", "isian", "jam_hari", "jawaban", "kiriman", "menu", "nama", "tidak_paham", "turn"),
}
"""Modules of `actions/` that serve several topics."""


def test_a_topic_has_one_name_in_actions_and_in_data() -> None:
    """`actions/aduan.py` goes with `data/aduan/`, `antrean_saya.py` with `data/antrean/`."""
    topics = {path.parent.name for path in (ROOT / "data").glob("*/*.yml")}
    modules = {path.stem for path in (ROOT / "actions").glob("*.py")} - {"__init__"} - HELPERS

    assert [one for one in sorted(modules) if not {one, one.split("_")[0]} & topics] == []


def test_a_form_says_and_asks_from_its_topics_own_folder() -> None:
    forms = (("aduan", r"utter_(ask_)?aduan_(?!form)"), ("survei", r"utter_survei(?!_form)"))
    for topic, prefix in forms:
        told = {
            path.parent.name
            for path in (ROOT / "data").glob("*/responses.yml")
            if re.search(rf"^  {prefix}", text_of(path), re.M)
        }

        assert told == {topic}
