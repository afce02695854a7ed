"""The complaint form, with tickets at a real backend."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from actions.aduan import (
    FORM,
    AskAnonymous,
    AskKind,
    CheckComplaint,
    Complain,
    SaveComplaint,
)
from actions.antrean_saya import MyBooking
from tests.actions.makers import Reply, citizen, reply, slots_of
from tests.running_backend import Backend

STORY = "Senin pukul 9 ada calo di parkiran minta lima ratus ribu"
FILLED = {"aduan_jenis": "pungli", "aduan_isi": STORY, "aduan_anonim": "tidak"}


async def answer(asked: str, text: str, intent: str = "nlu_fallback", **entities: str) -> Reply:
    return await reply(CheckComplaint(), citizen(text, intent, entities), requested_slot=asked)


async def file(number: int, **slots: Any) -> Reply:
    message = citizen("2", "isi", wamid=f"wamid.aduan.{number}")
    return await reply(SaveComplaint(), message, **{**FILLED, **slots})


async def test_the_wish_to_complain_begins_the_form() -> None:
    started = await reply(Complain(), citizen("mau mengadu", "pengaduan"))
    assert started.events[-1]["name"] == FORM
    assert slots_of(started.events)["aduan_isi"] is None


async def test_what_is_told_already_is_not_asked_again() -> None:
    long = f"mau lapor min {STORY} tolong ditindak"
    started = await reply(Complain(), citizen(long, "pengaduan"))
    assert slots_of(started.events)["aduan_isi"] == long


async def test_an_office_that_takes_no_complaints_says_where_to_go(office_folder: Path) -> None:
    for path in office_folder.glob("*.yml"):
        text = path.read_text("utf-8")
        path.write_text(text.replace("  pengaduan: true", "  pengaduan: false"), "utf-8")

    refused = await reply(Complain(), citizen("mau mengadu", "pengaduan"))

    assert refused.response == "utter_mati_pengaduan"
    assert refused.events == []


async def test_the_questions_are_choices() -> None:
    kinds = await reply(AskKind(), citizen("mau mengadu", "pengaduan"))
    assert "3. Calo atau pungli" in kinds["pilihan"]
    named = await reply(AskAnonymous(), citizen(STORY))
    assert [button["title"] for button in named.buttons] == ["Boleh, balas saya", "Tanpa nama"]


async def test_answers_fill_their_slots() -> None:
    kind = await answer("aduan_jenis", "Calo", "isi", isi="pungli")
    story = await answer("aduan_isi", STORY)
    anonymous = await answer("aduan_anonim", "Tanpa nama", "isi", isi="ya")
    assert slots_of([*kind.events, *story.events, *anonymous.events]) == {
        "aduan_jenis": "pungli",
        "aduan_isi": STORY,
        "aduan_anonim": "ya",
    }


async def test_two_words_are_too_short_to_look_into() -> None:
    refused = await answer("aduan_isi", "mana?")
    assert refused.response == "utter_aduan_terlalu_pendek"


async def test_a_person_can_be_asked_for_instead_of_telling() -> None:
    rests = await answer("aduan_isi", "petugas", "bicara_petugas")
    assert slots_of(rests.events)["isian_istirahat"] == FORM


async def test_a_picture_is_evidence_and_the_story_is_still_asked_for() -> None:
    taken = await answer("aduan_isi", "/kirim_media", "kirim_media")
    assert taken.response == "utter_aduan_bukti_diterima"
    assert slots_of(taken.events) == {"aduan_isi": None}


@pytest.mark.parametrize("asked", ["aduan_jenis", "aduan_anonim"])
async def test_a_picture_is_evidence_at_any_step(asked: str) -> None:
    taken = await answer(asked, "/kirim_media", "kirim_media")

    assert taken.response == "utter_aduan_bukti_ditambah"
    assert slots_of(taken.events) == {asked: None}


async def test_the_words_below_a_picture_are_the_story() -> None:
    picture = citizen("/kirim_media", "kirim_media", title=STORY)
    taken = await reply(CheckComplaint(), picture, requested_slot="aduan_isi")
    assert slots_of(taken.events) == {"aduan_isi": STORY}


@pytest.mark.parametrize(("intent", "left"), [("batal", "requested_slot"), ("ulang", "aduan_isi")])
async def test_the_form_can_be_left_and_begun_again(intent: str, left: str) -> None:
    assert slots_of((await answer("aduan_isi", intent, intent)).events)[left] is None


async def test_it_is_filed_with_a_number_and_a_date(backend: Backend) -> None:
    filed = await file(1)
    assert filed.response == "utter_aduan_tercatat"
    assert filed["batas"] == "Jumat 27 November 2026"
    ticket = backend.ticket(filed["nomor_tiket"])
    assert ticket.details["category"] == "pungli"
    assert ticket.conversation_id


async def test_an_anonymous_one_carries_no_trace_of_the_citizen(backend: Backend) -> None:
    filed = await file(2, aduan_anonim="ya")
    ticket = backend.ticket(filed["nomor_tiket"])
    assert ticket.conversation_id is None
    assert ticket.sender_hash is None
    assert ticket.last_messages == []


async def test_files_sent_in_the_form_are_kept_with_it(backend: Backend) -> None:
    before = citizen("", "kirim_media", media={"id": "a1"})
    begun = {"event": "active_loop", "name": FORM}
    picture = citizen("", "kirim_media", media={"id": "b2"})
    message = citizen("2", "isi", wamid="wamid.aduan.files")
    filed = await reply(SaveComplaint(), before, begun, picture, message, **FILLED)
    assert backend.ticket(filed["nomor_tiket"]).details["files"] == "b2"


@pytest.mark.usefixtures("backend")
async def test_whoever_has_the_number_can_ask_how_far_it_is() -> None:
    code = (await file(3))["nomor_tiket"]
    asked = await reply(MyBooking(), citizen(code, "antrean_saya", {"nomor_permohonan": code}))
    assert (asked.response, asked["keadaan"]) == ("utter_tiket_keadaan", "menunggu petugas")


@pytest.mark.usefixtures("backend")
@pytest.mark.parametrize("unnamed", [True, False])
async def test_how_far_an_unnamed_one_is_stands_in_no_transcript(unnamed: bool) -> None:
    code = (await file(30 + unnamed, aduan_anonim="ya" if unnamed else "tidak"))["nomor_tiket"]
    asked = await reply(MyBooking(), citizen(code, "antrean_saya", {"nomor_permohonan": code}))
    assert ("rahasia" in asked.messages[0]) == unnamed


async def test_a_form_that_was_left_files_nothing() -> None:
    assert (await file(4, aduan_anonim=None)).response == "utter_aduan_dihentikan"


@pytest.mark.usefixtures("no_backend")
async def test_while_nobody_knows_whether_it_arrived_the_form_stays_open() -> None:
    unsure = await file(5, isian_kunci="k5")
    assert unsure.response == "utter_aduan_belum_pasti"
    assert slots_of(unsure.events) == {"aduan_anonim": None}
    assert unsure.events[-1]["name"] == FORM


@pytest.mark.parametrize("unnamed", ["ya", "tidak"])
async def test_tried_again_it_is_filed_once(backend: Backend, unnamed: str) -> None:
    first = await file(6, aduan_anonim=unnamed, isian_kunci=f"k6{unnamed}")
    again = await file(7, aduan_anonim=unnamed, isian_kunci=f"k6{unnamed}")
    assert again["nomor_tiket"] == first["nomor_tiket"]
