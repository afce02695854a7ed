"""Every log line of a process, masked on its way out."""

from __future__ import annotations

import errno
import logging
import re
import sys
from io import StringIO

import pytest
import structlog

from riung.logs import about, configure
from tests.conftest import SetEnvironment

NIK = "3273014505900001"
PHONE = "6289900012345"


def test_an_event_names_level_event_and_fields(printed: StringIO) -> None:
    structlog.get_logger().warning("message.dropped", office="bandung")

    assert printed.getvalue() == "level='warning' event='message.dropped' office='bandung'\n"


@pytest.mark.parametrize(
    "value",
    [
        PHONE,
        f"teks dengan {NIK}",
        {"from": PHONE, "text": {"body": NIK}},
        [PHONE, (NIK,)],
        int(NIK),
        ValueError(NIK),
        NIK.encode(),
    ],
)
def test_an_event_shows_no_number_of_a_person(value: object, printed: StringIO) -> None:
    structlog.get_logger().error("message.failed", value=value)

    line = printed.getvalue()
    assert "message.failed" in line
    assert NIK not in line
    assert PHONE not in line


def test_a_traceback_shows_no_number_of_a_person(printed: StringIO) -> None:
    try:
        raise ValueError(f"bad number {NIK}")
    except ValueError:
        structlog.get_logger().exception("message.failed")
        logging.getLogger("pustaka").exception("failed for %s", PHONE)

    lines = printed.getvalue()
    assert lines.count("ValueError") >= 2
    assert NIK not in lines
    assert PHONE not in lines


def test_a_library_that_prints_by_itself_is_masked_too(printed: StringIO) -> None:
    server = logging.getLogger("uvicorn.error")
    server.handlers, server.propagate = [logging.StreamHandler(sys.stdout)], False

    configure()
    logging.getLogger().handlers[0].setStream(printed)  # type: ignore[attr-defined]
    server.error("failed for %s", PHONE)

    assert "failed for" in printed.getvalue()
    assert PHONE not in printed.getvalue()


def test_a_librarys_line_is_masked(printed: StringIO) -> None:
    logging.getLogger("pustaka").warning("from %s", PHONE)

    assert printed.getvalue() == "WARNING pustaka from 6289…345\n"


def test_what_is_below_the_level_is_not_printed(printed: StringIO) -> None:
    logging.getLogger("pustaka").info("chatter")
    structlog.get_logger().info("chatter")

    assert printed.getvalue() == ""


def test_configuring_again_prints_each_line_once(printed: StringIO) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sys, "stderr", printed)
        configure()
    logging.getLogger("pustaka").warning("once")

    assert printed.getvalue().count("once") == 1


def test_lines_about_one_conversation_bear_one_name_that_is_nobodys_number(
    printed: StringIO, set_environment: SetEnvironment
) -> None:
    set_environment(RIUNG_HASH_KEY="kunci")
    with about(f"{PHONE}@1"):
        structlog.get_logger().warning("turn.waits")
        logging.getLogger("pustaka").warning("slow")
    with about("6289900099999@1"):
        structlog.get_logger().warning("turn.waits")
    structlog.get_logger().warning("service.started")

    ours, librarys, other, none = printed.getvalue().splitlines()
    name = re.search(r"talk='([a-p]{8})'", ours)
    assert name
    assert librarys == f"WARNING pustaka talk={name[1]} slow"
    assert "talk=" in other
    assert name[1] not in other
    assert "talk" not in none


class FullDisk(StringIO):
    """Where no byte can be written."""

    def write(self, _: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_line_that_cannot_be_written_is_no_second_failure(
    monkeypatch: pytest.MonkeyPatch, printed: StringIO
) -> None:
    monkeypatch.setattr(sys, "stderr", FullDisk())
    configure()

    structlog.get_logger().error("store.refused", reason="database or disk is full")
    logging.getLogger("rasa").error("the same by the library's own way")
