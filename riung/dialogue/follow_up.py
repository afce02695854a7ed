"""What a message means after what was said before, and what an answer leaves behind.

A question that stands alone is never bent: only a message of known words that names part of a
question (`riung.dialogue.fragment`) is completed from the topic, and the answer names the topic.
"""

from __future__ import annotations

from dataclasses import replace

from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME as FALLBACK

from riung.dialogue.completing import (
    answer_of,
    completed,
    counted_so_far,
    days_on,
    names_day_of,
    names_office,
    of_kinds,
    of_named,
    on_a_day,
    one_of_another,
    right_after,
    with_day,
)
from riung.dialogue.follow_up_age import not_that_kind, of_elders
from riung.dialogue.follow_up_days import fixed
from riung.dialogue.follow_up_guess import (
    CERTAIN,
    SURELY,
    application_of,
    asks_how_good,
    asks_of_the_topic,
    guessed_aspect,
    is_sure,
    only_subject,
    only_tells_of,
    several_of_one,
    understood_alone,
)
from riung.dialogue.follow_up_sums import (
    of_counted,
    of_days,
    of_more_people,
    of_people_alone,
    recounted,
)
from riung.dialogue.follow_up_table import PARTY, Ask, details, follow_ups
from riung.dialogue.fragment import AHEAD, Fragment, going_on, normalized, subjects_named
from riung.dialogue.last_clause import last_clause
from riung.dialogue.message import Understood
from riung.dialogue.topic import ASPECT, CompletedQuestion, Topic
from riung.intents import FURTHER, intents
from riung.nlu.situations import AFTERWARDS, ENTITY, situations

SITUATIONS = frozenset({ENTITY, AFTERWARDS})
"""Entities of messages that have an answer of their own (`kamus/keadaan.yml`)."""

MOST_QUESTIONS = 4

UNTOLD = frozenset({"bahasa", AFTERWARDS})
"""Entities that name nothing of what is asked; a situation that shows is answered before."""

MOST_WORDS = 8
"""Words of a message that may hang on the topic although some are not known."""


def left_by(said: Understood, before: Topic | None) -> Topic | None:
    """What a question that stands alone leaves behind; `before` when it leaves nothing."""
    table = follow_ups()
    subject = table.subject_of(said.intent, said.entity("jenis_permohonan"), said.entity("keadaan"))
    aspect = table.aspect_of(said.intent)
    if subject is None and aspect is None:
        return _at_place(said, before)
    if before and _only_cuts_in(said, before):
        return replace(before, at=said.at)
    if before and (_hangs_on(said) or _only_narrows(said, subject, before)):
        subject = before.subject or subject
    fragment, party = said.fragment, said.party
    of_office = aspect is not None and table.aspects[aspect].keeps_subject
    if fragment and not party and not of_office:  # "kuota habis?" is about no renewal
        subject = subject or fragment.subject
    if subject is None and before and not party and asks_of_the_topic(said):
        subject = before.subject
    if subject is None and before and aspect and table.aspects[aspect].keeps_subject:
        subject = before.subject
    place, day, kind = map(said.entity, details())
    day = fixed(day, said.today) if day else None
    if before and aspect and table.aspects[aspect].keeps_details:  # "daftarin dong"
        place, day = place or before.kantor, day or before.tanggal
    checked = before.checked_for(subject) or None if before else None
    party = party or counted_so_far(said, aspect)
    told = Topic(subject, aspect, place, day, kind, checked=checked, party=party, at=said.at)
    return replace(told, application=application_of(said, subject, before))


def _at_place(said: Understood, before: Topic | None) -> Topic | None:
    """What was talked about, at the place that is named: "mpp cimahi bisa?", "hari apa aja"."""
    place = said.entity(details()[0])
    if place is None or said.intent in (FALLBACK, intents().role.out_of_scope):
        return before
    return replace(before or Topic(), kantor=place, at=said.at)


def _hangs_on(said: Understood) -> bool:
    """Whether it is in a situation that shows only after another one, and that no subject has."""
    named = {str(one["value"]) for one in said.entities if one["entity"] in SITUATIONS}
    known = situations().by_name
    told = [known[name] for name in named if name in known]
    if not told:
        return False  # most messages: then no subject is looked through
    own = {name for subject in follow_ups().subjects.values() for name in subject.situations}
    return named.isdisjoint(own) and all(one.only_after for one in told)


def _only_narrows(said: Understood, subject: str | None, before: Topic) -> bool:
    """Whether it asks beside an application that was talked about: of a child's lost passport
    "dua-duanya harus ikut?", of any application what holds for all ("pakai baju apa?").
    """
    table = follow_ups()
    if before.subject in table.child_subjects and subject == table.of_age(None, is_child=True):
        return subjects_named(said.text) <= {subject, ""}  # "perlu bawa anaknya?", of a torn one
    is_told = any(entity["entity"] in SITUATIONS for entity in said.entities)
    is_general = subject == table.checklist.in_general and not subjects_named(said.text)
    known = before.subject is not None and table.ask(before.subject, ASPECT) is not None
    are_childs = {subject, before.subject} <= {*table.child_subjects}
    return is_told and ((is_general and known) or are_childs)


def _only_cuts_in(said: Understood, before: Topic) -> bool:
    """Whether its situation leaves the topic as it was ("meterainya perlu?"), or belongs to it."""
    named = {str(one["value"]) for one in said.entities if one["entity"] in SITUATIONS}
    known, subject = situations().by_name, before.subject
    own = follow_ups().subjects[subject].situations if subject else ()
    kept = any(known[name].keeps_topic for name in named if name in known)
    return kept or not named.isdisjoint(own)


def complete(said: Understood, before: Topic | None) -> CompletedQuestion | None:
    """The question that `said`, or else its last clause, makes with what was said before; None when
    it stands alone.
    """
    if _is_whole(said):
        return None
    asked = _complete(said, before)
    if asked is None and before and (clause := last_clause(said)) and clause.fragment:
        asked = _complete(clause, before)
    return None if asked and understood_alone(said, before, asked) else asked


def _complete(said: Understood, before: Topic | None) -> CompletedQuestion | None:
    fragment = with_day(said.fragment, before)
    if before and (counted := of_days(said, before) or of_more_people(said, fragment, before)):
        return counted
    if fragment is None or fragment.is_empty:
        return _of_no_part(said, fragment, before)
    if asked := (
        recounted(said, before)
        or of_counted(said, fragment, before)
        or right_after(said, fragment, before)
    ):
        return asked
    if len(fragment.aspects) > 1:
        return _several(said, fragment, before)
    if fragment.aspects:
        return _of_aspect(said, fragment, before) or _in_other_words(said, before)
    if unlike := not_that_kind(said, fragment, before):
        return unlike
    if before is None:
        return _of_detail(said, fragment, before)
    return _of_rest(said, fragment, before) or _in_other_words(said, before)


def _of_no_part(
    said: Understood, fragment: Fragment | None, before: Topic | None
) -> CompletedQuestion | None:
    """The same for a message that names no part of a question, or has words that nobody knows."""
    if fragment is not None:
        if before and (onward := going_on(said.text)):
            return _of_aspect(said, replace(fragment, aspects=[onward]), before)
        return _in_other_words(said, before) if is_sure(said) else None
    if several := several_of_one(said):
        return _several(said, several, before)
    people = of_people_alone(said, before) if before else None
    if others := people or recounted(said, before) or _in_other_words(said, before):
        return others
    is_one = is_sure(said) and not said.entity(FURTHER)
    return of_named(said, only_subject(said)) if is_one else None


def _is_whole(said: Understood) -> bool:
    """Whether it is certain, has an answer of its own, or is asked for grown-ups and children."""
    if said.confidence >= CERTAIN or said.text.startswith("/"):
        return True
    has_own = any(
        entity["entity"] in SITUATIONS and not _only_counts(str(entity["value"]))
        for entity in said.entities
    )
    return has_own or said.entity(FURTHER) in intents().grown_up_and_child


def _only_counts(name: str) -> bool:
    """Whether the situation's answer is the sum that its intent has anyway."""
    situation = situations().by_name.get(name)
    aspect = follow_ups().aspect_of(situation.intents[0]) if situation else None
    counts = aspect is not None and PARTY in follow_ups().aspects[aspect].details
    return bool(situation and counts and situation.response == f"utter_{situation.intents[0]}")


def _several(
    said: Understood, fragment: Fragment, before: Topic | None
) -> CompletedQuestion | None:
    """Two or three questions: about the subject named, else about the topic's."""
    table = follow_ups()
    if inside := one_of_another(said, fragment):
        own = table.subjects[inside[0]].asks[inside[1]]
        return completed(said, replace(fragment, subject=inside[0]), None, own, inside[1], None)
    named = _kept_subject(fragment, before)
    subject = fragment.subject or named
    told = subject if subject is None or _can_tell(subject, said) else None
    named = named if told else None
    asks = [
        table.ask(told, aspect) or table.aspects[aspect].in_general
        for aspect in fragment.aspects[:MOST_QUESTIONS]
    ]
    known = sorted(filter(None, asks), key=_can_come_further)
    if not known:
        return None
    others = (ask for ask in known[1:] if ask != known[0])
    further = tuple(dict.fromkeys(map(answer_of, others)))
    return completed(said, fragment, before, known[0], fragment.aspects[0], named, further)


def _can_come_further(ask: Ask) -> bool:
    """Whether nothing of it is lost beside another question, where only its intent is told."""
    return ask.intent == "rincian" or not ask.entities


def _of_aspect(
    said: Understood, fragment: Fragment, before: Topic | None
) -> CompletedQuestion | None:
    """Complete "terus biayanya?": the topic has the subject or the details that it lacks."""
    aspect = _meant_alone(fragment, before)
    if of_day := on_a_day(said, fragment, before, aspect):
        return of_day
    grown_up_or_child = {*follow_ups().child_subjects, follow_ups().checklist.in_general}
    if said.party and fragment.subject in grown_up_or_child:
        return None  # "biaya 2 dewasa 1 anak" counts them all
    if fragment.subject:
        own = follow_ups().subjects[fragment.subject].asks.get(aspect)
        if own is None or (own.intent == said.intent and not own.entities):
            return None  # understood already
        only_tells = only_tells_of(said, fragment.subject, aspect)
        return None if only_tells else completed(said, fragment, None, own, aspect, None)
    named = None if names_office(fragment, aspect) else _kept_subject(fragment, before)
    inside = before.application_of(named) if before else None
    ask = follow_ups().ask(named, aspect, inside) if named and _can_tell(named, said) else None
    part = follow_ups().aspects[aspect]
    general = part.in_general
    if ask:
        return completed(said, fragment, before, ask, aspect, named)
    missing = {*part.details} - {*fragment.details, PARTY}
    is_beside = said.intent in intents().beside_fragment | {FALLBACK} or asks_how_good(said)
    is_plain = part.is_plain or (before is None and names_office(fragment, aspect))
    hangs_on = before and (before.details(missing) or names_day_of(said, fragment, before))
    hangs_on = hangs_on or (before and part.keeps_subject and aspect == before.aspect)
    if general and (hangs_on or is_beside or is_plain):
        return completed(said, fragment, before, general, aspect, None)
    return None


def _meant_alone(fragment: Fragment, before: Topic | None) -> str:
    """The aspect asked; where the topic can't tell it, what else its word alone may mean:
    "uangnya?" asks for money back of an appointment, and for the price of a passport.
    """
    aspect, table = fragment.aspects[0], follow_ups()
    other = table.aspects[aspect].alone_else
    told = before.subject if before else None
    is_told = told is not None and table.ask(told, aspect) is not None
    return other if other and fragment.alone == aspect and not is_told else aspect


def _of_rest(said: Understood, fragment: Fragment, before: Topic) -> CompletedQuestion | None:
    """Complete "kalau anak?" or "kalau lusa?": the topic has what is asked."""
    is_aspect = before.subject in follow_ups().aspects  # "ambil paspor bisa?", "kalau anak?"
    aspect = (is_aspect and before.subject) or before.aspect or ASPECT
    if fragment.subject:
        if "document" in fragment.marks and not fragment.marks & {"opening", "correction"}:
            return None
        ask = follow_ups().ask(fragment.subject, aspect) or follow_ups().ask(
            fragment.subject, ASPECT
        )
        asked = aspect if follow_ups().ask(fragment.subject, aspect) else ASPECT
        return completed(said, fragment, before, ask, asked, fragment.subject) if ask else None
    if again := of_elders(said, before, aspect) or _once_more(said, fragment, before, aspect):
        return again
    takes = {*follow_ups().aspects[aspect].details}
    counts_on = before.tanggal and days_on(said, fragment) is not None
    named = {*fragment.details, *fragment.denied, *(["tanggal"] if counts_on else [])}
    if not takes & named:
        return _of_detail(said, fragment, before)
    if named - takes and said.confidence >= SURELY:
        return None  # "di batang bisa polikarbonat?" asks of no places left
    general = follow_ups().aspects[aspect].in_general
    own = follow_ups().ask(before.subject, aspect)
    alike = {general.intent} if general else set()
    if {*fragment.details} == {details()[-1]}:  # then also what is asked of kinds anyway
        alike |= {one.intent for one in of_kinds()}
    if own and own.intent in alike:
        general = own  # "yang elektronik", of a lost one
    if details()[0] in fragment.details:
        general = follow_ups().aspects[aspect].at_place or general
    return completed(said, fragment, before, general, aspect, None) if general else None


def _once_more(
    said: Understood, fragment: Fragment, before: Topic, aspect: str
) -> CompletedQuestion | None:
    """Ask the same for another grown-up ("kalau ibu saya?"), or for a part of what was answered
    ("yang 10 tahun?").
    """
    table = follow_ups()
    parts = {*map(normalized, table.aspects[aspect].parts)}
    is_part = bool(fragment.parts) and fragment.parts <= parts
    if fragment.details or fragment.denied or not (is_part or "family" in fragment.marks):
        return None
    subject = before.subject
    if not is_part and (for_others := table.for_family(subject, aspect)):
        return completed(said, fragment, before, for_others, aspect, None)
    if subject and not is_part:
        subject = table.subjects[subject].for_adult or subject
    ask = table.ask(subject, aspect) if subject is None or _can_tell(subject, said) else None
    if ask is None and table.aspects[aspect].keeps_subject:
        ask = table.aspects[aspect].in_general
    if ask == table.aspects[aspect].in_general and not before.party:
        ask = table.aspects[aspect].parts_alone.get(" ".join(fragment.parts), ask)
    return completed(said, fragment, before, ask, aspect, subject) if ask else None


def _of_detail(
    said: Understood, fragment: Fragment, before: Topic | None
) -> CompletedQuestion | None:
    """Take a day or a place alone that nothing else explains for what is asked of it: "bisa datang
    hari rabu?" for the hours, "di batang bisa?" for the address.
    """
    aspects = follow_ups().aspects
    alone = (name for name, one in aspects.items() if one.alone_with in fragment.details)
    aspect = next(alone, None)
    told = (before and before.subject) or ""
    of_subject = aspects[aspect].after_subject.get(told) if aspect else None
    is_about = any(one.details and said.intent in one.left_by for one in aspects.values())
    is_about = is_about and of_subject is None  # "di pemalang ada?", of the same-day service
    is_open = of_subject or said.intent in intents().beside_fragment | {FALLBACK}
    is_whole = before is None and not fragment.marks & AHEAD
    if aspect is None or is_about or not (is_whole or (is_open and before)):
        return None
    if fragment.subject or "document" in fragment.marks:  # "habis bulan depan": its own matter
        return None
    general = aspects[aspect].in_general
    kept = aspects[aspect].keeps_subject and before
    left = Topic(kept.subject, application=kept.application, at=kept.at) if kept else None
    if of_subject and before:  # then another place asks the same again
        return completed(said, fragment, before, of_subject, before.aspect or aspect, None)
    return completed(said, fragment, left, general, aspect, None) if general else None


def _in_other_words(said: Understood, before: Topic | None) -> CompletedQuestion | None:
    """Complete a few words of which the table does not know all: "lah kok lama bener dah".

    What was understood, or guessed, says the aspect, where nothing in them names a subject of its
    own.
    """
    names = any(one["entity"] not in UNTOLD for one in said.entities)
    is_short = len(said.text.split()) <= MOST_WORDS
    if before is None or before.subject is None or not is_short or names:
        return None
    aspect = guessed_aspect(said, before)
    if not aspect or subjects_named(said.text) or not _can_tell(before.subject, said):
        return None
    ask = follow_ups().ask(before.subject, aspect)
    return completed(said, Fragment(), before, ask, aspect, before.subject) if ask else None


def _kept_subject(fragment: Fragment, before: Topic | None) -> str | None:
    """The topic's subject, where the message names none and not the document at large."""
    if fragment.subject or before is None or "document" in fragment.marks:
        return None
    subject = follow_ups().subjects.get(before.subject or "")
    if subject and subject.of_one_place and details()[0] in fragment.details:
        return None  # "yang di pemalang saja, daftarnya gimana", of a waiting list elsewhere
    if fragment.is_child is not None:  # "umurnya 9 tahun, syaratnya apa"
        return follow_ups().of_age(before.subject, fragment.is_child)
    return before.subject


def _can_tell(subject: str, said: Understood) -> bool:
    """Whether what the subject needs (the application's number) is known."""
    return not follow_ups().subjects[subject].needs or bool(said.number)
