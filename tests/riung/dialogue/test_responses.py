"""What the citizen reads: filled with the office's facts, in the conversation's language."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker
from structlog.testing import capture_logs

from riung.dialogue.filling import fill
from riung.dialogue.responses import OfficeNaturalLanguageGenerator
from riung.dialogue.wording import without_way_back
from riung.office.offices import offices
from tests.conftest import SetEnvironment

DETAIL = '/rincian{"topik": "biaya"}'

RESPONSES = """
version: "3.1"
responses:
  utter_alamat:
  - text: "Alamat: {kantor.alamat.lengkap}"
  utter_biaya_paspor:
  - text: "E-paspor {kantor.fakta.tarif.epaspor_5}"
    buttons:
    - {title: Rincian, payload: '/rincian{"topik": "biaya"}'}
    - {title: Cara bayar, payload: /cara_bayar}
  utter_cara_bayar:
  - text: "Bayar dengan kode billing."
    buttons:
    - {title: Cara bayar, payload: /cara_bayar}
    - {title: Petugas, payload: /bicara_petugas}
  utter_kontak:
  - text: "Kontak: {kantor.kontak.teks}"
  utter_kosong:
  - text: "Telepon: {kantor.kontak.telepon}."
  utter_status:
  - text: "{nomor}: {tahap} di {kantor.nama_singkat}"
  utter_ask_antrean_nama:
  - text: "Atas nama siapa?"
  utter_pertanyaan_lain:
  - text: "Untuk *{judul}*, pilih tombolnya."
  utter_lokasi_kantor:
  - text: "{alamat}"
  utter_lokasi_kantor_juga:
  - text: "Alamat kami: {kantor.alamat.lengkap}"
  utter_jam_layanan:
  - text: "Buka hari kerja."
  utter_jam_layanan_en:
  - text: "Open on working days in {kantor.nama_singkat}."
"""


@pytest.fixture
def generator() -> OfficeNaturalLanguageGenerator:
    return OfficeNaturalLanguageGenerator(domain=Domain.from_yaml(RESPONSES))


def asked(
    intent: str = "", office: str = "", language: str | None = None, second: str = ""
) -> DialogueStateTracker:
    """A conversation whose latest message asked `intent` (and `second`)."""
    entities = [{"entity": "pertanyaan_lain", "value": second}] if second else []
    metadata = {"office": office} if office else {}
    events: list[Event] = [
        UserUttered("tanya", intent={"name": intent}, entities=entities, metadata=metadata)
    ]
    if language:
        events.append(SlotSet("bahasa", language))
    slots = [AnySlot(name, mappings=[{}]) for name in ("bahasa", "tahap")]
    return DialogueStateTracker.from_events("warga", events, slots)


async def say(
    generator: OfficeNaturalLanguageGenerator,
    response: str,
    tracker: DialogueStateTracker | None = None,
    **values: Any,
) -> dict[str, Any]:
    """The reply without its last line, which has tests of its own."""
    said = await generator.generate(response, tracker or asked(), "whatsapp", **values)
    assert said is not None
    return {**said, "text": without_way_back(said["text"])}


@pytest.mark.parametrize("language", ["id", "en"])
async def test_an_answer_shows_the_way_to_the_menu_once_and_at_its_end(
    generator: OfficeNaturalLanguageGenerator, language: str
) -> None:
    tracker = asked(intent="biaya_paspor", second="cara_bayar", language=language)

    said = await generator.generate("utter_biaya_paspor", tracker, "whatsapp")

    assert said is not None
    assert said["text"].splitlines()[-1] == "*0* menu"
    assert said["text"].count("*0* menu") == 1


async def test_a_forms_question_shows_no_way_to_the_menu(
    generator: OfficeNaturalLanguageGenerator,
) -> None:
    said = await generator.generate("utter_ask_antrean_nama", asked(), "whatsapp")

    assert said is not None
    assert said["text"] == "Atas nama siapa?"


async def test_the_channel_learns_that_an_answer_is_in_english(
    generator: OfficeNaturalLanguageGenerator,
) -> None:
    english = await say(generator, "utter_jam_layanan", asked(language="en"))
    indonesian = await say(generator, "utter_jam_layanan", asked(language="id"))

    assert (english["language"], indonesian.get("language")) == ("en", None)


async def test_the_offices_facts_are_filled_in(
    generator: OfficeNaturalLanguageGenerator,
) -> None:
    said = await say(generator, "utter_alamat", asked(office="pemalang"))

    assert said["text"] == f"Alamat: {offices()['pemalang'].alamat.lengkap}"


async def test_other_channels_get_the_default_office(
    generator: OfficeNaturalLanguageGenerator, set_environment: SetEnvironment
) -> None:
    set_environment(RIUNG_OFFICE="pemalang")

    said = await say(generator, "utter_alamat")

    assert said["text"] == f"Alamat: {offices()['pemalang'].alamat.lengkap}"


async def test_an_office_that_is_gone_is_the_default_one(
    generator: OfficeNaturalLanguageGenerator, set_environment: SetEnvironment
) -> None:
    set_environment(RIUNG_OFFICE="bandung")

    said = await say(generator, "utter_alamat", asked(office="dulu_ada"))

    assert said["text"] == f"Alamat: {offices()['bandung'].alamat.lengkap}"


async def test_a_fact_that_names_other_facts_is_filled_to_the_end(
    generator: OfficeNaturalLanguageGenerator,
) -> None:
    said = await say(generator, "utter_kontak", asked(office="bandung"))

    assert offices()["bandung"].jam["yankomas"].teks in said["text"]
    assert "{" not in said["text"]


async def test_the_actions_values_are_filled_in(
    generator: OfficeNaturalLanguageGenerator,
) -> None:
    tracker = asked(office="bandung")

    said = await say(generator, "utter_status", tracker, nomor="1179 0000", tahap="Pencetakan")

    assert said["text"] == "1179 0000: Pencetakan di Imigrasi Bandung"


async def test_a_value_that_looks_like_a_placeholder_stays_a_word(
    generator: OfficeNaturalLanguageGenerator,
) -> None:
    said = await say(generator, "utter_status", nomor="{kantor.nama}", tahap="x")

    assert said["text"].startswith("{kantor.nama}: x")


async def test_a_missing_fact_is_logged_and_never_shown_as_braces(
    generator: OfficeNaturalLanguageGenerator,
) -> None:
    with capture_logs() as logs:
        said = await say(generator, "utter_kosong")

    assert said["text"] == "Telepon: ."
    assert [(entry["response"], entry["placeholder"]) for entry in logs] == [
        ("utter_kosong", "kantor.kontak.telepon")
    ]


async def test_a_missing_value_is_logged_and_never_shown_as_braces(
    generator: OfficeNaturalLanguageGenerator,
) -> None:
    with capture_logs() as logs:
        said = await say(generator, "utter_status", nomor="1179")

    assert "{" not in said["text"]
    assert [entry["placeholder"] for entry in logs] == ["tahap"]


async def test_the_braces_of_a_payload_stay(generator: OfficeNaturalLanguageGenerator) -> None:
    said = await say(generator, "utter_biaya_paspor")

    assert said["buttons"][0]["payload"] == DETAIL


async def test_filling_does_not_change_the_response_itself(
    generator: OfficeNaturalLanguageGenerator,
) -> None:
    await say(generator, "utter_alamat", asked(office="pemalang"))

    said = await say(generator, "utter_alamat", asked(office="bandung"))

    assert said["text"] == f"Alamat: {offices()['bandung'].alamat.lengkap}"


async def test_an_english_conversation_hears_english(
    generator: OfficeNaturalLanguageGenerator,
) -> None:
    said = await say(generator, "utter_jam_layanan", asked(office="bandung", language="en"))

    assert said["text"] == "Open on working days in Imigrasi Bandung."


async def test_what_is_not_written_in_english_is_said_in_indonesian(
    generator: OfficeNaturalLanguageGenerator,
) -> None:
    said = await say(generator, "utter_cara_bayar", asked(language="en"))

    assert said["text"] == "Bayar dengan kode billing."


async def test_a_second_question_is_answered_in_the_same_reply(
    generator: OfficeNaturalLanguageGenerator,
) -> None:
    tracker = asked("biaya_paspor", second="cara_bayar")

    said = await say(generator, "utter_biaya_paspor", tracker)

    assert said["text"] == "E-paspor Rp650.000\n\nBayar dengan kode billing."


async def test_the_buttons_of_both_answers_stand_once(
    generator: OfficeNaturalLanguageGenerator,
) -> None:
    tracker = asked("biaya_paspor", second="cara_bayar")

    said = await say(generator, "utter_biaya_paspor", tracker)

    payloads = [button["payload"] for button in said["buttons"]]
    assert payloads == [DETAIL, "/cara_bayar", "/bicara_petugas"]


async def test_a_second_question_is_answered_in_the_conversations_language(
    generator: OfficeNaturalLanguageGenerator,
) -> None:
    tracker = asked("cara_bayar", office="bandung", language="en", second="jam_layanan")

    said = await say(generator, "utter_cara_bayar", tracker)

    assert said["text"].endswith("Open on working days in Imigrasi Bandung.")


@pytest.mark.parametrize("second", ["tidak_ada", "biaya_paspor"])
async def test_a_second_question_without_another_answer_changes_nothing(
    generator: OfficeNaturalLanguageGenerator, second: str
) -> None:
    said = await say(generator, "utter_biaya_paspor", asked("biaya_paspor", second=second))

    assert said["text"] == "E-paspor Rp650.000"


async def test_a_second_question_that_only_an_action_can_answer_is_offered(
    generator: OfficeNaturalLanguageGenerator,
) -> None:
    tracker = asked("cara_bayar", second="cek_kuota")

    said = await say(generator, "utter_cara_bayar", tracker)

    assert said["text"] == "Bayar dengan kode billing.\n\nUntuk *Sisa kuota*, pilih tombolnya."
    assert said["buttons"][-1] == {"title": "Sisa kuota", "payload": "/cek_kuota"}


async def test_the_short_form_of_an_action_answers_a_second_question(
    generator: OfficeNaturalLanguageGenerator,
) -> None:
    tracker = asked("cara_bayar", office="pemalang", second="lokasi_kantor")

    said = await say(generator, "utter_cara_bayar", tracker)

    assert said["text"].endswith(f"Alamat kami: {offices()['pemalang'].alamat.lengkap}")


async def test_another_offices_address_is_offered_for_that_office(
    generator: OfficeNaturalLanguageGenerator,
) -> None:
    tracker = asked("cara_bayar", office="bandung", second="lokasi_kantor")
    tracker.latest_message.entities.append({"entity": "kantor", "value": "pemalang"})

    said = await say(generator, "utter_cara_bayar", tracker)

    assert said["buttons"][-1]["payload"] == '/lokasi_kantor{"kantor": "pemalang"}'


async def test_whatever_an_action_says_to_the_first_question_the_second_follows(
    generator: OfficeNaturalLanguageGenerator,
) -> None:
    tracker = asked("cek_status", second="cara_bayar")

    said = await say(generator, "utter_status", tracker, nomor="1179", tahap="Pencetakan")

    assert said["text"].startswith("1179: Pencetakan")
    assert said["text"].endswith("Bayar dengan kode billing.")


async def test_a_forms_question_stands_behind_the_second_answer(
    generator: OfficeNaturalLanguageGenerator,
) -> None:
    tracker = asked("daftar_antrean", second="cara_bayar")

    said = await say(generator, "utter_ask_antrean_nama", tracker)

    assert said["text"] == "Bayar dengan kode billing.\n\nAtas nama siapa?"


async def test_the_second_answer_is_said_once_in_a_turn(
    generator: OfficeNaturalLanguageGenerator,
) -> None:
    tracker = asked("biaya_paspor", second="cara_bayar")
    tracker.update(BotUttered("E-paspor Rp650.000"))

    said = await say(generator, "utter_alamat", tracker)

    assert "billing" not in said["text"]


async def test_what_was_not_understood_has_no_second_answer(
    generator: OfficeNaturalLanguageGenerator,
) -> None:
    said = await say(generator, "utter_alamat", asked("nlu_fallback", second="cara_bayar"))

    assert "billing" not in said["text"]


async def test_an_unknown_response_is_none(generator: OfficeNaturalLanguageGenerator) -> None:
    assert await generator.generate("utter_tidak_ada", asked(), "whatsapp") is None


async def test_a_new_price_is_said_without_a_restart(
    generator: OfficeNaturalLanguageGenerator, office_folder: Path
) -> None:
    before = await say(generator, "utter_biaya_paspor")
    path = office_folder / "nasional.yml"
    path.write_text(path.read_text().replace("epaspor_5: 650000", "epaspor_5: 700000"))
    os.utime(path, ns=(0, 0))

    after = await say(generator, "utter_biaya_paspor")

    assert (before["text"], after["text"]) == ("E-paspor Rp650.000", "E-paspor Rp700.000")


def test_facts_that_name_each_other_are_filled_without_end(office_folder: Path) -> None:
    path = office_folder / "bandung.yml"
    circle = 'teks:\n  satu: "{kantor.teks.dua}"\n  dua: "{kantor.teks.satu}"\n'
    path.write_text(path.read_text().replace("teks:\n", circle, 1))

    with capture_logs() as logs:
        said = fill("Kata: {kantor.teks.satu}.", {}, offices()["bandung"], "utter_uji")

    assert said == "Kata: ."
    assert logs[0]["event"] == "nlg.placeholder_empty"


async def test_a_service_that_the_office_switched_off_says_where_to_go(
    generator: OfficeNaturalLanguageGenerator,
) -> None:
    assert not offices()["pemalang"].modul.is_on("kirim_pos")
    generator.responses["utter_kirim_paspor"] = [{"text": "Bisa dikirim."}]
    generator.responses["utter_mati_kirim_pos"] = [{"text": "Belum pasti."}]

    assert (await say(generator, "utter_kirim_paspor", asked(office="pemalang")))["text"] == (
        "Belum pasti."
    )
