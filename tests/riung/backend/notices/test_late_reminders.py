"""A reminder invites to cancel while one can, and says that it is over when one cannot."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.edits import edit
from tests.riung.backend.notices.walk import Walk


def test_a_reminder_that_comes_when_it_is_too_late_to_cancel_does_not_invite_to(
    walk: Walk, office_folder: Path
) -> None:
    until_seven = 'batal_sampai: {hari_sebelum: 0, jam: "07:00"}'
    edit(
        office_folder / "pemalang.yml", 'batal_sampai: {hari_sebelum: 1, jam: "15:00"}', until_seven
    )
    code = walk.api.book(1).json()["code"]
    walk.clock.at("2026-11-24T06:20:00+07:00")
    walk.to("2026-11-24T06:40:00+07:00")

    assert walk.sent == [("11-24 06:30", "1", "pengingat_antrean")]
    assert walk.api.cancel(code).status_code == 200


def test_a_reminder_that_could_not_be_sent_in_time_is_left_to_the_morning(walk: Walk) -> None:
    walk.api.book(1)
    walk.clock.at("2026-11-23T15:00:30+07:00")  # off since 09.00
    walk.to("2026-11-23T15:50:00+07:00", step=timedelta(minutes=5))
    assert walk.sent == []

    walk.clock.at("2026-11-24T06:29:00+07:00")
    walk.to("2026-11-24T06:31:00+07:00")
    assert [kind for _, _, kind in walk.sent] == ["pengingat_hari_ini"]


def test_where_the_office_opens_after_the_limit_its_reminder_says_so(
    walk: Walk, office_folder: Path
) -> None:
    path = office_folder / "pemalang.yml"
    edit(
        path,
        'batal_sampai: {hari_sebelum: 1, jam: "15:00"}',
        'batal_sampai: {hari_sebelum: 1, jam: "07:30"}',
    )
    edit(path, '      jam_pesan: {mulai: "06:30", selesai: "16:00"}\n', "")  # the officers' hours
    edit(path, 'pengingat_sehari: "10:00"', 'pengingat_sehari: "07:00"')
    walk.api.book(1)
    walk.clock.at("2026-11-23T06:50:00+07:00")
    walk.to("2026-11-23T08:10:00+07:00", step=timedelta(minutes=5))

    assert [kind for _, _, kind in walk.sent] == ["pengingat_hari_ini"]
