"""What a message in other words asks of the topic: "waduh duitnya brp tuh" after "paspor hilang".

The classifier knows nothing of what was said before, so a few words leave it in doubt. Whoever has
just been answered nearly always goes on from there: its doubt is settled by what can be asked of
the topic, and the answer names the topic.
"""

from __future__ import annotations

from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME as FALLBACK

from riung.dialogue.follow_up_table import details, follow_ups
from riung.dialogue.fragment import PAIR, Fragment, asked_in_clauses, subjects_named
from riung.dialogue.message import Understood
from riung.dialogue.topic import CompletedQuestion, Topic
from riung.intents import FURTHER, intents
from riung.nlu.vocabulary import Asking, FormAnswers, vocabulary

CERTAIN = 1.0
"""Confidence of what the words of a message tell by themselves."""

MOST_LETTERS = 400
"""Letters of a message that asks several things; a longer one is a story, and is not searched."""

MOST_THANKS = 5
"""Words of thanks with a question mark that ask nothing: "makasih banyak ya kak?"."""

FEW = 10
"""Words of a question that may hang on the topic."""

SURE = 0.75
"""How sure it must be what is asked, where it is no guess."""

SURELY = 0.9
"""How sure it must be that something else is asked than the words for a part of a question say."""

LIKELY = 0.3
"""How likely a guess has to be that the topic settles."""

UNLIKE = 0.6
"""From this likelihood on, a message is about nothing of ours, whatever else it may ask."""


def guessed_aspect(said: Understood, before: Topic) -> str | None:
    """The aspect that the message surely asks, or the likeliest that can be asked of the topic."""
    table, outside = follow_ups(), intents().role.out_of_scope
    if said.intent != outside and is_sure(said):
        return table.bare_aspect_of(said.intent) or table.general_aspect_of(said.intent)
    likely = {name: how for name, how in said.guesses if name != FALLBACK}
    if likely.pop(outside, 0.0) >= UNLIKE or not likely:
        return None
    nearest = max(likely, key=lambda name: likely[name])
    guessed = table.bare_aspect_of(nearest) if likely[nearest] >= LIKELY else None
    by_words = asked_in_clauses(said.text)
    aspect = by_words[0] if len(by_words) == 1 else guessed
    is_asked = aspect is not None and table.ask(before.subject, aspect) is not None
    return aspect if is_asked else None


def understood_alone(said: Understood, before: Topic | None, asked: CompletedQuestion) -> bool:
    """Whether a message was understood as something else than its words for a part of a question
    would make of it: "ambil nomor antrean" fetches nothing, "wilujeng enjing" asks of no day.

    That counts where it hangs on nothing, or has words which the table does not know.
    """
    fragment = said.fragment
    is_bare = fragment is not None and not {*fragment.aspects, *fragment.marks}
    talk = intents().courtesy | intents().other_small_talk | {intents().role.survey}
    if said.intent in talk:
        return is_bare and "?" not in said.text and said.confidence >= SURE
    named = fragment.aspects if fragment else ()
    is_plain = any(follow_ups().aspects[one].is_plain for one in named)  # "emang kena denda ya"
    if said.intent in (asked.ask.intent, *asked.further) or (before and fragment) or is_plain:
        return False
    is_outside = said.intent == intents().role.out_of_scope
    are_all_of_it = bool(asked.further and asked.topic.subject) and not is_outside
    if are_all_of_it or (is_bare and said.entity(details()[-1]) is None):
        return False
    return _how_sure_of_another(said, asked) >= SURELY


def _how_sure_of_another(said: Understood, asked: CompletedQuestion) -> float:
    """The likelihood of all intents that ask another thing of another matter."""
    outside, table = intents().role.out_of_scope, follow_ups()
    if outside == said.intent:
        return said.confidence
    kind = said.entity("jenis_permohonan")
    guesses = said.guesses or ((said.intent, said.confidence),)
    return sum(
        likely
        for name, likely in guesses
        if name not in (FALLBACK, outside, asked.ask.intent)
        and table.aspect_of(name) != asked.topic.aspect
        and (asked.topic.subject is None or table.subject_of(name, kind) != asked.topic.subject)
    )


def several_of_one(said: Understood) -> Fragment | None:
    """What a message of several questions asks of the one subject it names, where the table does
    not know all its words: "mau bikin paspor anak. bawa apa, bayarnya, brp hari rampung?".
    """
    subject = only_subject(said) if len(said.text) <= MOST_LETTERS else None
    if subject is None or said.party:
        return None
    further = [str(one["value"]) for one in said.entities if one["entity"] == FURTHER]
    guessed = [follow_ups().aspect_asked_by(one) for one in (said.intent, *further) if further]
    by_words = asked_in_clauses(said.text)
    if len(by_words) < PAIR and None in guessed:
        return None
    asked = [*dict.fromkeys([*by_words, *filter(None, guessed)])]
    return Fragment(aspects=asked, subject=subject) if len(asked) >= PAIR else None


def only_subject(said: Understood) -> str | None:
    """The one subject that the message names, by its words or by the kind of application; of a
    child's and another one that other one for a child.
    """
    table = follow_ups()
    kind = table.subject_of("", said.entity("jenis_permohonan"))
    named = {*subjects_named(said.text), *([kind] if kind else [])} - {""}
    others = named - {table.of_age(None, is_child=True)}
    if len(others) == 1 and len(named) == PAIR:
        return table.of_age(next(iter(others)), is_child=True)
    return next(iter(named)) if len(named) == 1 else None


def asks_of_the_topic(said: Understood) -> bool:
    """Whether a question that stands alone leaves the subject as it was: it names none, and not
    the document at large ("harganya sama semua?" after "paspor anak").
    """
    is_bare = follow_ups().bare_aspect_of(said.intent) is not None
    return is_bare and not subjects_named(said.text)


def worried(said: Understood) -> bool:
    """Whether only worry was understood: it is no matter of ours, yet whoever asks is somebody to
    help ("takut ditolak di bandara").
    """
    if said.intent != intents().role.out_of_scope:
        return False
    words = said.line.split()
    return not {*vocabulary(FormAnswers).khawatir}.isdisjoint(words)


def asks_how_good(said: Understood) -> bool:
    """Whether it was taken for a verdict on the service, yet asks: "cepet ga"."""
    words = said.line.split()
    asks = "?" in words or not {*vocabulary(Asking).penutup}.isdisjoint(words[-1:])
    return asks and said.intent == intents().role.survey


def left_open(said: Understood, before: Topic | None) -> bool:
    """Whether a short question is taken for no matter of ours although something of ours was
    talked about ("kartu pelajar bisa?"), or only its thanks were heard: "makasih, lantai brp?".
    """
    words = said.line.split()
    is_other = said.intent == intents().role.out_of_scope and said.confidence < CERTAIN
    if said.intent in intents().courtesy and "?" in words:
        is_other = len(words) > MOST_THANKS
    if before is None or not is_other or len(words) > FEW:
        return False
    asks = not {*vocabulary(Asking).kata_tanya, "?"}.isdisjoint(words)
    return asks or not {*vocabulary(Asking).penutup}.isdisjoint(words)


def told_aside(said: Understood, before: Topic | None) -> bool:
    """Whether a few words that are no matter of ours only tell how somebody is: "dia lagi di
    kampung", "soalnya anaknya sakit", "abis nikah soalnya".
    """
    outside = intents().role.out_of_scope
    is_open = said.intent in (FALLBACK, outside) and said.confidence < CERTAIN
    words = said.line.split()
    if before is None or before.subject is None or not is_open or len(words) > FEW:
        return False
    asking = {*vocabulary(Asking).kata_tanya, *vocabulary(Asking).penutup, "?"}
    return before.hears(said.line) and asking.isdisjoint(words)


def only_tells(said: Understood) -> bool:
    """Whether a message asks nothing: inside a form "umurnya 83" answers, or tells too early."""
    asks = "?" in said.text or (said.fragment is not None and bool(said.fragment.aspects))
    words = said.line.split()
    return not asks and {*vocabulary(Asking).kata_tanya}.isdisjoint(words)


def only_tells_of(said: Understood, subject: str, aspect: str) -> bool:
    """Whether the aspect's words only say how it stands, of what was surely a wish for the subject:
    "masa berlaku paspor saya sudah mati".
    """
    table, asking = follow_ups(), vocabulary(Asking)
    is_wish = said.intent in table.subjects[subject].left_by and said.confidence >= SURE
    words = said.line.split()
    counts = not {*asking.berapa, *asking.menanyakan_waktu}.isdisjoint(words)
    counts = counts or any(map(str.isdigit, said.line))
    return table.aspects[aspect].asked_only and is_wish and not counts


def is_sure(said: Understood) -> bool:
    """Whether it was surely understood as something."""
    return said.intent != FALLBACK and said.confidence >= SURE


def application_of(said: Understood, subject: str | None, before: Topic | None) -> str | None:
    """What is applied for, where the subject only says for whom: named now, else before."""
    table = follow_ups()
    if subject is None or not table.subjects[subject].of_application:
        return None
    kept = before.application_of(subject) or before.subject if before else None
    named = table.application_in(subject, subjects_named(said.text))
    return named or (kept if kept != subject else None)
