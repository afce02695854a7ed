"""Several questions in one message: "syaratnya apa sama biayanya berapa?".

Only when each part is sure by itself is there a further question; a wrong second answer is worse
than none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set

from riung.intents import intents as roles
from riung.nlu.features import Part, after_opening, clauses, is_noise, line
from riung.nlu.party import read_party
from riung.nlu.vocabulary import Asking, vocabulary
from riung.nlu.word_lists import Words

SURE_UNJOINED = 0.9
"""How sure both halves of one clause must be: nothing but their words says that they are two."""

FEW = 5
"""Words that a question without a question word has at most: "syarat paspor anak umur lima"."""

MOST = 3
"""More questions than this in one message are a story, and one bubble could not answer them."""

MOST_PARTS, LONGEST = 6, 30
"""Of more clauses no further question is sought, and a clause of more words is not cut: a citizen
who asks two things writes less, and the time stays bounded."""

Guess = Callable[[Sequence[str]], list[tuple[str, float]]]
"""Lines → the likeliest intent of each, with its confidence."""


def questions(text: str, words: Part, guess: Guess, sure: float) -> list[str]:
    """The intents of a message that asks two or three things, the one to answer first in front.

    Returns:
        The names, or an empty list when there is one question or a part is in doubt.
    """
    parts = _parts(text, words)
    if len(parts) > MOST_PARTS:
        return []
    guesses: list[tuple[str, float]] = []
    subject: Part = []
    named: set[str] = set()
    for part in parts:
        found = _asked(part, subject, guess, sure)
        guesses += found
        own = _subject(part)[:LONGEST]
        named |= {intent for intent, _ in found if _names_own(own)}
        subject = own or subject
    if len(guesses) < 2 or any(confidence < sure for _, confidence in guesses):
        return []
    no_question = roles().no_question
    intents = _unanswered([intent for intent, _ in guesses if intent not in no_question], named)
    if not 2 <= len(intents) <= MOST:
        return []
    return sorted(intents, key=lambda intent: intent not in roles().own_record)


def beside_courtesy(text: str, words: Part, guess: Guess, sure: float) -> tuple[str, float] | None:
    """The question that stands beside a greeting or thanks, None when there is none for sure."""
    parts = _parts(text, words)[:MOST_PARTS]
    parts += filter(None, [after_opening(words)[:LONGEST]])
    no_question = roles().no_question
    found = [one for one in guess([line(part) for part in parts]) if one[0] not in no_question]
    return next((one for one in found if one[1] >= sure), None)


def _names_own(subject: Part) -> bool:
    """Whether the words name a subject, rather than only that of the clause before: "biayanya"."""
    topics = {*_listed("pokok_tanya")}
    return any(word.removesuffix("nya") not in topics for word in _said(subject))


def sure_parts(text: str, words: Part, guess: Guess, sure: float) -> list[str]:
    """The intents of the clauses that surely ask, of a message that has several."""
    parts = [part for part in _parts(text, words)[:MOST_PARTS] if len(part) < len(words)]
    found = guess([line(part) for part in parts if len(part) <= LONGEST])
    no_question = roles().no_question
    return [name for name, confidence in found if confidence >= sure and name not in no_question]


def last_asked(text: str, words: Part) -> Part | None:
    """The last clause of a message of several, if it asks and says what about; one that only asks
    ("ditolak, terus gimana ya") is about the clause before.
    """
    parts = clauses(text, words)
    while parts and not _said(parts[-1]):
        parts.pop()  # thanks, a form of address, an emoji
    if len(parts) > 2 and _has_question_word(parts[-1]) and not _subject(parts[-1]):
        parts[-2:] = [[*parts[-2], *parts[-1]]]
    return parts[-1] if len(parts) > 1 and _asks(parts[-1]) else None


def asked_at_the_end(text: str, words: Part, guess: Guess, sure: float) -> str:
    """The intent of the last clause, if that surely asks; else nothing."""
    part = last_asked(text, words)
    if part is None or len(part) > LONGEST:
        return ""
    intent, confidence = guess([line(part)])[0]
    return intent if confidence >= sure and intent not in roles().no_question else ""


def for_a_family(text: str, intent: str) -> list[str]:
    """The question for grown-ups and for children, where the message counts both; else nothing."""
    party = read_party(text) if intent in roles().grown_up_and_child else None
    both = party and party.children and (party.adults or party.people)
    return [*roles().grown_up_and_child] if both else []


def held_by(intent: str) -> Sequence[str]:
    """The questions that the answer to this one answers too."""
    return vocabulary(Asking).termasuk.get(intent, ())


def asks_of_nothing(words: Part) -> bool:
    """Whether a message asks without saying what about: "itu gimana sih"."""
    topics = {*_said(words)} & {*_listed("pokok_tanya")}
    return _has_question_word(words) and not (topics or _subject(words))


def _unanswered(intents: Sequence[str], named: Set[str]) -> list[str]:
    """Each question once, without those that the answer to another one holds already: unless their
    own words name what they are about, for "biaya e-paspor" asks more than "biayanya".
    """
    held = {inside for intent in intents for inside in held_by(intent)}
    return [intent for intent in dict.fromkeys(intents) if intent not in held - named]


def _parts(text: str, words: Part) -> list[Part]:
    """The clauses that ask.

    One that only names its topic borrows the rest from its neighbour: "syarat dan biaya paspor
    baru" asks for "syarat paspor baru" and "biaya paspor baru".
    """
    parts: list[Part] = []
    for part in reversed(clauses(text, words)):
        bare = len(_said(part)) == 1 and _said(part)[0] in _listed("pokok_tanya")
        parts.insert(0, [*part, *parts[0][1:]] if bare and parts else part)
    return [part for part in parts if _asks(part)]


def _asked(part: Part, subject: Part, guess: Guess, sure: float) -> list[tuple[str, float]]:
    """What one clause asks: two things, when both halves of it are sure and differ.

    A clause that names no subject ("syaratnya apa") is about that of the clause before, if that
    makes a sure question.
    """
    if subject and not _subject(part):
        about, bare = guess([line([*subject, *part]), line(part)])
        return [about if about[1] >= sure else bare]
    halves = [(part[:cut], part[cut:]) for cut in _cuts(part)] if len(part) <= LONGEST else []
    lines = [line(piece) for pair in halves for piece in pair]
    whole, *pieces = guess([line(part), *lines])
    for first, second in zip(pieces[::2], pieces[1::2], strict=True):
        if first[0] != second[0] and min(first[1], second[1]) >= SURE_UNJOINED:
            return [first, second]
    return [whole]


def _cuts(part: Part) -> Iterator[int]:
    """Where a second question may begin inside a clause, without any joining word."""
    for cut in range(1, len(part)):
        begins = part[cut].text.split()[0] in _listed("pembuka")
        if begins and _asks(part[:cut]) and _asks(part[cut:]):
            yield cut


def _asks(part: Part) -> bool:
    """Whether a part asks, and says what about: "apa syaratnya", "sabtu buka tidak", "biaya anak".

    Without any word that asks, only a few words that begin with a topic do; in the middle of a
    story a topic is told of.
    """
    said = _said(part)
    content = [word for word in said if word not in _listed("tanpa_pokok")]
    if len(said) < 2 or not (_subject(part) or {*said} & {*_listed("pokok_tanya")}):
        return False
    is_announced = not {*_listed("menandai_tanya")}.isdisjoint(said)
    if said[-1] in _listed("penutup") or _has_question_word(part) or is_announced:
        return True
    return bool(content) and len(content) <= FEW and content[0] in _listed("pokok_tanya")


def _has_question_word(part: Part) -> bool:
    """Whether a question mark or word is in a part; "tidak bisa" states, unless it ends in "?"."""
    plain = [plain for word in part for plain in word.text.split()]
    asking, denying = _listed("kata_tanya"), _listed("penutup")
    pairs = zip(["", *plain], plain, strict=False)
    return "?" in plain or any(word in asking and last not in denying for last, word in pairs)


def _subject(part: Part) -> Part:
    """The words of a clause that say what it is about."""
    plain = {*_listed("kata_tanya"), *_listed("pokok_tanya"), *_listed("tanpa_pokok")}
    return [word for word in part if {*_said([word])} - plain]


def _said(part: Part) -> list[str]:
    """The words that mean something."""
    words = (plain for word in part for plain in word.text.split())
    return [word for word in words if word.isalpha() and not is_noise(word)]


def _listed(kind: str) -> Words:
    return vocabulary(Asking).group(kind)
