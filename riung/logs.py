"""Logging of every process: one line an event, personal data masked where the line is made."""

from __future__ import annotations

import logging
import sys

import structlog

from riung.privacy import MaskingFilter, mask_event, mask_line

_NOISY = ("sanic.access", "apscheduler", "matplotlib", "urllib3", "rasa.core.processor", "aio_pika")

_OWN_HANDLERS = ("uvicorn", "uvicorn.error", "uvicorn.access")
"""Loggers whose library prints by itself, past every mask."""


def configure(level: int = logging.WARNING) -> None:
    """Mask all log lines of this process; may be called again after a library changed handlers."""
    handler = logging.StreamHandler(sys.stderr)
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
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
