"""`make check` of what rules and stories are made of: only forms that the bot really plays.

Rasa knows more of them (words of a citizen or of the bot in a story, checkpoints, conditions on a
slot that nobody looks at) than our policies do; each of those is told with what to write instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from riung.training.project import OWN_ACTIONS, Project
from riung.yaml_files import YamlError, line_of

_Location = tuple["str | int", ...]
_Told = Iterator[tuple[_Location, str]]

MOST_ACTIONS = 8
"""In one turn; Rasa ends a turn after ten, and says so to nobody."""

_INSTEAD = {
    "bot": "tulis jawabannya di responses.yml, lalu '- action: utter_…' di sini",
    "checkpoint": "hapus baris ini dan tulis ceritanya utuh, dari giliran pertama",
}
_WITHOUT_INTENT = (
    "'user: …' saja tidak dipahami bot; tulis '- intent: nama_maksud'"
    " (kalimatnya menjadi contoh di nlu.yml)"
)
_SAYS_NOTHING = "tidak mengatakan apa-apa kepada warga; tulis '- action: utter_…'"


def mistakes(project: Project) -> Iterator[YamlError]:
    """Everything, with file and line."""
    for path, content in project.topics.items():
        for kind in ("rules", "stories"):
            for place, way in enumerate(content.get(kind) or ()):
                for where, words in _of_way(project, kind, way):
                    yield YamlError(path, line_of(content, (kind, place, *where)), words)
    ended = {form for _, rule in _rules(project) if (form := _ended(rule))}
    for form in project.forms - ended:
        words = (
            f"isian '{form}' belum punya aturan penutup; tulis di rules.yml: condition:"
            f" '- active_loop: {form}', lalu steps: '- action: {form}', '- active_loop: null'"
        )
        yield project.of_domain(("forms", form), words)


def answers_always(rule: Mapping[str, Any]) -> bool:
    """Whether a rule holds whatever was said before, and whatever the message names."""
    narrowed = any(step.get("entities") for step in rule["steps"])
    return not (narrowed or rule.get("condition") or rule.get("conversation_start"))


def _rules(project: Project) -> Iterator[tuple[Any, Mapping[str, Any]]]:
    for path, content in project.topics.items():
        for rule in content.get("rules") or ():
            yield path, rule


def _of_way(project: Project, kind: str, way: Mapping[str, Any]) -> _Told:
    steps: Sequence[Mapping[str, Any]] = way["steps"]
    for place, step in enumerate(steps):
        at: _Location = ("steps", place)
        yield from ((at, words) for words in _of_step(step))
        yield from ((at, words) for words in _of_form(project, steps, place))
        if step.get("action") and step.get("action") == _before(steps, place).get("action"):
            yield at, f"'{step['action']}' dua kali berturut-turut; hapus salah satu"
    yield from _of_length(steps)
    if kind == "rules":
        yield from _of_rule(way)
    else:
        yield from _unanswered(steps)


def _before(steps: Sequence[Mapping[str, Any]], place: int) -> Mapping[str, Any]:
    return steps[place - 1] if place else {}


def _of_step(step: Mapping[str, Any]) -> Iterator[str]:
    for key, instead in _INSTEAD.items():
        if key in step:
            yield f"'{key}: …' tidak dipakai di sini; {instead}"
    if "user" in step and not step.get("intent"):
        yield _WITHOUT_INTENT
    if step.get("action") in OWN_ACTIONS:
        yield f"'{step['action']}' {_SAYS_NOTHING}"
    for one in step.get("or") or ():
        if not one.get("intent") or {*one} - {"intent", "user", "entities"}:
            yield "di bawah 'or' hanya '- intent: …', satu baris satu maksud"


def _of_form(project: Project, steps: Sequence[Mapping[str, Any]], place: int) -> Iterator[str]:
    """A form and its loop belong together, in two lines."""
    step, form = steps[place], _before(steps, place).get("action")
    if "active_loop" in step and form not in project.forms:
        yield "tulis '- action: nama_isian' tepat di atas 'active_loop'"
    elif step.get("active_loop") and step["active_loop"] != form:
        yield f"isian di atasnya '{form}'; tulis '- active_loop: {form}'"
    named = str(step.get("action"))
    following = steps[place + 1] if place + 1 < len(steps) else {}
    if named in project.forms and "active_loop" not in following:
        words = f"isian '{named}' butuh '- active_loop: {named}' di bawahnya"
        yield f"{words}; di penutup isian: '- active_loop: null'"


def _unanswered(steps: Sequence[Mapping[str, Any]]) -> _Told:
    """What a citizen says in a story that nothing follows: the bot would be silent there."""
    for place, step in enumerate(steps):
        following = steps[place + 1] if place + 1 < len(steps) else {}
        if _is_said(step) and (not following or _is_said(following)):
            yield ("steps", place), "giliran ini belum ada jawabannya; tulis '- action: …' di bawah"


def _of_length(steps: Sequence[Mapping[str, Any]]) -> _Told:
    actions = 0
    for place, step in enumerate(steps):
        actions = 0 if _is_said(step) else actions + bool(step.get("action"))
        if actions == MOST_ACTIONS + 1:
            yield ("steps", place), f"paling banyak {MOST_ACTIONS} action dalam satu giliran"


def _is_said(step: Mapping[str, Any]) -> bool:
    """Whether a citizen speaks in this step."""
    return bool(step.get("intent") or step.get("user") or step.get("or"))


def _of_rule(rule: Mapping[str, Any]) -> _Told:
    for key, usual in (("wait_for_user_input", True), ("conversation_start", False)):
        if rule.get(key, usual) is not usual:
            yield (key,), f"'{key}' tidak dipakai di sini; hapus baris ini"
    said = [place for place, step in enumerate(rule["steps"]) if _is_said(step)]
    if said[1:]:
        words = "aturan hanya satu giliran; giliran berikutnya ditulis sebagai cerita (stories.yml)"
        yield ("steps", said[1]), words
    loops = [one["active_loop"] for one in rule.get("condition") or () if one.get("active_loop")]
    if not loops:
        yield from _without_form(rule)
    elif said[:1] != [0]:
        yield from _of_end(rule, str(loops[0]))


def _without_form(rule: Mapping[str, Any]) -> _Told:
    if not _is_said(rule["steps"][0]):
        yield ("steps", 0), "aturan mulai dengan '- intent: …', lalu '- action: …'"
    for place, step in enumerate(rule["steps"]):
        if step.get("slot_was_set") is not None:
            yield ("steps", place), "'slot_was_set' hanya dipakai sesudah '- active_loop: null'"


def _of_end(rule: Mapping[str, Any], form: str) -> _Told:
    """The rule after the last question of a form."""
    if _ended(rule) != form:
        words = f"aturan penutup isian mulai dengan '- action: {form}', lalu '- active_loop: null'"
        yield ("steps", 0), words
        return
    steps = rule["steps"]
    for place, step in enumerate(steps):
        for entry in step.get("slot_was_set") or ():
            if entry != {"requested_slot": None}:
                yield ("steps", place), "di penutup isian hanya '- requested_slot: null'"
    if not any(step.get("action") for step in steps[2:]):
        yield ("steps", len(steps) - 1), "sesudah isian belum ada jawaban; tulis '- action: …'"


def _ended(rule: Mapping[str, Any]) -> str:
    """The form that a rule is the end of; empty for any other rule."""
    loops = [one.get("active_loop") for one in rule.get("condition") or ()]
    first, second = (*rule["steps"], {}, {})[:2]
    form = str(first.get("action") or "")
    closed = "active_loop" in second and second["active_loop"] is None
    return form if form in loops and closed else ""
