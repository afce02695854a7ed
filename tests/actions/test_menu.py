"""The menu of every office, walked as citizens walk it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from _pytest.mark.structures import ParameterSet

from actions.menu import Agree, ChangeLanguage, Choose, Detail, ShowMenu, parse_command
from riung.office.menu import BACK, ROOT_PATH, numbered, parse_choice, screen, tree
from riung.office.menu_tree import MenuOption, MenuTree
from riung.office.offices import offices
from riung.settings import ROOT
from riung.yaml_files import read_yaml
from tests.actions.makers import Reply, bot, citizen, reply, responses

INTENTS = set(read_yaml(ROOT / "domain.yml")["intents"])


def menus() -> Iterator[tuple[str, str, MenuTree]]:
    for office in offices().values():
        yield office.id, "id", tree(office)
        if office.menu.en:
            yield office.id, "en", tree(office, "en")


def below(path: str, tree: MenuTree | MenuOption) -> Iterator[tuple[str, int, MenuOption]]:
    """Each option: the path of its screen, its place there, and itself."""
    for place, option in enumerate(tree.pilihan, start=1):
        yield path, place, option
        yield from below(option.id if path == ROOT_PATH else f"{path}.{option.id}", option)


def steps(wanted: Callable[[MenuOption], object]) -> list[ParameterSet]:
    """Office, language, screen, digit and option of every wanted option."""
    return [
        pytest.param(office, language, *step, id=f"{office}-{language}:{step[0]}:{step[1]}")
        for office, language, menu in menus()
        for step in below(ROOT_PATH, menu)
        if wanted(step[2])
    ]


STEPS = steps(lambda _: True)
BRANCHES = steps(lambda option: option.pilihan)


def shown(office: str, language: str, path: str) -> dict[str, Any]:
    """The bubble that shows a screen of the menu."""
    menu = next(menu for name, spoken, menu in menus() if (name, spoken) == (office, language))
    return bot("Menu", [option.as_button() for option in screen(menu, path).options])


async def choose(office: str, language: str, path: str, text: str) -> Reply:
    """Type `text` under a screen of the menu."""
    choice = parse_choice(text)
    assert choice is not None
    message = citizen(text, "pilihan", {"pilihan": choice}, office=office)
    bubble = shown(office, language, path)
    return await reply(Choose(), citizen("menu"), bubble, message, bahasa=language)


async def tap(office: str, language: str, path: str) -> Reply:
    """Tap a row of the menu."""
    message = citizen("baris", "pilihan", {"pilihan": path}, office=office)
    return await reply(Choose(), message, bahasa=language)


@pytest.mark.parametrize(("office", "language", "path", "place", "option"), STEPS)
async def test_every_digit_opens_its_branch_or_asks_its_leaf(
    office: str, language: str, path: str, place: int, option: MenuOption
) -> None:
    answered = await choose(office, language, path, str(place))

    if option.pilihan:
        assert answered["judul"] == option.judul
        assert option.pilihan[0].label in answered["pilihan"]
    else:
        assert answered.asked == (option.tanya, option.isi)
        assert option.tanya in INTENTS


@pytest.mark.parametrize(("office", "language", "path", "place", "option"), STEPS)
async def test_every_tapped_row_does_what_its_digit_does(
    office: str, language: str, path: str, place: int, option: MenuOption
) -> None:
    row = shown(office, language, path)["data"]["buttons"][place - 1]
    _, entities = parse_command(row["payload"])

    tapped = await tap(office, language, entities["pilihan"])
    typed = await choose(office, language, path, str(place))

    assert tapped.messages == typed.messages
    assert bool(tapped.events) == bool(typed.events)
    if typed.events:
        assert tapped.asked == typed.asked


@pytest.mark.parametrize(
    ("office", "language", "path", "place", "option"),
    BRANCHES,
)
async def test_zero_leads_one_step_up(
    office: str, language: str, path: str, place: int, option: MenuOption
) -> None:
    inside = option.id if path == ROOT_PATH else f"{path}.{option.id}"

    answered = await choose(office, language, inside, BACK)

    assert option.label in answered["pilihan"]


@pytest.mark.parametrize("text", ["1", "1.", "no 1", "nomor satu", "pilih 1", "1️⃣"])
async def test_the_same_choice_in_many_forms(text: str) -> None:
    answered = await choose("bandung", "id", ROOT_PATH, text)

    assert answered["judul"] == tree(offices()["bandung"]).pilihan[0].judul


@pytest.mark.parametrize("office", offices())
async def test_the_menu_is_one_message_with_text_and_rows_from_one_source(office: str) -> None:
    answered = await reply(ShowMenu(), citizen("menu", "menu", office=office))

    assert answered.response == "utter_menu"
    assert answered["pilihan"] == numbered(answered.buttons)
    assert len(answered.buttons) == len(tree(offices()[office]).pilihan)


async def test_a_digit_that_is_not_on_offer_shows_the_options_again() -> None:
    answered = await choose("bandung", "id", ROOT_PATH, "77")

    assert answered.response == "utter_pilihan_tidak_ada"
    assert answered["angka"] == "77"
    assert answered["pilihan"].startswith("1. ")
    assert answered.buttons[0]["angka"] == "1"


async def test_zero_where_it_is_not_offered_shows_the_main_menu() -> None:
    answered = await choose("bandung", "id", ROOT_PATH, "0")

    assert answered.response == "utter_menu"


async def test_a_digit_before_any_menu_chooses_from_the_main_menu() -> None:
    answered = await reply(Choose(), citizen("2", "pilihan", {"pilihan": "2"}))

    assert answered.asked == ("cek_status", {})


async def test_a_digit_chooses_from_numbered_offers_too() -> None:
    offer = {"title": "Biaya", "payload": '/biaya_paspor{"jenis_paspor": "biasa"}', "angka": "1"}
    message = citizen("1", "pilihan", {"pilihan": "1"})

    answered = await reply(Choose(), citizen("berapa"), bot("Apakah tentang:", [offer]), message)

    assert answered.asked == ("biaya_paspor", {"jenis_paspor": "biasa"})


@pytest.mark.parametrize("path", ["tidak_ada", "paspor.lampau", 'a"b', "a\\", "{}", "²", "paspor."])
async def test_a_row_that_is_no_longer_there_shows_the_main_menu(path: str) -> None:
    answered = await tap("bandung", "id", path)

    assert answered.responses in (["utter_menu"], ["utter_pilihan_tidak_ada"])


@pytest.mark.parametrize("text", ["ya", "oke", "sip"])
async def test_a_detail_never_comes_unasked(text: str) -> None:
    buttons = [
        {"title": "Cara bayar", "payload": "/cara_bayar"},
        {"title": "Rincian", "payload": '/rincian{"topik": "biaya"}'},
    ]

    answered = await reply(Agree(), citizen("a"), bot("Rp650.000", buttons), citizen(text))

    assert answered.response == "utter_setuju"


async def test_yes_takes_the_button_that_says_yes() -> None:
    buttons = [
        {"title": "Ya, mulai lagi", "payload": "/pengaduan"},
        {"title": "Menu", "payload": "/menu"},
    ]

    answered = await reply(Agree(), citizen("a"), bot("Mulai lagi?", buttons), citizen("iya"))

    assert answered.asked == ("pengaduan", {})


async def test_yes_after_a_single_offer_takes_it() -> None:
    bubble = bot("Mau dibantu orang?", [{"title": "Petugas", "payload": "/bicara_petugas"}])

    answered = await reply(Agree(), citizen("a"), bubble, citizen("ya", "setuju"))

    assert answered.asked == ("bicara_petugas", {})


async def test_yes_without_an_offer_is_acknowledged() -> None:
    answered = await reply(Agree(), citizen("ya", "setuju"))

    assert answered.response == "utter_setuju"


async def test_detail_is_said_by_its_topic() -> None:
    answered = await reply(Detail(), citizen("rincian", "rincian", {"topik": "biaya"}))

    assert answered.response == "utter_rincian_biaya"


@pytest.mark.parametrize(("before", "after"), [("id", "en"), ("en", "id")])
async def test_the_language_is_switched_and_the_menu_follows(before: str, after: str) -> None:
    answered = await reply(ChangeLanguage(), citizen("english", "ganti_bahasa"), bahasa=before)

    menu = offices()["bandung"].menu
    wanted = menu.en if after == "en" else menu
    assert wanted is not None
    assert answered["judul"] == wanted.judul
    assert [(event["name"], event["value"]) for event in answered.events] == [("bahasa", after)]


async def test_a_language_that_is_named_is_taken() -> None:
    message = citizen("Bahasa Indonesia", "ganti_bahasa", {"bahasa": "id"})

    answered = await reply(ChangeLanguage(), message, bahasa="id")

    assert answered["judul"] == offices()["bandung"].menu.judul


@pytest.mark.parametrize(
    ("payload", "command"),
    [
        ("/menu", ("menu", {})),
        ('/rincian{"topik": "biaya"}', ("rincian", {"topik": "biaya"})),
        ("bukan perintah", ("menu", {})),
    ],
)
def test_commands_are_read(payload: str, command: tuple[str, dict[str, str]]) -> None:
    assert parse_command(payload) == command


def test_every_button_that_trainers_wrote_is_a_command_we_know() -> None:
    for name, variations in responses().items():
        for button in (button for one in variations for button in one.get("buttons", ())):
            intent, entities = parse_command(button["payload"])
            assert intent in INTENTS, name
            assert isinstance(json.dumps(entities), str)


async def test_the_menu_reads_as_one_screen() -> None:
    answered = await reply(ShowMenu(), citizen("menu", "menu"))

    assert answered["pilihan"].splitlines()[:2] == ["1. Informasi paspor", "2. Cek status paspor"]
    assert "Maung Riung" in answered["judul"]


@pytest.mark.parametrize(
    ("greeting", "back"),
    [
        ("Assalamu'alaikum", "Wa'alaikumsalam."),
        ("sampurasun kang", "Rampes."),
        ("Kulonuwun", "Monggo."),
        ("sugeng enjang", "Nggih, monggo."),
        ("punten", "Mangga."),
    ],
)
async def test_a_greeting_is_returned_in_kind(greeting: str, back: str) -> None:
    answered = await reply(ShowMenu(), citizen(greeting, "salam"))

    assert answered["judul"].startswith(back)


@pytest.mark.parametrize(("text", "intent"), [("selamat pagi", "salam"), ("sugeng, menu", "menu")])
async def test_another_beginning_is_answered_by_the_office_alone(text: str, intent: str) -> None:
    answered = await reply(ShowMenu(), citizen(text, intent, office="bandung"))

    assert answered["judul"] == offices()["bandung"].menu.judul
