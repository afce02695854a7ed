"""One tree makes what is shown and what is understood."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riung import limits
from riung.office.menu import (
    BACK,
    ROOT_PATH,
    Screen,
    choice_payload,
    command,
    find,
    number,
    numbered,
    parse_choice,
    screen,
    tree,
)
from riung.office.menu_tree import MenuOption, MenuTree
from riung.office.offices import offices
from riung.settings import ROOT
from riung.yaml_files import read_yaml

SAME_CHOICE = ["1", "1.", "no 1", "nomor satu", "pilih 1", "1️⃣"]
"""One and the same choice."""

MORE_OF_IT = [
    *("1)", "(1)", " 1 ", "01", "1!", "*1*", "#1", "No. 1", "NOMOR 1", "no1", "nomor1", "menu 1"),
    *("Satu", "hiji", "siji", "yang pertama", "saya pilih nomor 1 ya", "1 kak", "pilih1"),
    *("١", "１", "1\u200b", "\ufeff1", "opsi 1", "angka 1", "mau yang 1 dong", "nomer1", "angka1"),
]
NOT_A_CHOICE = [
    *("", " ", "?", "kak", "nomor", "pilih", "menu", "1 2", "1,2", "123", "paspor 1", "1 paspor"),
    *("satu paspor", "1179000000001234", "tanggal 1", "jam 8 saja buka?", "1" * 100, "-"),
]


def trees() -> Iterator[tuple[str, MenuTree]]:
    for office in offices().values():
        yield office.id, office.menu
        if office.menu.en:
            yield f"{office.id}-en", office.menu.en


def branches(menu: MenuTree) -> Iterator[str]:
    def below(prefix: str, options: tuple[MenuOption, ...]) -> Iterator[str]:
        for option in options:
            if option.pilihan:
                yield prefix + option.id
                yield from below(f"{prefix}{option.id}.", option.pilihan)

    yield ROOT_PATH
    yield from below("", menu.pilihan)


SCREENS = [
    pytest.param(screen(menu, path), id=f"{name}:{path}")
    for name, menu in trees()
    for path in branches(menu)
]


@pytest.mark.parametrize("text", [*SAME_CHOICE, *MORE_OF_IT])
def test_a_choice_of_one_in_many_forms(text: str) -> None:
    assert parse_choice(text) == "1"


@pytest.mark.parametrize("text", ["0", "0️⃣", "nol", "kembali", "00", "no 0", "Balik", "back"])
def test_the_way_back_in_many_forms(text: str) -> None:
    assert parse_choice(text) == BACK


@pytest.mark.parametrize(("text", "choice"), [("12", "12"), ("no 10", "10"), ("99.", "99")])
def test_a_digit_on_offer_nowhere_is_still_a_choice(text: str, choice: str) -> None:
    assert parse_choice(text) == choice


@pytest.mark.parametrize("text", NOT_A_CHOICE)
def test_other_messages_are_no_choice(text: str) -> None:
    assert parse_choice(text) is None


@given(st.text(max_size=200))
def test_a_choice_is_at_most_two_digits(text: str) -> None:
    choice = parse_choice(text)

    assert choice is None or (choice.isascii() and choice.isdigit() and len(choice) <= 2)


@pytest.mark.parametrize("digit", "0123456789")
def test_every_word_for_a_digit_is_understood(digit: str) -> None:
    for word in read_yaml(ROOT / "kamus" / "pilihan.yml")["angka"][digit]:
        assert parse_choice(word) == digit
        assert parse_choice(f"nomor {word}") == digit


@pytest.mark.parametrize("shown", SCREENS)
def test_every_option_is_understood_by_its_printed_digit(shown: Screen) -> None:
    for line in numbered(shown.options).splitlines():
        digit, _, label = line.partition(". ")
        option = next(option for option in shown.options if option.digit == parse_choice(digit))
        assert option.label == label


@pytest.mark.parametrize("shown", SCREENS)
def test_every_screen_fits_one_whatsapp_list(shown: Screen) -> None:
    body = f"{shown.title}\n\n{numbered(shown.options)}"

    assert 1 <= len(shown.options) <= limits.LIST_ROWS
    assert limits.length(body) <= limits.INTERACTIVE_BODY
    for option in shown.options:
        assert limits.length(option.label) <= limits.ROW_TITLE
        assert limits.length(option.description) <= limits.ROW_DESCRIPTION
        assert limits.length(option.payload) <= limits.ROW_ID


@pytest.mark.parametrize("shown", SCREENS)
def test_below_the_main_menu_zero_leads_one_step_up(shown: Screen) -> None:
    back = [option for option in shown.options if option.digit == BACK]

    if shown.path == ROOT_PATH:
        assert back == []
    else:
        parent = shown.path.rpartition(".")[0] or ROOT_PATH
        assert [option.payload for option in back] == [choice_payload(parent)]


@pytest.mark.parametrize("shown", SCREENS)
def test_every_tapped_row_leads_to_the_option_that_its_digit_names(shown: Screen) -> None:
    menus = [menu for _, menu in trees()]
    for option in shown.options:
        path = json.loads(option.payload.removeprefix("/pilihan"))["pilihan"]
        assert any(find(menu, path) for menu in menus)


@pytest.mark.parametrize("path", ["tidak_ada", "paspor.tidak_ada", "", ".", "status.lagi"])
def test_a_path_that_the_office_does_not_have_leads_nowhere(path: str) -> None:
    menu = offices()["bandung"].menu

    assert find(menu, path) is None
    with pytest.raises(KeyError):
        screen(menu, path)


def test_a_leaf_is_no_screen() -> None:
    with pytest.raises(KeyError):
        screen(offices()["bandung"].menu, "status")


def test_a_leaf_asks_its_intent_with_its_entities() -> None:
    leaf = MenuOption(
        id="sisa", label="Sisa kuota", tanya="cek_kuota", isi={"kantor": "MPP Batang"}
    )

    assert command(leaf.tanya, leaf.isi) == '/cek_kuota{"kantor": "MPP Batang"}'
    assert command("cek_status") == "/cek_status"


def test_the_menu_is_in_the_conversations_language() -> None:
    office = offices()["bandung"]
    without = office.copy(update={"menu": office.menu.copy(update={"en": None})})

    assert office.menu.en
    assert tree(office, "en").judul == office.menu.en.judul
    assert tree(office, "id").judul == office.menu.judul
    assert tree(without, "en").judul == office.menu.judul


def test_buttons_get_digits_in_their_order() -> None:
    shown = number([{"title": "Biaya", "payload": "/biaya_paspor"}, {"title": "Menu"}])

    assert [button["angka"] for button in shown] == ["1", "2"]
    assert numbered(shown) == "1. Biaya\n2. Menu"
