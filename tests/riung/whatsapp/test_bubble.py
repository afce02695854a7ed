"""One bubble a turn, within WhatsApp's limits (Meta §7, §10.12), as pywa would send it."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from pywa.types.callback import Section, SectionList, SectionRow
from pywa_async.client import WhatsApp

from riung.whatsapp.bubble import Bubble, Choice, Draft, compose
from riung.whatsapp.words import read_words
from tests.graph_standin import SAMPLES, problem_of

WORDS = read_words()
Buttons = list[dict[str, str]]


def buttons(count: int, **more: str) -> Buttons:
    return [{"title": f"Pilihan {n}", "payload": f"/pilihan_{n}", **more} for n in range(count)]


def body_of(
    text: str, choices: Buttons | None = None, **more: Any
) -> tuple[dict[str, Any], list[str]]:
    draft = Draft()
    draft.add({"text": text, "buttons": choices or [], **more})
    (bubble,) = draft.bubbles()
    body, cuts = compose(bubble, WORDS)
    envelope = {"messaging_product": "whatsapp", "to": "+6289900000101", **body}
    assert problem_of(envelope) is None
    return body, cuts


def test_the_texts_of_a_turn_are_joined_and_its_last_buttons_stand_under_them() -> None:
    draft = Draft()
    draft.add({"text": "Satu.", "buttons": buttons(2)})
    draft.add({"text": "Dua."})
    draft.add({"text": "Tiga.", "buttons": buttons(3)})
    (bubble,) = draft.bubbles()
    assert bubble.text == "Satu.\n\nDua.\n\nTiga."
    assert len(bubble.choices) == 3


@pytest.mark.parametrize(
    ("text", "cuts"),
    [
        ("a" * 4096, []),
        ("a" * 4097, ["text"]),
        ("🙏" * 2048, []),
        ("🙏" * 2049, ["text"]),
        ("kata " * 14_000, ["text"]),
    ],
)
def test_a_text_is_cut_at_4096_utf16_units(text: str, cuts: list[str]) -> None:
    body, found = body_of(text)
    assert (body["type"], found) == ("text", cuts)
    assert body["text"]["body"].endswith("…") == bool(cuts)


@pytest.mark.parametrize(
    ("choices", "kind", "cuts"),
    [
        (buttons(1), "button", []),
        (buttons(3), "button", []),
        (buttons(4), "list", []),
        (buttons(10), "list", []),
        (buttons(11), "text", ["choices"]),
        (buttons(2, description="Keterangan"), "list", []),
        ([{"title": "t" * 20, "payload": "/a"}], "button", []),
        ([{"title": "t" * 21, "payload": "/a"}], "list", []),
        ([{"title": "t" * 24, "payload": "/a"}], "list", []),
        ([{"title": "t" * 25, "payload": "/a"}], "list", ["row title"]),
        ([{"title": "Sama", "payload": "/a"}, {"title": "Sama", "payload": "/b"}], "button", []),
        ([{"title": "A", "payload": "/a"}, {"title": "B", "payload": "/a"}], "button", ["choice"]),
        ([{"title": "A", "payload": "/" + "a" * 200}], "text", ["choice"]),
        (buttons(4, description="k" * 73), "list", ["row description"] * 4),
    ],
    ids=range(14),
)
def test_choices_become_buttons_a_list_or_text(
    choices: Buttons, kind: str, cuts: list[str]
) -> None:
    body, found = body_of("Pilih.", choices)
    assert (body.get("interactive", body)["type"], found) == (kind, cuts)


def test_a_long_text_with_few_buttons_becomes_a_list_and_loses_nothing() -> None:
    body, cuts = body_of("a" * 1025, buttons(3))
    assert (body["interactive"]["type"], cuts) == ("list", [])


def test_choices_without_a_text_get_one() -> None:
    body, _ = body_of("", buttons(2))
    assert body["interactive"]["body"]["text"] == WORDS.silakan_pilih.id


def test_a_picture_carries_the_words_and_the_buttons() -> None:
    body, _ = body_of("Tiket Anda.", buttons(2), image="https://contoh.invalid/qr.png")
    assert body["interactive"]["header"]["image"] == {"link": "https://contoh.invalid/qr.png"}
    body, _ = body_of("Tiket Anda.", image="https://contoh.invalid/qr.png")
    assert body["image"]["caption"] == "Tiket Anda."


def test_a_list_under_a_picture_takes_two_messages() -> None:
    draft = Draft()
    draft.add({"text": "Pilih.", "image": "https://contoh.invalid/a.png", "buttons": buttons(5)})
    picture, words = draft.bubbles()
    assert (picture.image, picture.text, len(words.choices)) == (
        "https://contoh.invalid/a.png",
        "",
        5,
    )


def test_a_turn_that_says_nothing_makes_no_bubble() -> None:
    draft = Draft()
    draft.add({"text": "  "})
    assert draft.bubbles() == []


def test_a_stored_bubble_comes_back_as_it_was() -> None:
    bubble = Bubble("Halo", (Choice("A", "/a", "b"),), "https://x.invalid/a", ("Buka", "https://y"))
    assert Bubble.from_json(json.loads(json.dumps(bubble.to_json()))) == bubble


def sample(name: str) -> dict[str, Any]:
    body: dict[str, Any] = json.loads((SAMPLES / f"{name}.json").read_bytes())
    return {key: value for key, value in body.items() if key in ("type", body.get("type"))}


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("out_text", {"text": "Baik, saya bantu ya. Boleh sebutkan nomor tiketnya?"}),
        (
            "out_interactive_buttons",
            {
                "text": "Lanjutkan reset sandi?",
                "buttons": [
                    {"title": "Ya, lanjutkan", "payload": "/konfirmasi_ya"},
                    {"title": "Tidak", "payload": "/konfirmasi_tidak"},
                ],
            },
        ),
        (
            "out_interactive_cta_url",
            {
                "text": "Buka halaman bantuan",
                "buttons": [{"title": "Buka", "url": "https://bantuan.example.invalid/"}],
            },
        ),
        (
            "out_image_link",
            {"text": "Langkah 1", "image": "https://cdn.example.invalid/langkah1.png"},
        ),
        ("out_location", {"custom": sample("out_location")}),
        ("out_document_id", {"custom": sample("out_document_id")}),
    ],
)
def test_bodies_are_key_for_key_those_of_the_samples(name: str, message: dict[str, Any]) -> None:
    draft = Draft()
    draft.add(message)
    (bubble,) = draft.bubbles()
    assert compose(bubble, WORDS) == (sample(name), [])


async def test_a_list_is_what_pywa_sends() -> None:
    """pywa, an independent client, posts the same body for the same list."""
    posted: list[dict[str, Any]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        posted.append(json.loads(request.content))
        return httpx.Response(200, content=(SAMPLES / "resp_ok.json").read_bytes())

    client = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    whatsapp = WhatsApp(phone_id="000000000000000", token="uji", server=None, session=client)
    rows = [SectionRow(title=f"Pilihan {n}", callback_data=f"/pilihan_{n}") for n in range(5)]
    await whatsapp.send_message(
        to="6289900000101",
        text="Pilih.",
        buttons=SectionList(
            button_title=WORDS.lihat_pilihan.id,
            sections=[Section(title="", rows=rows)],
        ),
    )
    body, _ = body_of("Pilih.", buttons(5))
    theirs = posted[0]["interactive"]
    del theirs["action"]["sections"][0]["title"]
    assert theirs == body["interactive"]
