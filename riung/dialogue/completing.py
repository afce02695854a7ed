"""The question that a message makes together with the topic, once it is known what it asks."""

from __future__ import annotations

from dataclasses import replace

from riung.dialogue.follow_up_days import counted_on, fixed, later, meant_day
from riung.dialogue.follow_up_table import PARTY, Ask, details, follow_ups
from riung.dialogue.fragment import AHEAD, Fragment
from riung.dialogue.message import Understood
from riung.dialogue.topic import CompletedQuestion, Topic
from riung.nlu.durations import days_in
from riung.nlu.party import for_ten_years, is_several, names_ten_years, with_named


def completed(
    said: Understood,
    fragment: Fragment,
    before: Topic | None,
    ask: Ask,
    aspect: str,
    named: str | None,
    further: tuple[str, ...] = (),
) -> CompletedQuestion:
    """The question with all details that the message, the topic and the table give it.

    Args:
        said: the message.
        fragment: what it names.
        before: the topic it hangs on.
        ask: what is asked of the subject or in general (`aturan/lanjutan.yml`).
        aspect: the part that is asked about.
        named: the subject that the answer has to name.
        further: intents of further questions of the message.
    """
    wanted = follow_ups().aspects[aspect].details
    at_large = "document" in fragment.marks and not fragment.marks & AHEAD
    unmeant = fragment.denied | ({PARTY} if at_large else set())
    kept = before.details({*wanted} - unmeant) if before else {}
    new = _new_details(said, fragment, before)
    named_now = {**kept, **new}
    entities = {name: value for name, value in kept.items() if name in wanted}
    entities |= {
        name: value.replace("{nomor}", said.number or "") for name, value in ask.entities.items()
    }
    entities |= {name: value for name, value in new.items() if name in wanted}
    subject = fragment.subject or named or (before.subject if before else None)
    place, day, kind = map(named_now.get, details())
    checked = before.checked_for(subject) or None if before else None
    party = said.party or counted_so_far(said, aspect, before)
    if PARTY in entities and party and is_several(party):
        entities[PARTY] = party
    else:
        entities.pop(PARTY, None)
    topic = Topic(subject, aspect, place, day, kind, checked=checked, party=party, at=said.at)
    if before:
        topic = replace(topic, application=before.application_of(subject))
    told = None if PARTY in entities else named  # then the answer names everybody
    return CompletedQuestion(Ask(ask.intent, entities), further, topic, told)


def counted_so_far(said: Understood, aspect: str | None, before: Topic | None = None) -> str | None:
    """Whose price was asked until now: "buat istri", then "anak 2 thn", then "yang 10 tahun"."""
    counted, table = before.party if before else None, follow_ups()
    if aspect is None or PARTY not in table.aspects[aspect].details:
        return counted
    counted = with_named(counted, said.line, table.marks.family)
    return for_ten_years(counted) if counted and names_ten_years(said.line) else counted


def days_on(said: Understood, fragment: Fragment) -> int | None:
    """How many days after the one talked about: "besoknya", "3 hari setelahnya", "2 hari
    sebelumnya"; None where none are counted.
    """
    if fragment.days_on is None:
        return None
    told = days_in(said.text)
    if told is None:
        return fragment.days_on
    return told if fragment.days_on > 0 else -told


def _new_details(said: Understood, fragment: Fragment, before: Topic | None) -> dict[str, str]:
    """The message's own details; "selasa depannya lagi" counts on from the topic's day."""
    found = dict(fragment.details)
    if said.party:
        found[PARTY] = said.party
    days = days_on(said, fragment)
    if days is not None and before and before.tanggal and "tanggal" not in found:
        found |= counted_on(before.tanggal, days)
    if "tanggal" in found:
        last = before.tanggal if before else None
        on = later(found["tanggal"], last, said.today, "again" in fragment.marks)
        meant = meant_day(found["tanggal"], last, said.today)
        found["tanggal"] = on or meant or fixed(found["tanggal"], said.today)
    return found
