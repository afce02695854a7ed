"""What a message means after what was said before, and what an answer leaves behind.

A question that stands alone is never bent: only a message of known words that names part of a
question (`riung.dialogue.fragment`) is completed from the topic, and the answer names the topic.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME as FALLBACK

from riung.dialogue.follow_up_days import fixed, later, meant_day, week_later
from riung.dialogue.follow_up_table import PARTY, Ask, details, follow_ups
from riung.dialogue.fragment import AHEAD, Fragment, names_a_subject, normalized
from riung.dialogue.message import Understood
from riung.dialogue.topic import CompletedQuestion, Topic
from riung.intents import intents
from riung.nlu.dates import counts_on
from riung.nlu.durations import days_in
from riung.nlu.extractor import placed_entities
from riung.nlu.party import changed_party, joined
from riung.nlu.situations import situations
from riung.nlu.vocabulary import Asking, vocabulary

STANDS_FOR = "stands_for"
"""Metadata of every question asked in the citizen's place (`actions.turn`): it is whole."""

SITUATIONS = frozenset({"keadaan", "keadaan_sesudah"})
"""Entities of messages that have an answer of their own (`kamus/keadaan.yml`)."""

FINE = "denda"
"""The aspect that is worked out anew for other days."""

SECOND_QUESTION = "pertanyaan_lain"
MOST_QUESTIONS, PAIR = 4, 2
CERTAIN = 1.0

ASPECT = "syarat"
"""What is asked of a subject that is only named."""

FEW, SURE = 6, 0.75
"""Words of a message, some of them unknown, that may still hang on the topic, and how sure it must
be what they ask.
"""


def left_by(said: Understood, before: Topic | None) -> Topic | None:
    """What a question that stands alone leaves behind; `before` when it leaves nothing."""
    table = follow_ups()
    subject = table.subject_of(said.intent, said.entity("jenis_permohonan"), said.entity("keadaan"))
    aspect = table.aspect_of(said.intent)
    if subject is None and aspect is None:
        return before
    if before and _only_cuts_in(said, before):
        return replace(before, at=said.at)
    fragment, party = said.fragment, said.party
    subject = subject or (fragment.subject if fragment and not party else None)
    if subject is None and before and aspect and table.aspects[aspect].keeps_subject:
        subject = before.subject
    place, day, kind = map(said.entity, details())
    day = fixed(day, said.today) if day else None
    if before and aspect and table.aspects[aspect].keeps_details:  # "daftarin dong"
        place, day = place or before.kantor, day or before.tanggal
    checked = before.checked_for(subject) or None if before else None
    return Topic(subject, aspect, place, day, kind, checked=checked, party=party, at=said.at)


def _only_cuts_in(said: Understood, before: Topic) -> bool:
    """Whether it is in a situation that leaves the topic as it was ("meterainya perlu?"), or one
    that belongs to it.
    """
    named = {str(one["value"]) for one in said.entities if one["entity"] in SITUATIONS}
    known, subject = situations().by_name, before.subject
    own = follow_ups().subjects[subject].situations if subject else ()
    kept = any(known[name].keeps_topic for name in named if name in known)
    return kept or not named.isdisjoint(own)


def complete(said: Understood, before: Topic | None) -> CompletedQuestion | None:
    """The question that `said` makes with what was said before; None when it stands alone."""
    if _is_whole(said):
        return None
    fragment = said.fragment
    if before and (counted := _of_days(said, before) or _of_more_people(said, fragment, before)):
        return counted
    if fragment is None:
        return _in_other_words(said, before) if before else None
    if fragment.is_empty:
        return None
    if counted := _recounted(said, before) or _of_counted(said, fragment, before):
        return counted
    if len(fragment.aspects) > 1:
        return _several(said, fragment, before)
    if fragment.aspects:
        return _of_aspect(said, fragment, before)
    if unlike := _not_that_kind(said, fragment, before):
        return unlike
    return _of_rest(said, fragment, before) if before else _of_detail(said, fragment, before)


def _is_whole(said: Understood) -> bool:
    """Whether it is certain, has an answer of its own, or is asked for grown-ups and children."""
    if said.confidence >= CERTAIN or said.text.startswith("/"):
        return True
    has_own = any(entity["entity"] in SITUATIONS for entity in said.entities)
    return has_own or said.entity(SECOND_QUESTION) in intents().grown_up_and_child


def _not_that_kind(
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
    return _question(said, new, before, ask, aspect, subject) if subject and ask else None


def _of_days(said: Understood, before: Topic) -> CompletedQuestion | None:
    """Work out "what if 61 days?" or "mine ended 10 november": other days of the same fine."""
    subject = follow_ups().subjects.get(before.subject or "")
    dates = (one for one in placed_entities(said.text) if one["entity"] == "tanggal")
    counted = days_in(said.text) is not None or next(dates, None)
    if subject is None or not subject.counts or not counted or len(said.text.split()) > FEW:
        return None
    ask = subject.asks.get(FINE)
    return _question(said, Fragment(), before, ask, FINE, before.subject) if ask else None


def _of_more_people(
    said: Understood, fragment: Fragment | None, before: Topic
) -> CompletedQuestion | None:
    """Work out "kalau sama anak 1 jadi?": the people counted before and one more."""
    aspect = follow_ups().aspects.get(before.aspect or "")
    together = joined(before.party or "", said.text) if len(said.text.split()) <= FEW else None
    if aspect is None or aspect.in_general is None or PARTY not in aspect.details or not together:
        return None
    name, general = before.aspect or "", aspect.in_general
    before = replace(before, subject=None)
    asked = _question(said, fragment or Fragment(), before, general, name, None)
    ask = Ask(general.intent, {**asked.ask.entities, PARTY: together})
    return replace(asked, ask=ask, topic=replace(asked.topic, party=together))


def _several(
    said: Understood, fragment: Fragment, before: Topic | None
) -> CompletedQuestion | None:
    """Two or three questions: about the subject named, else about the topic's."""
    table = follow_ups()
    if inside := _one_of_another(said, fragment):
        own = table.subjects[inside[0]].asks[inside[1]]
        return _question(said, replace(fragment, subject=inside[0]), None, own, inside[1], None)
    named = _kept_subject(fragment, before)
    subject = fragment.subject or named
    asks = [
        table.ask(subject, aspect) or table.aspects[aspect].in_general
        for aspect in fragment.aspects[:MOST_QUESTIONS]
    ]
    known = [ask for ask in asks if ask]
    if not known:
        return None
    others = (ask for ask in known[1:] if ask != known[0])
    further = tuple(dict.fromkeys(map(_answer_of, others)))
    return _question(said, fragment, before, known[0], fragment.aspects[0], named, further)


def _one_of_another(said: Understood, fragment: Fragment) -> tuple[str, str] | None:
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


def _answer_of(ask: Ask) -> str:
    """The intent, or a detail's answer without its `utter_`: what `pertanyaan_lain` holds."""
    return f"rincian_{ask.entities['topik']}" if ask.intent == "rincian" else ask.intent


def _of_aspect(
    said: Understood, fragment: Fragment, before: Topic | None
) -> CompletedQuestion | None:
    """Complete "terus biayanya?": the topic has the subject or the details that it lacks."""
    aspect = fragment.aspects[0]
    grown_up_or_child = {*follow_ups().child_subjects, follow_ups().checklist.in_general}
    if said.party and fragment.subject in grown_up_or_child:
        return None  # "biaya 2 dewasa 1 anak" counts them all
    if fragment.subject:
        own = follow_ups().subjects[fragment.subject].asks.get(aspect)
        if own is None or (own.intent == said.intent and not own.entities):
            return None  # understood already
        return _question(said, fragment, None, own, aspect, None)
    named = None if _names_office(fragment, aspect) else _kept_subject(fragment, before)
    ask = follow_ups().ask(named, aspect) if named and _can_tell(named, said) else None
    if ask:
        return _question(said, fragment, before, ask, aspect, named)
    general = follow_ups().aspects[aspect].in_general
    missing = {*follow_ups().aspects[aspect].details} - {*fragment.details, PARTY}
    is_beside = said.intent in intents().beside_fragment | {FALLBACK}
    is_plain = follow_ups().aspects[aspect].is_plain
    if general and ((before and before.details(missing)) or is_beside or is_plain):
        return _question(said, fragment, before, general, aspect, None)
    return None


def _recounted(said: Understood, before: Topic | None) -> CompletedQuestion | None:
    """Work the sum out anew when the message changes who was counted: "kalau 1 hilang?"."""
    party = changed_party(before.party, said.text) if before and before.party else None
    if before is None or party is None or said.party:
        return None
    aspect = next(name for name, one in follow_ups().aspects.items() if PARTY in one.details)
    ask = follow_ups().aspects[aspect].in_general
    topic = replace(before, subject=None, party=party)
    return _question(said, Fragment(), topic, ask, aspect, None) if ask else None


def _of_counted(
    said: Understood, fragment: Fragment, before: Topic | None
) -> CompletedQuestion | None:
    """Work out "totalnya?" or "kalau pakai percepatan?" for the people who were counted."""
    if before is None or before.party is None or "document" in fragment.marks:
        return None
    table = follow_ups()
    sums = [name for name, one in table.aspects.items() if PARTY in one.details]
    aspect = next((name for name in fragment.aspects if name in sums), before.aspect)
    others = [name for name in fragment.aspects if name != aspect]
    meant = [fragment.subject, *(table.aspects[name].as_subject for name in others)]
    subjects = [name for name in meant if name]
    if aspect not in sums or not fragment.aspects or len(subjects) < len(others):
        return None
    general = table.aspects[aspect].in_general
    own = table.ask(subjects[0] if subjects else before.subject, aspect)
    is_sum = own and general and own.intent == general.intent
    ask = own if is_sum else None if subjects else general
    return _question(said, fragment, before, ask, aspect, None) if ask else None


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
        return _question(said, fragment, before, ask, asked, fragment.subject) if ask else None
    if again := _once_more(said, fragment, before, aspect):
        return again
    takes = {*follow_ups().aspects[aspect].details}
    counts_on = "week_later" in fragment.marks and before.tanggal
    named = {*fragment.details, *fragment.denied, *(["tanggal"] if counts_on else [])}
    if not takes & named:
        return _of_detail(said, fragment, before)
    general = follow_ups().aspects[aspect].in_general
    own = follow_ups().ask(before.subject, aspect)
    if own and general and own.intent == general.intent:
        general = own  # "yang elektronik", of a lost one
    return _question(said, fragment, before, general, aspect, None) if general else None


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
    if subject and not is_part:
        subject = table.subjects[subject].for_adult or subject
    ask = table.ask(subject, aspect) if subject is None or _can_tell(subject, said) else None
    if ask is None and table.aspects[aspect].keeps_subject:
        ask = table.aspects[aspect].in_general
    return _question(said, fragment, before, ask, aspect, subject) if ask else None


def _of_detail(
    said: Understood, fragment: Fragment, before: Topic | None
) -> CompletedQuestion | None:
    """Take a day or a place alone that nothing else explains for what is asked of it: "bisa datang
    hari rabu?" for the hours, "di batang bisa?" for the address.
    """
    aspects = follow_ups().aspects
    alone = (name for name, one in aspects.items() if one.alone_with in fragment.details)
    aspect = next(alone, None)
    is_about = any(one.details and said.intent in one.left_by for one in aspects.values())
    is_open = said.intent in intents().beside_fragment | {FALLBACK}
    is_whole = before is None and not fragment.marks & AHEAD
    if aspect is None or is_about or not (is_whole or (is_open and before)):
        return None
    if fragment.subject or "document" in fragment.marks:  # "habis bulan depan": its own matter
        return None
    general = follow_ups().aspects[aspect].in_general
    return _question(said, fragment, None, general, aspect, None) if general else None


def _in_other_words(said: Understood, before: Topic) -> CompletedQuestion | None:
    """Complete a few words of which the table does not know all: "lah kok lama bener dah".

    What was understood says the aspect, where nothing in them names a subject of its own.
    """
    aspect = follow_ups().bare_aspect_of(said.intent)
    names = [one["entity"] for one in said.entities if one["entity"] != "bahasa"]
    is_short = len(said.text.split()) <= FEW and said.confidence >= SURE
    if not aspect or not before.subject or not is_short or names or names_a_subject(said.text):
        return None
    ask = follow_ups().ask(before.subject, aspect) if _can_tell(before.subject, said) else None
    return _question(said, Fragment(), before, ask, aspect, before.subject) if ask else None


def _names_office(fragment: Fragment, aspect: str) -> bool:
    """Whether a question about an office names it, or its day, and so lacks nothing."""
    of_offices = follow_ups().aspects[aspect]
    return of_offices.keeps_subject and bool({*fragment.details} & {*of_offices.details})


def _kept_subject(fragment: Fragment, before: Topic | None) -> str | None:
    """The topic's subject, where the message names none and not the document at large."""
    if fragment.subject or before is None or "document" in fragment.marks:
        return None
    return before.subject


def _can_tell(subject: str, said: Understood) -> bool:
    """Whether what the subject needs (the application's number) is known."""
    return not follow_ups().subjects[subject].needs or bool(said.number)


def _question(
    said: Understood,
    fragment: Fragment,
    before: Topic | None,
    ask: Ask,
    aspect: str,
    named: str | None,
    further: tuple[str, ...] = (),
) -> CompletedQuestion:
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
    party = named_now.get(PARTY) or (before.party if before else None)
    topic = Topic(subject, aspect, place, day, kind, checked=checked, party=party, at=said.at)
    told = None if PARTY in entities else named  # then the answer names everybody
    return CompletedQuestion(Ask(ask.intent, entities), further, topic, told)


def _new_details(said: Understood, fragment: Fragment, before: Topic | None) -> dict[str, str]:
    """The message's own details; "selasa depannya lagi" counts on from the topic's day."""
    found = dict(fragment.details)
    if said.party:
        found[PARTY] = said.party
    if "week_later" in fragment.marks and before and before.tanggal and "tanggal" not in found:
        found |= week_later(before.tanggal)
    if "tanggal" in found:
        last = before.tanggal if before else None
        goes_on = "again" in fragment.marks or counts_on(found["tanggal"])
        on = later(found["tanggal"], last, said.today) if goes_on else None
        meant = meant_day(found["tanggal"], last, said.today)
        found["tanggal"] = on or meant or fixed(found["tanggal"], said.today)
    return found
