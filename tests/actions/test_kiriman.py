"""Voice notes, pictures and files."""

from __future__ import annotations

import pytest

from actions.kiriman import ReceiveFile
from tests.actions.makers import bot, citizen, reply


def sent(kind: str) -> dict[str, object]:
    return citizen("/kirim_media", "kirim_media", type=kind)


@pytest.mark.parametrize("kind", ["voice", "audio"])
async def test_the_second_voice_note_is_offered_a_person(kind: str) -> None:
    first = await reply(ReceiveFile(), sent(kind))
    second = await reply(ReceiveFile(), sent(kind), bot("…"), citizen("halo"), sent(kind))

    assert (first.response, second.response) == ("utter_kirim_suara", "utter_kirim_suara_lagi")


@pytest.mark.parametrize("kind", ["image", "document"])
async def test_a_picture_or_file_gets_the_warning(kind: str) -> None:
    assert (await reply(ReceiveFile(), sent(kind))).response == "utter_kirim_berkas"


async def test_other_things_are_not_read() -> None:
    assert (await reply(ReceiveFile(), sent("sticker"))).response == "utter_kirim_media"
