"""Follow-ups that are worked out: other people of a sum, other days of a fine."""

from __future__ import annotations

from dataclasses import replace

from riung.dialogue.completing import asks_whether, completed
from riung.dialogue.follow_up_table import PARTY, Ask, follow_ups
from riung.dialogue.fragment import Fragment
from riung.dialogue.message import Understood
from riung.dialogue.topic import CompletedQuestion, Topic
from riung.nlu.durations import days_in
from riung.nlu.extractor import placed_entities
from riung.nlu.party import (
    changed_party,
    counts_all,
    for_ten_years,
    is_several,
    joined,
    names_ten_years,
    owner_words,
)

FINE = "denda"
"""The aspect that is worked out anew for other days."""

SURE = 0.75
"""From this confidence on, a day belongs to what was understood."""

MORE = 12
"""Words of one that asks for the sum by itself, as its intent tells."""

FEW = 6
"""Words of a message that may hang on the topic although some are not known."""

LONGER = 8
"""Words of one that counts other days: "and if it is more than 60 days?"."""


def of_days(said: Understood, before: Topic) -> CompletedQuestion | None:
    """Work out "what if 61 days?" or "mine ended 10 november": other days of the same fine."""
    subject = follow_ups().subjects.get(before.subject or "")
    dates = (one for one in placed_entities(said.text) if one["entity"] == "tanggal")
    is_sum = days_in(said.text) is not None
    counted = is_sum or (next(dates, None) and not _asks_otherwise(said))
    if subject is None or not subject.counts or not counted or len(said.text.split()) > LONGER:
        return None
    ask = subject.asks.get(FINE)
    return completed(said, Fragment(), before, ask, FINE, before.subject) if ask else None


def _asks_otherwise(said: Understood) -> bool:
    """Whether something else is asked of the day that it names: "open tomorrow?"."""
    named = said.fragment is not None and bool({*said.fragment.aspects} - {FINE})
    return named or (follow_ups().aspect_of(said.intent) is not None and said.confidence >= SURE)


def of_more_people(
    said: Understood, fragment: Fragment | None, before: Topic
) -> CompletedQuestion | None:
    """Work out "kalau sama anak 1 jadi?": the people counted before and one more; of a passport
    that was talked about ("totalnya kalau sama ibunya?") its one owner and one more.
    """
    sums = [name for name, one in follow_ups().aspects.items() if PARTY in one.details]
    asked_now = [name for name in sums if said.intent in follow_ups().aspects[name].left_by]
    name = next(iter(asked_now), before.aspect if before.aspect in sums else None)
    general = follow_ups().aspects[name].in_general if name else None
    own = said.party if counts_all(said.line) else None
    most = MORE if asked_now or own else FEW
    if name is None or general is None or len(said.text.split()) > most:
        return None
    one_owner = owner_words(before.subject in follow_ups().child_subjects, before.subject or "")
    counted = before.party or (one_owner if before.subject and asked_now else "")
    family = follow_ups().marks.family
    together = joined(counted, said.line, family) or own
    if together and names_ten_years(said.line):
        together = for_ten_years(together, said.line, family)
    return _sum_of(together, said, fragment, before, name) if together else None


def of_people_alone(said: Understood, before: Topic) -> CompletedQuestion | None:
    """Work out "buat 3 orang" after a price, or after a service that has one: the same for them."""
    table = follow_ups()
    sums = [name for name, one in table.aspects.items() if PARTY in one.details]
    if said.party is None or not sums or len(said.text.split()) > FEW:
        return None
    asks_price = before.aspect in sums or (before.subject and table.ask(before.subject, sums[0]))
    return _sum_of(said.party, said, None, before, sums[0]) if asks_price else None


def _sum_of(
    party: str, said: Understood, fragment: Fragment | None, before: Topic, aspect: str
) -> CompletedQuestion | None:
    """The sum of those people, each with what is talked about: same-day service for all."""
    general = follow_ups().aspects[aspect].in_general
    if general is None:
        return None
    own = follow_ups().ask(before.subject, aspect)
    kept = own if own and own.intent == general.intent else general
    before = before if kept is own else replace(before, subject=None)
    asked = completed(said, fragment or Fragment(), before, kept, aspect, None)
    ask = Ask(kept.intent, {**asked.ask.entities, PARTY: party})
    return replace(asked, ask=ask, topic=replace(asked.topic, party=party))


def recounted(said: Understood, before: Topic | None) -> CompletedQuestion | None:
    """Work the sum out anew when the message changes who was counted: "kalau 1 hilang?"."""
    if before and (dearer := _of_ten_years(said, before)):
        return dearer
    party = changed_party(before.party, said.text) if before and before.party else None
    if before is None or party is None or said.party:
        return None
    aspect = next(name for name, one in follow_ups().aspects.items() if PARTY in one.details)
    ask = follow_ups().aspects[aspect].in_general
    topic = replace(before, subject=None, party=party)
    return completed(said, Fragment(), topic, ask, aspect, None) if ask else None


def _of_ten_years(said: Understood, before: Topic) -> CompletedQuestion | None:
    """The same people with passports of ten years: "klo yg gede 10 th"."""
    told = before.party
    is_short = len(said.text.split()) <= FEW and not said.party
    if told is None or not is_several(told) or not is_short or not names_ten_years(said.line):
        return None
    sums = (name for name, one in follow_ups().aspects.items() if PARTY in one.details)
    told = for_ten_years(told, said.line, follow_ups().marks.family)
    return _sum_of(told, said, said.fragment, before, next(sums))


def of_counted(
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
    if others and aspect not in fragment.aspects and asks_whether(said):
        return None  # "ada yang sehari jadi?" asks for no sum
    general = table.aspects[aspect].in_general
    own = table.ask(subjects[0] if subjects else before.subject, aspect)
    is_sum = own and general and own.intent == general.intent
    ask = own if is_sum else None if subjects else general
    return completed(said, fragment, before, ask, aspect, None) if ask else None
