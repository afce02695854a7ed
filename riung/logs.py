"""Logging of every process: one line an event, personal data masked where the line is made."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO, cast

import structlog

from riung.privacy import MaskingFilter, keyed_hash, mask_event, mask_line
from riung.settings import settings

NAME_LENGTH = 8
"""Letters; of a thousand conversations a day two share a name once in twenty years."""

_NOISY = ("sanic.access", "apscheduler", "matplotlib", "urllib3", "rasa.core.processor", "aio_pika")

_OWN_HANDLERS = ("uvicorn", "uvicorn.error", "uvicorn.access")
"""Loggers whose library prints by itself, past every mask."""


class Unfailing:
    """A stream to which nothing is written where nothing can be: a full disk under the logs is no
    second failure, in the middle of dealing with the first.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write what can be written."""
        with suppress(OSError):
            return self._stream.write(text)
        return 0

    def flush(self) -> None:
        """Hand it on, if that is possible."""
        with suppress(OSError):
            self._stream.flush()


@contextmanager
def about(conversation: str) -> Iterator[None]:
    """Give the lines of the block one short name of the conversation that they are about (`talk`):
    the same for each of its lines, and nobody's number. Without `RIUNG_HASH_KEY` there is none.
    """
    key = settings().hash_key
    if not key:
        yield
        return
    digest = keyed_hash(conversation, key)[:NAME_LENGTH]
    name = "".join(chr(ord("a") + int(digit, 16)) for digit in digest)  # letters: nothing to mask
    with structlog.contextvars.bound_contextvars(talk=name):
        yield


class _OfTalk(logging.Filter):
    """Gives the lines of libraries the same name."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Add it to the record; never drops one."""
        name = structlog.contextvars.get_contextvars().get("talk")
        record.talk = f" talk={name}" if name else ""
        return True


def configure(level: int = logging.WARNING) -> None:
    """Mask all log lines of this process; may be called again after a library changed handlers."""
    stream = Unfailing(sys.stderr)
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s%(talk)s %(message)s"))
    handler.addFilter(MaskingFilter())
    handler.addFilter(_OfTalk())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _OWN_HANDLERS:
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    for name in _NOISY:
        logging.getLogger(name).setLevel(max(level, logging.ERROR))
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,
            mask_event,
            structlog.processors.KeyValueRenderer(key_order=["level", "event"]),
            mask_line,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(cast(TextIO, stream)),
        cache_logger_on_first_use=False,
    )
