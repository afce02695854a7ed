"""The lines of our answers that a question is about: "yang 5 tahun aja" after the price.

An answer holds several facts. Where it would be said a second time, or where a question about the
topic was not understood, its words find the line that has them, and that line alone is said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from math import log

from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from riung.clock import now
from riung.dialogue.claims import sentences
from riung.dialogue.follow_up_table import Ask, follow_ups
from riung.dialogue.topic import SLOT, STANDS_FOR, Topic
from riung.nlu.lexicon import lexicon
from riung.nlu.normalizer import normalizer
from riung.nlu.situations import ENTITY, situations
from riung.nlu.views import root
from riung.nlu.vocabulary import Asking, vocabulary

MOST_MEANT = 2
"""Sentences that are about one thing; more of them are the answer itself."""

NEARLY_ALL = 0.75
"""How much of what a question's words tell has to stand in a line; rare words tell more. Of 600
messages about nothing of ours five found a line so, of questions about the topic a quarter."""

LEAST = log(20)
"""What a single word tells that stands in one answer of twenty; "ktp" alone stands in more."""

ANYTHING = 1e-9
"""What tells anything at all."""

DETAIL = "rincian"
"""The intent whose answers are named by their `topik`."""

BULLET = "•"


def latest_question(tracker: DialogueStateTracker) -> str:
    """What the citizen wrote last in words of their own."""
    said = (one for one in reversed(tracker.events) if isinstance(one, UserUttered))
    own = (one for one in said if STANDS_FOR not in (one.metadata or {}))
    return next((one.text or "" for one in own if not (one.text or "").startswith("/")), "")


def asks_how_much(question: str) -> bool:
    """Whether a figure is asked for: only what has one answers "percepatan brp"."""
    line = f" {normalizer().line(question)} "
    return any(f" {words} " in line for words in vocabulary(Asking).berapa)


MONEY = "Rp"
"""Begins an amount of money in every answer, in both languages."""


def only_price(question: str, text: str) -> str | None:
    """The one sentence of an answer with an amount of money, where nothing but a price is asked."""
    if MONEY not in text or not asks_how_much(question):
        return None
    if _roots(normalizer().line(question)) - _asking_roots():
        return None
    priced = [one for one in _sentences(sentences(text)) if MONEY in one]
    return priced[0] if len(priced) == 1 else None


@lru_cache(maxsize=1)
def noise_words() -> frozenset[str]:
    """Words that say nothing of what is asked."""
    words, asking, marks = lexicon(), vocabulary(Asking), follow_ups().marks
    noise = {*words.address, *words.filler, *words.greeting, *words.opening, *marks.document}
    for listed in (asking.tanpa_pokok, asking.penghubung, asking.penutup, asking.pokok_tanya):
        noise |= {*listed}
    noise |= {*asking.kata_tugas}
    return frozenset(noise | {word for word in (*marks.plain, *asking.kata_tanya) if word != "jam"})


def _lists(text: str) -> Iterator[str]:
    """The lists of an answer, each under the line that opens it: "Bawa:" and what follows."""
    opened: list[str] = []
    for line in [*text.split("\n"), ""]:
        if opened and line.startswith(BULLET):
            opened.append(line)
            continue
        if len(opened) > 1:
            yield "\n".join(opened)
        opened = [line] if line.rstrip().endswith(":") else []


def _head(passage: str) -> str:
    """What a passage is found by: all of it, or the line that opens its list."""
    return passage.split("\n")[0] if f"\n{BULLET}" in passage else passage


def answers_about(topic: Topic) -> set[str]:
    """The names of the answers to what can be asked of a topic."""
    table = follow_ups()
    subject, aspect = (
        table.subjects.get(topic.subject or ""),
        table.aspects.get(topic.aspect or ""),
    )
    left_by = topic.left_by() | {*(aspect.left_by if aspect else ())}
    asks = [*(subject.asks.values() if subject else ())]
    names = {_answer_to(ask) for ask in asks} | {f"utter_{one}" for one in left_by}
    known = situations()
    near = (n for n, one in known.by_name.items() if left_by & {*one.after, *one.intents})
    return names | {known.response(name) for name in near}


def _answer_to(ask: Ask) -> str:
    if ask.intent == DETAIL:
        return f"utter_{DETAIL}_{ask.entities.get('topik', '')}"
    named = ask.entities.get(ENTITY, "")
    return situations().response(named) if named in situations().by_name else f"utter_{ask.intent}"


@dataclass(frozen=True)
class Rarity:
    """How much a word tells: the fewer of our answers have it, the more.

    Attributes:
        answers: how many answers there are.
        often: how many of them have the word.
    """

    answers: int
    often: Mapping[str, int]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Rarity:
        """What the words of all answers tell."""
        told = [_roots(text) for text in texts]
        return cls(len(told), Counter(word for words in told for word in words))

    def tells(self, words: Iterable[str]) -> float:
        """How much the words tell together."""
        return sum(log((1 + self.answers) / (0.5 + self.often.get(word, 0))) for word in words)

    def line_about(
        self,
        question: str,
        answers: Iterable[str],
        known: Set[str] = frozenset(),
        share: float = NEARLY_ALL,
    ) -> str | None:
        """The line of an answer, or two, that has most of what the question's words tell.

        Args:
            question: the citizen's words.
            answers: the texts in which it is looked for.
            known: roots of words that name what is talked about, and so tell nothing more.
            share: how much of it the line must have, 0 to 1; with 0 any word of it will do.
        """
        asked = _roots(normalizer().line(question)) - known
        least = max(share * self.tells(asked), LEAST if share else ANYTHING)
        best: tuple[float, int, str] = (0.0, 0, "")
        for text in answers:
            told = [(self.tells(asked & _roots(_head(one))), one) for one in _passages(text)]
            most = max((how for how, _ in told), default=0.0)
            lines = [one for how, one in told if how == most]
            if most >= least and len(lines) <= MOST_MEANT:
                best = max(best, (most, -len(text), "\n".join(lines)))
        return best[-1] or None

    def told_of_topic(self, tracker: DialogueStateTracker, say: Callable[[str], str]) -> str | None:
        """The line of our answers about the topic that the latest question is about.

        Args:
            tracker: the conversation.
            say: the name of an answer → its filled text; empty where there is none.
        """
        topic = Topic.of(tracker.get_slot(SLOT), now().timestamp())
        if topic is None:
            return None
        subject = follow_ups().subjects.get(topic.subject or "")
        named = _roots(" ".join(subject.words)) if subject else frozenset()
        texts = map(say, sorted(answers_about(topic)))
        return self.line_about(latest_question(tracker), texts, named)


def _passages(text: str) -> Iterator[str]:
    yield from _lists(text)
    yield from _sentences(sentences(text))


def _sentences(parts: Iterable[str]) -> Iterator[str]:
    """Those that say something by themselves, each ended as a sentence."""
    whole = (re.sub(";$", ".", part) for part in parts)
    return (one for one in whole if one[-1] not in ":?")


_WORD = re.compile(r"[^\W_]+")


def _roots(text: str) -> set[str]:
    words = (word for word in _WORD.findall(text.casefold()) if word not in noise_words())
    return {root(word) for word in words} - noise_words()


@lru_cache(maxsize=1)
def _asking_roots() -> frozenset[str]:
    """Roots of the words that ask for a figure."""
    words = (word for phrase in vocabulary(Asking).berapa for word in phrase.split())
    return frozenset(map(root, words))
