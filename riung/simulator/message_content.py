"""What a citizen can send from the page: the content part of Meta's messages (Meta §5), checked."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Extra, Field, root_validator

from riung import limits
from riung.simulator.chats import File


class _Part(BaseModel):
    class Config:
        extra = Extra.forbid


class _Text(_Part):
    body: str = Field(min_length=1, max_length=limits.TEXT_BODY)


class _Chosen(_Part):
    id: str = Field(min_length=1, max_length=limits.BUTTON_ID)
    title: str
    description: str | None = None


class _Interactive(_Part):
    type: Literal["button_reply", "list_reply"]
    button_reply: _Chosen | None = None
    list_reply: _Chosen | None = None

    @root_validator(skip_on_failure=True)
    def _holds_what_it_says(cls, values: dict[str, Any]) -> dict[str, Any]:
        if values[values["type"]] is None:
            raise ValueError(f"{values['type']} is missing")
        return values


class _Button(_Part):
    payload: str
    text: str


class _Location(_Part):
    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)
    name: str | None = None
    address: str | None = None


class _Media(_Part):
    id: str
    caption: str | None = Field(None, max_length=limits.CAPTION)


class TextContent(_Part):
    """Typed words."""

    type: Literal["text"]
    text: _Text


class ChoiceContent(_Part):
    """A tapped button or list row."""

    type: Literal["interactive"]
    interactive: _Interactive


class ButtonContent(_Part):
    """A tapped quick reply of a template."""

    type: Literal["button"]
    button: _Button


class LocationContent(_Part):
    """A place on the map."""

    type: Literal["location"]
    location: _Location


class MediaContent(_Part):
    """A picture or document uploaded before."""

    type: Literal["image", "document"]
    image: _Media | None = None
    document: _Media | None = None

    @root_validator(skip_on_failure=True)
    def _holds_what_it_says(cls, values: dict[str, Any]) -> dict[str, Any]:
        if values[values["type"]] is None:
            raise ValueError(f"{values['type']} is missing")
        return values

    @property
    def media(self) -> _Media:
        """The part that says which file."""
        media = self.image or self.document
        assert media is not None  # the validator has seen to it
        return media


Content = Annotated[
    TextContent | ChoiceContent | ButtonContent | LocationContent | MediaContent,
    Field(discriminator="type"),
]


def as_meta(content: BaseModel, file: File | None = None, url: str = "") -> dict[str, Any]:
    """The content as a webhook carries it; a file's type, checksum and address are added."""
    body = content.dict(exclude_none=True)
    if isinstance(content, MediaContent) and file is not None:
        media = {"mime_type": file.mime_type, "sha256": file.sha256, "id": file.id, "url": url}
        name = {"filename": file.filename} if content.type == "document" else {}
        body[content.type] = {**media, **name, **body[content.type]}
    return body
