"""Logs: one event a line, for people or for a collector; never personal data.

Officers are named by our id alone. Should a personal field slip in all the same, its value is
withheld here.
"""

from __future__ import annotations

import logging
import sys

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from app.settings import LogForm, LogLevel

PERSONAL = frozenset(
    {"authorization", "email", "name", "number", "officer_name", "password", "phone", "reason",
     "token", "words"}
)  # fmt: skip
"""Fields whose value is never written."""


def withhold(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """The event with the value of each personal field withheld."""
    return {key: "withheld" if key in PERSONAL else value for key, value in event.items()}


def configure(level: LogLevel, form: LogForm) -> None:
    """Write events of a level and above to standard error, in a form."""
    last: Processor = (
        structlog.processors.JSONRenderer()
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    errors: list[Processor] = [structlog.processors.format_exc_info] if form == "json" else []
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            withhold,
            *errors,
            last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping()[level.upper()]
        ),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
