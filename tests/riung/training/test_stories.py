"""Where stories and rules stand in each other's way, told with the place of both."""

from __future__ import annotations

from pathlib import Path

import pytest

from riung.training.stories import contradictions
from riung.yaml_files import read_yaml
from tests.paths import ROOT

RULES = """\
version: "3.1"
rules:
- rule: Warga bertanya biaya
  steps:
  - intent: biaya_paspor
  - action: action_biaya_paspor
- rule: Warga menolak
  steps:
  - intent: tolak
  - action: utter_tolak
"""


def told(folder: Path, stories: str, rules: str = RULES) -> list[str]:
    files = {"rules.yml": rules, "stories.yml": f'version: "3.1"\nstories:\n{stories}'}
    for name, content in files.items():
        (folder / name).write_text(content, "utf-8")
    return [str(found) for found in contradictions({p: read_yaml(p) for p in folder.glob("*.yml")})]


def story(*steps: str) -> str:
    """A story of `intent: …` and `action: …` steps."""
    return "- story: Cerita\n  steps:\n" + "".join(f"  - {step}\n" for step in steps)


GOOD = (
    "intent: biaya_paspor",
    "action: action_biaya_paspor",
    "intent: tolak",
    "action: utter_lain",
)


def test_a_story_may_go_on_otherwise_than_a_rule(tmp_path: Path) -> None:
    assert told(tmp_path, story(*GOOD)) == []


def test_a_story_that_begins_otherwise_than_the_rule_can_never_play(tmp_path: Path) -> None:
    wrong = ("intent: biaya_paspor", "action: utter_lain", *GOOD[2:])

    [found] = told(tmp_path, story(*wrong))

    assert "stories.yml:3:" in found
    assert "'Warga bertanya biaya'" in found
    assert "rules.yml:3)" in found
    assert "action action_biaya_paspor" in found


def test_two_stories_that_go_the_same_way_must_go_on_alike(tmp_path: Path) -> None:
    [found] = told(tmp_path, story(*GOOD) + story(*GOOD[:3], "action: utter_tolak"))

    assert "stories.yml:9:" in found
    assert "stories.yml:3)" in found


def test_a_story_of_one_turn_is_a_rule(tmp_path: Path) -> None:
    [found] = told(tmp_path, story(*GOOD[:2]))

    assert "tulis aturan di rules.yml" in found


def test_two_rules_of_one_intent_contradict_each_other(tmp_path: Path) -> None:
    twice = RULES + "- rule: Lain\n  steps:\n  - intent: tolak\n  - action: utter_batal\n"

    [found] = told(tmp_path, story(*GOOD), twice)

    assert "rules.yml:11:" in found
    assert "'Warga menolak'" in found


FILES = sorted((ROOT / "data").glob("*/stories.yml"))


def asking(name: str, *conditions: str) -> str:
    """A rule for who asks the price, under these conditions, with an answer of its own."""
    condition = "".join(f"  - {one}\n" for one in conditions)
    asked = f"  condition:\n{condition}" if conditions else ""
    return f"- rule: {name}\n{asked}  steps:\n  - intent: biaya\n  - action: utter_{name}\n"


VIP, GROUP, NUMBER = (f"slot_was_set: [{{{name}: true}}]" for name in ("vip", "rombongan", "nomor"))
NO_VIP = "slot_was_set: [{vip: null}]"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((VIP, GROUP), (NUMBER,)),
        ((VIP,), (GROUP,)),
        ((VIP, NUMBER), (GROUP, NUMBER)),
        (("active_loop: aduan_form",), (VIP,)),
    ],
)
def test_rules_whose_conditions_may_hold_together_leave_it_to_chance(
    tmp_path: Path, first: tuple[str, ...], second: tuple[str, ...]
) -> None:
    rules = asking("satu", *first) + asking("dua", *second)

    [found] = told(tmp_path, story(*GOOD), f'version: "3.1"\nrules:\n{rules}')

    assert "bisa berlaku bersamaan" in found
    assert "rules.yml:3)" in found


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((VIP,), (NO_VIP, GROUP)),
        ((VIP,), (VIP, NUMBER)),
        ((VIP,), ()),
        (("active_loop: aduan_form",), ("active_loop: null", VIP)),
    ],
)
def test_conditions_that_shut_each_other_out_or_ask_more_are_meant(
    tmp_path: Path, first: tuple[str, ...], second: tuple[str, ...]
) -> None:
    rules = asking("satu", *first) + asking("dua", *second)

    assert told(tmp_path, story(*GOOD), f'version: "3.1"\nrules:\n{rules}') == []


def test_at_least_fifteen_stories_ship() -> None:
    assert sum(len(read_yaml(path)["stories"]) for path in FILES) >= 15


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.parent.name))
def test_every_story_has_several_turns(path: Path) -> None:
    for one in read_yaml(path)["stories"]:
        assert sum("intent" in step for step in one["steps"]) > 1, one["story"]


EITHER = "or: [{intent: tolak}, {intent: terima_kasih}]"


def test_alternatives_in_a_story_go_their_own_ways(tmp_path: Path) -> None:
    assert told(tmp_path, story(*GOOD[:2], EITHER, "action: utter_lain")) == []


def test_an_alternative_that_goes_on_otherwise_in_another_story_is_told(tmp_path: Path) -> None:
    other = story(*GOOD[:2], "intent: terima_kasih", "action: utter_tolak")

    [found] = told(tmp_path, story(*GOOD[:2], EITHER, "action: utter_lain") + other)

    assert "di sana action utter_lain, di sini action utter_tolak" in found


def test_an_alternative_of_a_rule_may_not_have_a_rule_of_its_own(tmp_path: Path) -> None:
    twice = RULES + f"- rule: Lain\n  steps:\n  - {EITHER}\n  - action: utter_batal\n"

    [found] = told(tmp_path, story(*GOOD), twice)

    assert "'Warga menolak'" in found
