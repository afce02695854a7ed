import re
from typing import Any

import pytest

from riung import clock
from riung.backend.applications.tables import Application
from riung.backend.applications.transitions import history
from riung.backend.db import Database
from riung.backend.notices.tables import Notice
from riung.backend.subscriptions.tables import Subscription
from riung.desk.access import Role
from tests.riung.desk.conftest import Browser, LogIn

NUMBER, OTHER = "1179000000001234", "1179000000005678"


def csv(*lines: Any) -> Any:
    return "\n".join(("nomor;kantor;tahap;waktu", *lines)).encode()


GOOD = csv(f"{NUMBER};bandung;printing;2026-11-19 10:00")
MIXED = csv(
    f"{NUMBER};bandung;printing;2026-11-19 10:00",
    "123;bandung;printing;2026-11-19 10:00",
    f"{OTHER};pemalang;printing;2026-11-19 10:00",
)


def upload(somebody: Browser, content: Any, code: int = 200) -> Any:
    answer = somebody.client.post(
        "/desk/imports",
        data={"csrf": somebody.csrf},
        files={"file": ("status hari ini.csv", content, "text/csv")},
    )
    assert answer.status_code == code, answer.text
    return answer.text


def approve(somebody: Browser, page: str, code: int = 200) -> Any:
    kept = re.search(r'name="kept" value="([^"]+)"', page)
    assert kept
    return somebody.send(
        "/desk/imports/take", code=code, kept=kept[1], filename="status hari ini.csv"
    )


def stage(database: Database, number: Any = NUMBER) -> Any:
    with database.reading() as session:
        found = session.get(Application, number)
        return found.stage if found else None


def news(database: Database) -> Any:
    with database.reading() as session:
        return [notice.status for notice in session.query(Notice)]


@pytest.fixture
def budi(log_in_as: LogIn) -> Any:
    return log_in_as("budi")


def test_a_look_changes_nothing_and_tells_each_bad_line(budi: Browser, database: Database) -> None:
    page = upload(budi, MIXED)
    assert "Terapkan 1 perubahan" in page
    assert re.search(r"3</td><td[^>]*>nomor permohonan harus 16 angka", page)
    assert re.search(r"4</td><td[^>]*>kantor .*pemalang.* di luar wewenang", page)
    assert stage(database) is None


def test_a_look_shows_from_where_to_where_each_application_goes(budi: Browser) -> None:
    page = upload(budi, GOOD)
    assert re.search(r">baru</td><td>.*Pencetakan</td>", page)
    assert "19 November" in page
    approve(budi, upload(budi, GOOD))
    page = upload(budi, csv(f"{NUMBER};bandung;quality_check;2026-11-20 08:00"))
    assert re.search(r"1179 0000 0000 1234</td><td[^>]*>Pencetakan</td>", page)


def test_what_is_counted_are_applications_though_a_number_stands_in_three_lines(
    budi: Browser,
) -> None:
    stages = ("registered", "paid", "printing")
    lines = [f"{NUMBER};bandung;{one};2026-11-2{day} 08:00" for day, one in enumerate(stages)]
    page = upload(budi, csv(*lines))
    assert "Terapkan 1 perubahan" in page


def test_a_file_that_changes_nothing_offers_nothing_to_take(budi: Browser) -> None:
    page = upload(budi, csv())
    assert "Tidak ada yang berubah" in page
    assert "Terapkan" not in page


def test_taking_it_changes_the_good_lines(budi: Browser, database: Database) -> None:
    page = approve(budi, upload(budi, MIXED))
    assert "1 status diperbarui." in page
    assert (stage(database), stage(database, OTHER)) == ("printing", None)


def test_undoing_puts_the_stage_and_its_history_back(budi: Browser, database: Database) -> None:
    approve(budi, upload(budi, GOOD))
    moved = csv(f"{NUMBER};bandung;quality_check;2026-11-20 08:00")
    approve(budi, upload(budi, moved))
    assert stage(database) == "quality_check"
    assert "1 status dikembalikan." in budi.send("/desk/imports/2/undo")
    assert stage(database) == "printing"
    with database.reading() as session:
        assert [change.stage for change in history(session, NUMBER)] == ["printing"]


def test_undoing_takes_back_the_news_that_waits_for_office_hours(
    budi: Browser, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RIUNG_NOW", "2026-11-20T20:00:00+07:00")
    approve(budi, upload(budi, GOOD))
    wish = {"kind": "status", "office": "bandung", "subject": NUMBER, "sender": "6289900000001"}
    with database.writing() as session:
        session.add(Subscription(**wish, created_at=clock.now()))
    approve(budi, upload(budi, csv(f"{NUMBER};bandung;quality_check;2026-11-20 08:00")))
    assert news(database) == ["pending"]
    budi.send("/desk/imports/2/undo")
    assert news(database) == []


def test_undoing_removes_what_did_not_exist_before(budi: Browser, database: Database) -> None:
    approve(budi, upload(budi, GOOD))
    budi.send("/desk/imports/1/undo")
    assert stage(database) is None


def test_undoing_leaves_alone_what_moved_on(budi: Browser, database: Database) -> None:
    approve(budi, upload(budi, GOOD))
    approve(budi, upload(budi, csv(f"{NUMBER};bandung;quality_check;2026-11-20 08:00")))
    page = budi.send("/desk/imports/1/undo")
    assert "0 status dikembalikan. 1 sudah berubah lagi" in page
    assert stage(database) == "quality_check"


def test_an_import_of_two_offices_is_not_undone_by_somebody_of_one(
    log_in_as: LogIn, database: Database
) -> None:
    ana = log_in_as("ana", Role.SUPERVISOR, ("bandung", "pemalang"))
    approve(ana, upload(ana, MIXED))
    budi = log_in_as("budi")

    assert "kantor lain" in budi.send("/desk/imports/1/undo", code=403)
    assert stage(database, OTHER) == "printing"
    assert "2 status dikembalikan." in ana.send("/desk/imports/1/undo")


def test_twice_undone_is_refused(budi: Browser) -> None:
    approve(budi, upload(budi, GOOD))
    budi.send("/desk/imports/1/undo")
    assert "sudah dibatalkan" in budi.send("/desk/imports/1/undo", code=400)


def test_taking_the_same_file_twice_is_refused(budi: Browser) -> None:
    page = upload(budi, GOOD)
    approve(budi, page)
    assert "unggah sekali lagi" in approve(budi, page, code=400)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "Berkas ini kosong"),
        (b"\xff\xfe\x00", "CSV UTF-8"),
        (b"nama;alamat\nx;y", "tidak punya kolom"),
        (b"x" * (4 * 1024 * 1024 + 1), "lebih besar dari 4 MB"),
    ],
    ids=["nothing", "not text", "other columns", "too big"],
)
def test_a_file_that_cannot_be_taken_is_explained(
    budi: Browser, content: Any, message: str
) -> None:
    assert message in upload(budi, content, code=400)


def test_a_name_that_leads_out_of_the_folder_finds_nothing(budi: Browser) -> None:
    assert "sudah tidak ada" in budi.send(
        "/desk/imports/take", code=400, kept="../riung.db", filename="x"
    )


def test_another_offices_import_can_not_be_undone(
    budi: Browser, log_in_as: LogIn, database: Database
) -> None:
    approve(budi, upload(budi, GOOD))
    log_in_as("sari", Role.OFFICER, ("pemalang",)).send("/desk/imports/1/undo", code=404)
    assert stage(database) == "printing"


def test_refused_lines_are_shown_and_can_be_downloaded(budi: Browser) -> None:
    page = upload(budi, MIXED)
    assert "<code>123;bandung;printing;2026-11-19 10:00</code>" in page
    kept = re.search(r'name="kept" value="([^"]+)"', page)
    assert kept

    file = budi.send("/desk/imports/refused", kept=kept[1])
    assert "3;nomor permohonan harus 16 angka;" in file
    approve(budi, page)  # the file is still there
