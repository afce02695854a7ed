"""What became of our lines: an officer's by its own key, the bot's by what it answers."""

from __future__ import annotations

import re
from typing import Any

import pytest

from riung.backend.db import Database
from riung.channel_client import Delivery
from riung.desk import conversations, deliveries, event_intake
from riung.desk.access import Role
from riung.desk.tables import Change
from tests.riung.desk import makers, stage
from tests.riung.desk.conftest import API_KEY, LogIn
from tests.riung.desk.fake_rasa import FakeRasa
from tests.riung.desk.makers import CITIZEN


def sent(state: str, **more: Any) -> dict[str, Any]:
    """A message as the channel tells of it."""
    message = {"id": 4, "conversation_id": CITIZEN, "text": "", "template": None, "created_at": 0}
    return {**message, "state": state, "reason": None, **more}


def answered(log_in_as: LogIn, database: Database, rasa: FakeRasa) -> tuple[Any, str, str]:
    """Rina has taken the talk and answered: her browser, the page's address, the line's key."""
    event_intake.consume(database, [makers.started(), makers.user()])
    chat = f"/desk/conversations/{stage.ask(database, CITIZEN)}"
    rina = log_in_as("rina")
    rina.send(f"{chat}/take")
    rina.send(f"{chat}/reply", text="Selamat pagi")
    return rina, chat, f"desk:{rasa.events[CITIZEN][-1]['metadata']['desk_key']}"


def test_what_the_bot_says_to_one_message_has_one_state_at_its_last_line(
    database: Database,
) -> None:
    asked = makers.user("biaya?")
    events = [makers.started(), asked, makers.bot("Rp950.000."), makers.bot("Ada lagi?")]
    event_intake.consume(database, [*events, makers.user("tidak"), makers.bot("Baik.")])
    answer = Delivery(1, "x", asked["message_id"], "delivered", "")
    with database.reading() as session:
        found = conversations.of_sender(session, CITIZEN)
        assert found is not None
        lines = conversations.lines(session, found.id)
        states = deliveries.by_line(lines, [answer])
        told = {line.text: states[line.id].state for line in lines if line.id in states}
    assert told == {"Ada lagi?": "delivered"}


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("sending", "sedang dikirim"),
        ("sent", "✓ terkirim"),
        ("delivered", "✓✓ sampai"),
        ("read", "✓✓ dibaca"),
        ("held", "templat dijeda WhatsApp"),
    ],
)
def test_each_state_is_said_on_the_bubble(
    log_in_as: LogIn, database: Database, rasa: FakeRasa, state: str, words: str
) -> None:
    rina, chat, key = answered(log_in_as, database, rasa)
    rasa.messages = [sent(state, key=key)]
    assert words in rina.see(f"{chat}/lines").split("Selamat pagi")[1]


def test_a_reaction_repeats_what_it_is_about(
    log_in_as: LogIn, database: Database, rasa: FakeRasa
) -> None:
    """With two questions open, a thumb alone says yes to either."""
    rina, chat, key = answered(log_in_as, database, rasa)
    rasa.messages = [sent("read", key=key, wamid="wamid.OURS")]
    told = {"type": "reaction", "aside": {"about": "wamid.OURS", "words": "👍"}}
    event_intake.consume(database, [makers.user("/kirim_lain", "kirim_lain", metadata=told)])
    for address in (f"{chat}/lines", chat):
        assert '<q class="soft">Selamat pagi</q> dengan 👍' in rina.see(address)
    rasa.messages = []
    assert "menanggapi dengan 👍" in rina.see(f"{chat}/lines")


def test_a_reply_shows_what_it_quotes_and_leads_there(
    log_in_as: LogIn, database: Database, rasa: FakeRasa
) -> None:
    rina, chat, key = answered(log_in_as, database, rasa)
    rasa.messages = [sent("read", key=key, wamid="wamid.OURS")]
    own = makers.user("saya bisa Jumat")
    told = [makers.user("yang ini?", metadata={"context_id": "wamid.OURS", "type": "text"}), own]
    told += [makers.user("jadi?", metadata={"context_id": own["message_id"], "type": "text"})]
    told += [makers.user("dan itu?", metadata={"context_id": "wamid.LONG_AGO", "type": "text"})]
    event_intake.consume(database, told)

    page = rina.see(f"{chat}/lines")

    by_us, by_them = re.findall(r'href="#line-(\d+)"><b>(\w+)</b> ([^<]+)</a>', page)
    assert (by_us[1:], by_them[1:]) == (("Rina", "Selamat pagi"), ("warga", "saya bisa Jumat"))
    for line, *_ in (by_us, by_them):
        assert f'id="line-{line}"' in page
    assert "membalas pesan lain" in page


def test_a_tap_quotes_nothing(log_in_as: LogIn, database: Database, rasa: FakeRasa) -> None:
    """WhatsApp ties each to the list it was made in, which stands right above it."""
    rina, chat, _ = answered(log_in_as, database, rasa)
    tapped = {"context_id": "wamid.MENU", "type": "interactive", "title": "Kabari saya"}
    event_intake.consume(database, [makers.user("/kabari", "kabari", metadata=tapped)])
    assert "quote" not in rina.see(f"{chat}/lines")


def test_a_number_that_sends_nothing_is_told_to_its_own_office(
    log_in_as: LogIn, database: Database, rasa: FakeRasa
) -> None:
    """Without it the officer waits for ever: the line says that it is being sent."""
    rina, chat, _ = answered(log_in_as, database, rasa)
    with database.reading() as session:
        found = conversations.of_sender(session, CITIZEN)
        assert found is not None
        number = found.phone_number_id
    reason = "Nama tampilan ditolak. Pengiriman dihentikan."
    here = {"phone_number_id": number, "office": "bandung", "stopped": "131037", "reason": reason}
    there = {**here, "phone_number_id": "222", "office": "pemalang", "reason": "Lain."}
    well = {**here, "phone_number_id": "333", "stopped": None, "reason": None}
    rasa.numbers = [here, there, well]

    assert "pengiriman berhenti" in rina.see("/desk/failed/count")
    for address in (f"{chat}/failed", "/desk/failed"):
        page = rina.see(address)
        assert reason in page
        assert "terkirim sendiri sesudahnya" in page
        assert "Lain." not in page
    rasa.numbers = [there, well]
    assert "pengiriman berhenti" not in rina.see("/desk/failed/count")
    assert "Belum ada yang terkirim" not in rina.see(f"{chat}/failed")


def test_a_failed_one_says_why_and_can_be_sent_again_from_its_bubble(
    log_in_as: LogIn, database: Database, rasa: FakeRasa
) -> None:
    rina, chat, key = answered(log_in_as, database, rasa)
    rasa.messages = [sent("failed", key=key, reason="Nomor mati.")]
    page = rina.see(f"{chat}/lines")
    assert "gagal terkirim" in page
    assert "Nomor mati." in page
    assert "/desk/failed/4/resend" in page
    assert rina.see(f"{chat}/failed").strip() == ""
    assert "1</b> <span>gagal terkirim" in rina.see("/desk/failed/count")


def test_what_waits_for_its_template_is_told_with_the_reason(
    log_in_as: LogIn, database: Database, rasa: FakeRasa
) -> None:
    """Nothing of it is in the talk, and the page of what failed said that all was sent."""
    rina, chat, _ = answered(log_in_as, database, rasa)
    news = {"key": "api:status:1", "template": "status_berubah", "text": "Paspor Anda dicetak."}
    rasa.messages = [sent("held", reason="Templat pesan ini dijeda WhatsApp.", **news)]

    for address in ("/desk/failed", f"{chat}/failed"):
        page = rina.see(address)
        assert "Templat pesan ini dijeda WhatsApp." in page
        assert "Paspor Anda dicetak." in page
    assert "Semua pesan terkirim" not in rina.see("/desk/failed")
    assert "1</b> <span>menunggu templat" in rina.see("/desk/failed/count")
    sari = log_in_as("sari", Role.OFFICER, ("pemalang",))
    assert "menunggu" not in sari.see("/desk/failed/count")
    assert "Semua pesan terkirim" in sari.see("/desk/failed")


def test_a_receipt_of_an_unnamed_complaint_that_failed_names_nobody(
    log_in_as: LogIn, database: Database, rasa: FakeRasa
) -> None:
    wish = [makers.started(), makers.user("mau lapor", "pengaduan")]
    last = makers.user("tanpa nama", "pengaduan", metadata={"in_form": "aduan_form"})
    filed = [last, makers.slot("aduan_anonim", "ya"), makers.bot("nomor ••••")]
    event_intake.consume(database, [*wish, *filed])
    receipt = "Pengaduan tercatat *tanpa nama*, nomor *QRVF94*."
    answer = {"key": "x", "asked_wamid": last["message_id"], "text": receipt}
    rasa.messages = [sent("failed", **answer)]
    rina = log_in_as("rina")
    assert "QRVF94" not in rina.see("/desk/failed")
    assert "gagal" not in rina.see("/desk/failed/count")


def test_other_offices_failures_are_not_counted(
    log_in_as: LogIn, database: Database, rasa: FakeRasa
) -> None:
    _, _, key = answered(log_in_as, database, rasa)
    rasa.messages = [sent("failed", key=key)]
    sari = log_in_as("sari", Role.OFFICER, ("pemalang",))
    assert "gagal" not in sari.see("/desk/failed/count")


def test_the_channels_news_reach_the_pages_of_what_people_answer(
    log_in_as: LogIn, database: Database, rasa: FakeRasa
) -> None:
    rina, _, _ = answered(log_in_as, database, rasa)
    event_intake.consume(database, [makers.user("halo", sender="6281200000009")])
    with database.writing() as session:
        session.query(Change).delete()
    told = rina.client.post(
        "/internal/deliveries",
        json={"conversations": [CITIZEN, "6281200000009", "tidak dikenal"]},
        headers={"Authorization": f"Bearer {API_KEY}"},
    )
    assert told.status_code == 204
    with database.reading() as session:
        (change,) = session.query(Change).all()
        assert change.kind == "talk"
