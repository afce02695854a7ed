import pytest

from riung.localized import LANGUAGES
from riung.office.facts import facts
from riung.office.offices import offices
from riung.office.stages import (
    StageOrder,
    read_stage_order,
    stage_order,
    stage_wording,
)
from riung.yaml_files import YamlError
from tests.cases import over


@pytest.fixture(scope="module")
def order() -> StageOrder:
    return stage_order()


def test_a_route_begins_registered_and_ends_collected(order: StageOrder) -> None:
    assert set(order.routes) == {
        *("m_paspor", "datang_langsung", "hilang_rusak_ubah_data", "micin_darurat"),
    }
    for route in order.routes.values():
        assert (route[0], route[-1]) == ("registered", "collected")


def test_payment_comes_first_only_over_m_paspor(order: StageOrder) -> None:
    """Facts byr_urutan and hilang_biaya."""
    before_interview = {
        name: route.index("paid") < route.index("interview_biometrics")
        for name, route in order.routes.items()
    }
    assert [name for name, before in before_interview.items() if before] == ["m_paspor"]


def test_every_stage_is_a_fact(order: StageOrder) -> None:
    known = facts()
    assert [code for code in order.stages if f"tahap_{code}" not in known] == []


@pytest.mark.parametrize("office", offices().values(), ids=offices())
@pytest.mark.parametrize("route", stage_order().routes)
@over("stage", sorted(stage_order().stages))
def test_every_office_words_every_stage_in_both_languages(office, stage: str, route: str) -> None:
    said = {language: stage_wording(office, route, stage, language) for language in LANGUAGES}

    assert said["id"].keys() == said["en"].keys()
    for part, words in said["id"].items():
        assert words not in ("", stage)
        assert said["en"][part] not in ("", stage, words)


@pytest.mark.parametrize(
    ("route", "passed", "following", "allowed"),
    [
        ("m_paspor", "registered", "awaiting_payment", True),
        ("m_paspor", "registered awaiting_payment", "paid", True),
        ("m_paspor", "registered", "document_check", True),  # stages may be hidden
        ("m_paspor", "registered paid", "awaiting_payment", False),
        ("m_paspor", "collected", "ready_for_pickup", False),
        ("datang_langsung", "registered document_check", "interview_biometrics", True),
        ("datang_langsung", "registered document_check interview_biometrics", "paid", True),
        ("datang_langsung", "interview_biometrics paid", "interview_biometrics", False),
        ("m_paspor", "awaiting_payment", "payment_expired", True),
        ("m_paspor", "paid", "payment_expired", False),
        ("m_paspor", "awaiting_payment payment_expired", "paid", False),
        ("m_paspor", "document_check documents_incomplete", "document_check", True),
        ("m_paspor", "document_check documents_incomplete", "interview_biometrics", True),
        ("m_paspor", "document_check documents_incomplete", "paid", False),
        ("m_paspor", "document_check documents_incomplete", "cancelled", True),
        ("m_paspor", "document_check rejected", "adjudication", False),
        ("m_paspor", "adjudication further_examination", "suspended", True),
        ("m_paspor", "adjudication further_examination", "blank_allocation", True),
        ("hilang_rusak_ubah_data", "document_check", "further_examination", True),
        ("hilang_rusak_ubah_data", "document_check further_examination", "suspended", True),
        ("hilang_rusak_ubah_data", "document_check further_examination", "paid", True),
        ("micin_darurat", "adjudication", "awaiting_payment", True),
        ("micin_darurat", "adjudication", "blank_allocation", False),
        ("m_paspor", "ready_for_pickup sent_by_post", "collected", True),
        ("m_paspor", "ready_for_pickup sent_by_post", "printing", False),
        ("m_paspor", "printing system_delay", "quality_check", True),
        ("m_paspor", "suspended", "registered", True),  # imported in the middle of the way
    ],
)
def test_the_order_decides_what_may_follow(
    order: StageOrder, route: str, passed: str, following: str, allowed: bool
) -> None:
    assert order.may_follow(route, passed.split(), following) is allowed


def test_only_m_paspor_speaks_of_two_hours_to_pay(order: StageOrder) -> None:
    bandung = offices()["bandung"]
    steps = {
        route: stage_wording(bandung, route, "awaiting_payment")["next_step"]
        for route in order.routes
    }
    assert [route for route, step in steps.items() if "2 jam" in step] == ["m_paspor"]


def test_a_branch_after_an_unknown_stage_is_named_with_its_line(tmp_path) -> None:
    broken = tmp_path / "tahap.yml"
    broken.write_text(
        "jalur:\n  m_paspor: {langkah: langkah, urutan: [registered]}\n"
        "cabang:\n  cancelled: {setelah: [registerd]}\n"
    )
    with pytest.raises(YamlError, match=r"tahap.yml:4: tahap 'registerd' tidak ada"):
        read_stage_order(broken)
