"""Remaining places, asked of a real backend on Friday 20 November 2026, ten o'clock."""

from __future__ import annotations

import pytest

from actions.kuota import CheckQuota, office_and_place
from tests.actions.makers import Reply, citizen, reply, responses, turn
from tests.conftest import SetEnvironment
from tests.running_backend import Backend

TUESDAY, NEXT_TUESDAY = "2026-11-24", "2026-12-01"
BATANG = "MPP Batang"


async def ask(
    day: str = "", place: str = BATANG, office: str = "pemalang", language: str = "id"
) -> Reply:
    named = {"tanggal": day, "kantor": place}
    entities = {name: value for name, value in named.items() if value}
    message = citizen(f"kuota {day} {place}", "cek_kuota", entities, office=office)
    return await reply(CheckQuota(), message, bahasa=language)


@pytest.fixture(autouse=True)
def quotas(backend: Backend) -> Backend:
    """The Tuesday is open, its places as the office file says."""
    backend.quota(TUESDAY, capacity=10, booked_elsewhere=0, closed=False, opens_at=None)
    return backend


@pytest.mark.parametrize("day", ["selasa", "selasa depan", "24 november", "24/11", "tgl 24"])
async def test_an_open_day_tells_what_is_left(quotas: Backend, day: str) -> None:
    quotas.quota(TUESDAY, booked_elsewhere=7)

    answered = await ask(day)

    assert answered.response == "utter_kuota_hari"
    assert (answered["tempat"], answered["tanggal"]) == (BATANG, "Selasa 24 November")
    assert (answered["sisa"], answered["kapasitas"]) == (3, 10)


async def test_a_full_day_tells_when_the_next_quota_opens(quotas: Backend) -> None:
    quotas.quota(TUESDAY, booked_elsewhere=10)

    answered = await ask("selasa depan")

    assert answered.response == "utter_kuota_penuh"
    assert "Selasa 1 Desember: dibuka Jumat 27 November 2026, 08.00 WIB" in answered["alternatif"]


async def test_a_full_day_offers_another_open_day_first(quotas: Backend) -> None:
    quotas.quota(TUESDAY, booked_elsewhere=10)
    quotas.quota(NEXT_TUESDAY, opens_at="2026-11-20T08:00:00+07:00")

    answered = await ask("selasa depan")
    quotas.quota(NEXT_TUESDAY, opens_at=None)

    assert "Selasa 1 Desember: sisa *10* dari 10" in answered["alternatif"].splitlines()[0]


async def test_a_day_that_is_not_yet_open_tells_when_it_will_be() -> None:
    answered = await ask("1 desember")

    assert answered.response == "utter_kuota_belum_dibuka"
    assert answered["dibuka"] == "Jumat 27 November 2026, 08.00 WIB"


async def test_in_an_english_chat_its_opening_is_english() -> None:
    answered = await ask("1 desember", language="en")

    assert answered["dibuka"] == "Friday 27 November 2026, 08.00 WIB"


@pytest.mark.parametrize(
    ("language", "reason"), [("id", "Hari Raya Natal"), ("en", "Christmas Day")]
)
async def test_a_holiday_is_named_in_the_conversations_language(language: str, reason: str) -> None:
    answered = await ask("25 desember", language=language)

    assert answered["alasan"] == f" ({reason})"


async def test_a_day_that_an_officer_closed_offers_another(quotas: Backend) -> None:
    quotas.quota(TUESDAY, closed=True, reason="Pelatihan")

    answered = await ask("selasa depan")

    assert answered.response == "utter_kuota_tutup"
    assert "1 Desember" in answered["alternatif"]


async def test_booking_that_has_ended_for_today_is_told_with_its_hour(
    quotas: Backend, set_environment: SetEnvironment
) -> None:
    set_environment(RIUNG_NOW="2026-11-24T09:10:00+07:00")

    answered = await ask("hari ini")

    assert answered.response == "utter_kuota_lewat"
    assert "08.00 WIB" in answered["ditutup"]
    assert "1 Desember" in answered["alternatif"]


@pytest.mark.parametrize("day", ["minggu depan hari minggu", "29 november", "26/11"])
async def test_a_day_on_which_nobody_serves_offers_another(day: str) -> None:
    answered = await ask(day if day != "minggu depan hari minggu" else "29/11/2026")

    assert answered.response == "utter_kuota_tutup"
    assert "Selasa 24 November" in answered["alternatif"]


@pytest.mark.parametrize("day", ["19 november", "2 november", "19/11/2026"])
async def test_a_day_that_is_past_is_told(day: str) -> None:
    answered = await ask(day)

    assert answered.response == "utter_tanggal_lampau"
    assert answered["tanggal"] == day


@pytest.mark.parametrize("day", ["31 november", "30/02", "45 desember"])
async def test_a_day_that_no_calendar_has_is_told(day: str) -> None:
    assert (await ask(day)).response == "utter_tanggal_tidak_ada"


async def test_a_weekday_that_the_date_is_not_is_asked_about() -> None:
    answered = await ask("selasa 7 desember")

    assert answered.response == "utter_tanggal_beda_hari"
    assert answered["kalender"].startswith("Senin 7 Desember")


@pytest.mark.parametrize("day", ["2 desember 2030", "1 juni 2027"])
async def test_a_day_too_far_ahead_is_answered_with_the_nearest(day: str) -> None:
    answered = await ask(day)

    assert answered.response == "utter_kuota_terlalu_jauh"
    assert "Selasa 24 November" in answered["alternatif"]


@pytest.mark.parametrize("day", ["", "bulan depan", "minggu depan", "hari kapan saja"])
async def test_without_a_single_day_the_coming_ones_are_told(day: str) -> None:
    answered = await ask(day)

    assert answered.response == "utter_kuota_ringkas"
    assert answered["tempat"] == BATANG
    assert 1 <= len(answered["daftar"].splitlines()) <= 6


async def test_the_summary_tells_when_the_next_quota_opens() -> None:
    assert "dibuka Jumat 27 November 2026, 08.00 WIB" in (await ask())["daftar"]


async def test_the_answer_is_in_the_conversations_language(quotas: Backend) -> None:
    quotas.quota(TUESDAY, booked_elsewhere=10)

    answered = await ask("24/11", language="en")

    assert answered["tanggal"] == "Tuesday 24 November"
    assert "opens" in answered["alternatif"]


@pytest.mark.parametrize(
    ("place", "words"),
    [("MPP Tegal", "Slawi"), ("pemalang", "M-Paspor"), ("bandung", "")],
)
async def test_a_place_without_places_of_its_own_tells_its_own_way(place: str, words: str) -> None:
    answered = await ask(place=place)

    if place == "bandung":
        assert answered.response == "utter_kuota_ringkas"
    else:
        assert answered.response == "utter_kuota_tempat"
        assert words in answered["teks"]


@pytest.mark.usefixtures("no_backend")
async def test_without_the_backend_the_citizen_reads_that_plainly() -> None:
    assert (await ask("selasa")).response == "utter_gangguan_backend"


@pytest.mark.parametrize(
    ("named", "office", "place"),
    [
        ("MPP Batang", "pemalang", "mpp_batang"),
        ("batang", "pemalang", "mpp_batang"),
        ("BANDUNG", "bandung", "kanim_bandung"),
        ("pemalang", "pemalang", "kanim_pemalang"),
        ("imigrasi pemalang", "pemalang", "kanim_pemalang"),
        ("maung riung", "bandung", None),
        ("Paris", "bandung", None),
        ("", "bandung", None),
    ],
)
def test_the_place_named_wins_over_the_office_of_the_conversation(
    named: str, office: str, place: str | None
) -> None:
    seen = turn(citizen("kuota", "cek_kuota", {"kantor": named} if named else {}))

    found_office, found_place = office_and_place(seen)

    assert found_office.id == office
    assert (found_place.id if found_place else None) == place


def test_a_full_day_is_said_before_the_way_on() -> None:
    text = responses()["utter_kuota_penuh"][0]["text"]

    assert "*penuh*" in text.splitlines()[0]
    assert text.index("*penuh*") < text.index("{alternatif}")
