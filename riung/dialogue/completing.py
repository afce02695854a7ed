"""The question that a message makes together with the topic, once it is known what it asks."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from riung.dialogue.follow_up_days import (
    WEEK,
    counted_on,
    day_before,
    meant_day,
    not_but_next,
    settled,
)
from riung.dialogue.follow_up_table import PARTY, Ask, details, follow_ups
from riung.dialogue.fragment import AHEAD, Fragment
from riung.dialogue.message import Understood
from riung.dialogue.topic import ASPECT, CompletedQuestion, Topic
from riung.nlu.durations import days_in
from riung.nlu.party import for_ten_years, is_several, names_ten_years, with_named
from riung.nlu.vocabulary import Asking, FormAnswers, vocabulary

PAIR = 2


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


def right_after(
    said: Understood, fragment: Fragment, before: Topic | None
) -> CompletedQuestion | None:
    """Ask what the first words mean right after another part was answered: "kalau telat?", of
    paying; "ambil senin", of places left.
    """
    aspects = follow_ups().aspects
    if before and (
        other := _of_family(said, fragment, before) or _of_grown_up(said, fragment, before)
    ):
        return other
    if not fragment.aspects or fragment.subject or before is None:
        return None
    if "document" in fragment.marks:  # "pengambilan paspor" takes no place
        return None
    meant = aspects[fragment.aspects[0]].after.get(before.aspect or "")
    if meant is None:
        return None
    own = (name for name, one in aspects.items() if one.in_general == meant)
    return completed(said, fragment, before, meant, next(own, fragment.aspects[0]), None)


def _of_family(said: Understood, fragment: Fragment, before: Topic) -> CompletedQuestion | None:
    """Ask what is done for a family after a booking: "mau sekalian anak saya" is no new list."""
    aspect = before.aspect or ASPECT
    of_others = follow_ups().for_family(before.subject, aspect)
    too = not {*vocabulary(FormAnswers).juga}.isdisjoint(said.line.split())
    if of_others is None or not too or fragment.aspects or fragment.subject is None:
        return None
    return completed(said, replace(fragment, subject=None), before, of_others, aspect, None)


def _of_grown_up(said: Understood, fragment: Fragment, before: Topic) -> CompletedQuestion | None:
    """Ask the same for a grown-up: "bukan anak, buat saya sendiri"."""
    table = follow_ups()
    children = {*table.child_subjects}
    if fragment.subject or before.subject not in children or not fragment.denied & children:
        return None
    subject, aspect = table.of_age(before.subject, is_child=False), before.aspect or ASPECT
    ask = table.ask(subject, aspect) if subject else None
    return completed(said, fragment, before, ask, aspect, subject) if ask else None


def on_a_day(
    said: Understood, fragment: Fragment, before: Topic | None, aspect: str
) -> CompletedQuestion | None:
    """Ask whether it is open on the day that is named, and then what is done there: "bisa ambil
    tgl 31?".
    """
    aspects = follow_ups().aspects
    on_day, own = aspects[aspect].on_day, aspects[aspect].in_general
    opens = aspects[on_day].in_general if on_day else None
    if on_day is None or own is None or opens is None or "tanggal" not in fragment.details:
        return None
    return completed(said, fragment, before, opens, on_day, None, (answer_of(own),))


def one_of_another(said: Understood, fragment: Fragment) -> tuple[str, str] | None:
    """Subject and aspect of "bawa apa yang ambil": one thing asked of the other, not two things."""
    joined = "," in said.text or not _joins().isdisjoint(said.text.casefold().split())
    if fragment.subject or joined or len(fragment.aspects) != PAIR:
        return None
    subjects = follow_ups().subjects
    pairs = (fragment.aspects, fragment.aspects[::-1])
    found = ((name, of) for name, of in pairs if name in subjects and of in subjects[name].asks)
    return next(found, None)


@lru_cache(maxsize=1)
def _joins() -> frozenset[str]:
    """Words that join two questions."""
    return frozenset(vocabulary(Asking).penghubung)


def asks_whether(said: Understood) -> bool:
    """Whether it asks if something is there, or may be done."""
    return not {*vocabulary(Asking).ada_tidak}.isdisjoint(said.line.split())


def answer_of(ask: Ask) -> str:
    """The intent, or a detail's answer without its `utter_`: what `pertanyaan_lain` holds."""
    return f"rincian_{ask.entities['topik']}" if ask.intent == "rincian" else ask.intent


def with_day(fragment: Fragment | None, before: Topic | None) -> Fragment | None:
    """The fragment, its bare figure taken for a day after another one: "25 nya?"; a bare "depannya
    lagi" for a week later; else None.
    """
    fragment = _without_alike(fragment) if fragment else None
    if fragment and before and before.tanggal and fragment.is_empty and "again" in fragment.marks:
        return replace(fragment, days_on=WEEK.days)
    if fragment is None or not fragment.figure:
        return fragment
    told = before.aspect if before else None
    asked = [one for one in (*fragment.aspects, told) if one][:1]
    takes = any("tanggal" in follow_ups().aspects[name].details for name in asked)
    if not before or not before.tanggal or not takes or "tanggal" in fragment.details:
        return None
    return replace(fragment, details={**fragment.details, "tanggal": str(fragment.figure)})


def _without_alike(fragment: Fragment) -> Fragment:
    """The fragment, its parts that have one answer named once: "alamat kantor … di mana"."""
    kept: list[str] = []
    for name in fragment.aspects:
        general = follow_ups().aspects[name].in_general
        alike = (follow_ups().aspects[one].in_general == general for one in kept)
        kept += [] if general and any(alike) else [name]
    return fragment if kept == fragment.aspects else replace(fragment, aspects=kept)


@lru_cache(maxsize=1)
def of_kinds() -> tuple[Ask, ...]:
    """The general questions whose answers differ with the kind of document."""
    aspects = follow_ups().aspects.values()
    general = (one.in_general for one in aspects if details()[-1] in one.details)
    return tuple(ask for ask in general if ask and not ask.entities)


def counted_so_far(said: Understood, aspect: str | None, before: Topic | None = None) -> str | None:
    """Whose price was asked until now: "buat istri", then "anak 2 thn", then "yang 10 tahun"."""
    counted, table = before.party if before else None, follow_ups()
    if aspect is None or PARTY not in table.aspects[aspect].details:
        return counted
    counted = with_named(counted, said.line, table.marks.family)
    if counted is None or not names_ten_years(said.line):
        return counted
    return for_ten_years(counted, said.line, table.marks.family)


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
    if "tanggal" in fragment.denied and "tanggal" not in found and "again" in fragment.marks:
        told = before.tanggal if before else None
        found |= not_but_next(said.line, told, said.today, days or WEEK.days)
    if "tanggal" in found:
        last, again = before.tanggal if before else None, "again" in fragment.marks
        earlier = day_before(found["tanggal"], last, said.today) if days and days < 0 else None
        found["tanggal"] = earlier or settled(found["tanggal"], last, said.today, again)
    return found


def of_named(said: Understood, subject: str | None) -> CompletedQuestion | None:
    """What is surely asked of the one subject that is named, in words that the table does not all
    know: "kids passport for 3 and 7 years old how much".
    """
    aspect = follow_ups().bare_aspect_of(said.intent)
    if aspect is None or subject is None or said.party:
        return None
    own = follow_ups().subjects[subject].asks.get(aspect)
    if own is None or own.intent == said.intent:
        return None
    return completed(said, Fragment(subject=subject), None, own, aspect, None)


def names_day_of(said: Understood, fragment: Fragment, before: Topic) -> bool:
    """Whether a day is meant within what was talked about: "tgl 29 buka?" after "desember"."""
    day = fragment.details.get("tanggal")
    return day is not None and meant_day(day, before.tanggal, said.today) is not None


def names_office(fragment: Fragment, aspect: str) -> bool:
    """Whether a question about an office names it, or its day, and so lacks nothing."""
    of_offices = follow_ups().aspects[aspect]
    return of_offices.keeps_subject and bool({*fragment.details} & {*of_offices.details})
