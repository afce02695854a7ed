"""What somebody's age, or the kind that is meant instead, changes in what was talked about."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from riung.dialogue.completing import completed
from riung.dialogue.follow_up_table import follow_ups
from riung.dialogue.fragment import Fragment, normalized
from riung.dialogue.message import Understood
from riung.dialogue.topic import ASPECT, CompletedQuestion, Topic


def not_that_kind(
    said: Understood, fragment: Fragment, before: Topic | None
) -> CompletedQuestion | None:
    """Ask what is meant instead of what is denied ("bukan perpanjang, bikin baru"), or for one of
    that age ("umurnya sudah 18").
    """
    table, subject = follow_ups(), fragment.subject
    told = before.subject if before else None
    is_denied = not fragment.denied.isdisjoint(table.subjects)
    if fragment.is_child is not None and subject in (None, *table.child_subjects):
        subject = table.of_age(told, fragment.is_child)
    elif is_denied and subject is None and told in (None, *fragment.denied):
        subject = table.of_age(told, is_child=False)
    elif not is_denied or (before and subject):
        return None
    aspect = (before.aspect if before else None) or ASPECT
    ask = table.ask(subject, aspect) or table.ask(subject, ASPECT)
    new = replace(fragment, subject=subject)
    return completed(said, new, before, ask, aspect, subject) if subject and ask else None


def of_elders(said: Understood, before: Topic, aspect: str) -> CompletedQuestion | None:
    """Ask it of the service for the old, where somebody is: "ibu saya 65 th" after how to register;
    what is the same at every age stays as it was.
    """
    figures = (int(one) for found in _years().findall(said.line) for one in found if one)
    age = max(figures, default=0)
    table = follow_ups().subjects.items()
    old = (name for name, one in table if one.from_age and one.from_age <= age)
    name = next((one for one in old if aspect in follow_ups().subjects[one].asks), None)
    if name is None or aspect in follow_ups().subjects[name].of_application:
        return None
    ask = follow_ups().subjects[name].asks[aspect]
    return completed(said, Fragment(subject=name), before, ask, aspect, None)


@lru_cache(maxsize=1)
def _years() -> re.Pattern[str]:
    """An age: a figure after somebody or the word for it, or before the word for years."""
    marks = follow_ups().marks
    people = "|".join(re.escape(normalized(one)) for one in (*marks.aged, *marks.family))
    years = "|".join(re.escape(normalized(one)) for one in marks.years)
    return re.compile(
        rf"(?<!\S)(?:{people})(?: \S+)? (\d{{2,3}})(?!\S)|(?<!\S)(\d{{2,3}}) ?(?:{years})(?!\S)"
    )
