"""One turn, one bubble: what the dialogue said becomes one WhatsApp message within its limits.

A person may get one message in six seconds for long, and each free-form answer costs money
(Meta §7, §8): so the texts of a turn are joined, and its last buttons stand under them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from riung import limits
from riung.localized import LANGUAGE
from riung.whatsapp.words import Words

JsonObject = dict[str, Any]

NATIVE_KINDS = ("image", "video", "audio", "document", "location")
"""Graph message kinds a response may carry ready-made under `custom:` (`type` names the kind)."""


@dataclass(frozen=True)
class Choice:
    """A tappable option: what it says, and the command that comes back."""

    title: str
    payload: str
    description: str = ""


@dataclass(frozen=True)
class Bubble:
    """What is said to a citizen in one WhatsApp message.

    Attributes:
        text: the words; joined from the texts of a turn.
        choices: shown as reply buttons or as a list, whichever they fit.
        image: address of a picture above the words.
        link: address of the one button that opens a page, with its label.
        native: a Graph message of its own kind (`{"type": "location", "location": …}`).
        language: what the words are in; "" is Indonesian.
    """

    text: str = ""
    choices: tuple[Choice, ...] = ()
    image: str = ""
    link: tuple[str, str] | None = None
    native: JsonObject | None = None
    language: str = ""

    def to_json(self) -> JsonObject:
        """The stored form."""
        return {name: value for name, value in asdict(self).items() if value}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Bubble:
        """Back from the stored form."""
        choices = tuple(Choice(**choice) for choice in stored.get("choices", ()))
        link = stored.get("link")
        return cls(**{**stored, "choices": choices, "link": tuple(link) if link else None})

    def joined(self, later: Bubble) -> Bubble | None:
        """Both in one bubble, or None where they don't fit into one."""
        if self.native or later.native or later.image or (self.link and later.link):
            return None
        text = "\n\n".join(filter(None, [self.text, later.text]))
        if limits.length(text) > (limits.CAPTION if self.image else limits.TEXT_BODY):
            return None
        choices = later.choices or self.choices
        link, language = later.link or self.link, later.language or self.language
        return Bubble(text, choices, self.image, link, language=language)


@dataclass
class Draft:
    """Collects the responses of a turn."""

    texts: list[str] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    image: str = ""
    link: tuple[str, str] | None = None
    natives: list[JsonObject] = field(default_factory=list)
    language: str = ""

    def add(self, message: Mapping[str, Any]) -> None:
        """Take one of Rasa's bot messages (`text`, `buttons`, `image`, `custom`, `attachment`)."""
        text = message.get("text")
        if isinstance(text, str) and text.strip():
            self.texts.append(text.strip())
        self.language = str(message.get(LANGUAGE) or self.language)
        self._add_buttons(message.get("buttons") or message.get("quick_replies") or ())
        if image := message.get("image"):
            self.image = str(image)
        if attachment := message.get("attachment"):
            self.natives.append(_document(str(attachment)))
        custom = message.get("custom")
        if isinstance(custom, dict) and custom.get("type") in NATIVE_KINDS:
            self.natives.append(custom)

    def _add_buttons(self, buttons: Sequence[Mapping[str, Any]]) -> None:
        choices = []
        for button in buttons:
            title = str(button.get("title") or "").strip()
            if title and button.get("url"):
                self.link = (title, str(button["url"]))
            elif title:
                payload = str(button.get("payload") or title)
                description = str(button.get("description") or "").strip()
                choices.append(Choice(title, payload, description))
        unlike: dict[str, Choice] = {}
        for choice in choices:  # of two that read alike nobody could tell which does what
            unlike.setdefault(choice.title.casefold(), choice)
        self.choices = list(unlike.values()) or self.choices

    def bubbles(self) -> list[Bubble]:
        """What to send: one bubble, more only where WhatsApp can't show it in one."""
        text, choices = "\n\n".join(self.texts), tuple(self.choices)
        said = Bubble(text, choices, self.image, self.link, language=self.language)
        natives = [Bubble(native=native) for native in self.natives]
        if said == Bubble(language=self.language):
            return natives
        if self.image and not _fits_under_image(said):
            picture = Bubble(image=self.image)
            return [picture, replace(said, image=""), *natives]
        return [said, *natives]


def _document(link: str) -> JsonObject:
    name = link.rsplit("/", 1)[-1].split("?")[0] or "berkas"
    return {"type": "document", "document": {"link": link, "filename": name}}


def _fits_under_image(bubble: Bubble) -> bool:
    if bubble.link or limits.length(bubble.text) > limits.CAPTION:
        return False
    return not bubble.choices or _fit_as_buttons(bubble.text, bubble.choices)


def compose(bubble: Bubble, words: Words) -> tuple[JsonObject, list[str]]:
    """The Graph API's body for a bubble, without addressee, and what had to be cut to fit.

    The cuts name the part ("text", "row title" …), never the content; callers log them.
    """
    cuts: list[str] = []
    if bubble.native:
        kind = bubble.native["type"]
        return {"type": kind, kind: bubble.native[kind]}, cuts
    if bubble.link:
        return _link_body(bubble, words, cuts), cuts
    choices = _tappable(bubble.choices, cuts)
    if not choices:
        return _plain_body(bubble, cuts), cuts
    if len(choices) > limits.LIST_ROWS:
        cuts.append("choices")
        lines = "\n".join(f"- {choice.title}" for choice in choices)
        return _plain_body(Bubble(f"{bubble.text}\n\n{lines}".strip()), cuts), cuts
    if _fit_as_buttons(bubble.text, choices):
        return _buttons_body(bubble, choices, words), cuts
    return _list_body(bubble, choices, words, cuts), cuts


def _tappable(choices: Sequence[Choice], cuts: list[str]) -> list[Choice]:
    """The choices with ids that are unique and short enough; a cut id would be another command."""
    kept: dict[str, Choice] = {}
    for choice in choices:
        if choice.payload in kept or limits.length(choice.payload) > limits.ROW_ID:
            cuts.append("choice")
        else:
            kept[choice.payload] = choice
    return list(kept.values())


def _fit_as_buttons(text: str, choices: Sequence[Choice]) -> bool:
    """Whether reply buttons can show it; a list takes longer bodies, titles and descriptions."""
    titles = [choice.title for choice in choices]
    return (
        len(choices) <= limits.BUTTONS
        and len(set(titles)) == len(titles)
        and limits.length(text) <= limits.INTERACTIVE_BODY
        and not any(choice.description for choice in choices)
        and all(limits.length(title) <= limits.BUTTON_TITLE for title in titles)
    )


def _plain_body(bubble: Bubble, cuts: list[str]) -> JsonObject:
    if bubble.image:
        image = {"link": bubble.image}
        if bubble.text:
            image["caption"] = _cut(bubble.text, limits.CAPTION, "caption", cuts)
        return {"type": "image", "image": image}
    text = _cut(bubble.text, limits.TEXT_BODY, "text", cuts)
    return {"type": "text", "text": {"body": text, "preview_url": False}}


def _buttons_body(bubble: Bubble, choices: Sequence[Choice], words: Words) -> JsonObject:
    buttons = [
        {"type": "reply", "reply": {"id": choice.payload, "title": choice.title}}
        for choice in choices
    ]
    interactive: JsonObject = {
        "type": "button",
        "body": {"text": bubble.text or words.silakan_pilih.in_language(bubble.language)},
        "action": {"buttons": buttons},
    }
    if bubble.image:
        interactive["header"] = {"type": "image", "image": {"link": bubble.image}}
    return {"type": "interactive", "interactive": interactive}


def _list_body(
    bubble: Bubble, choices: Sequence[Choice], words: Words, cuts: list[str]
) -> JsonObject:
    interactive = {
        "type": "list",
        "body": {
            "text": _cut(bubble.text, limits.LIST_BODY, "text", cuts)
            or words.silakan_pilih.in_language(bubble.language)
        },
        "action": {
            "button": words.lihat_pilihan.in_language(bubble.language),
            "sections": [{"rows": [_row(choice, cuts) for choice in choices]}],
        },
    }
    return {"type": "interactive", "interactive": interactive}


def _row(choice: Choice, cuts: list[str]) -> JsonObject:
    row = {
        "id": choice.payload,
        "title": _cut(choice.title, limits.ROW_TITLE, "row title", cuts),
    }
    if choice.description:
        row["description"] = _cut(
            choice.description, limits.ROW_DESCRIPTION, "row description", cuts
        )
    return row


def _link_body(bubble: Bubble, words: Words, cuts: list[str]) -> JsonObject:
    assert bubble.link
    label, url = bubble.link
    interactive = {
        "type": "cta_url",
        "body": {
            "text": _cut(bubble.text, limits.INTERACTIVE_BODY, "text", cuts)
            or words.silakan_pilih.in_language(bubble.language)
        },
        "action": {
            "name": "cta_url",
            "parameters": {
                "display_text": _cut(label, limits.BUTTON_TITLE, "link label", cuts),
                "url": url,
            },
        },
    }
    return {"type": "interactive", "interactive": interactive}


def _cut(text: str, limit: int, part: str, cuts: list[str]) -> str:
    short = limits.cut(text, limit)
    if short != text:
        cuts.append(part)
    return short
