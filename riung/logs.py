"""Logging of every process: one line an event, personal data masked where the line is made."""

from __future__ import annotations

import logging
import sys
from contextlib import suppress
from typing import TextIO, cast

import structlog

from riung.privacy import MaskingFilter, mask_event, mask_line

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


def configure(level: int = logging.WARNING) -> None:
    """Mask all log lines of this process; may be called again after a library changed handlers."""
    stream = Unfailing(sys.stderr)
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))
    handler.addFilter(MaskingFilter())
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
