"""The settings of the service: environment variables that begin with PARADE_, each with a default.

Every number carries its reason.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.errors import InvalidInput, Place

LogForm = Literal["console", "json"]
LogLevel = Literal["debug", "info", "warning", "error"]


class Settings(BaseSettings):
    """What a force sets for its installation; `PARADE_DATABASE_URL` sets `database_url`."""

    model_config = SettingsConfigDict(env_prefix="PARADE_", frozen=True, extra="forbid")

    database_url: str = Field(default="sqlite:///parade.sqlite", repr=False)
    """Where the data are kept: a SQLite file in the working directory, so that Parade runs with
    nothing else installed; `postgresql://user@host/name` for more than one machine. Never printed,
    since it may hold a password."""

    sqlite_busy_seconds: float = Field(default=30.0, gt=0)
    """How long a writer waits for another on SQLite, in seconds. The longest write known is a file
    that revises 700,000 counts, all or nothing: 14 s on a busy machine; two of them fit."""

    https: bool = False
    """Whether browsers reach Parade over https: cookies are then Secure, and browsers are told to
    stay with https. Off by default, so that a demonstration on this machine alone works."""

    session_hours: float = Field(default=12.0, gt=0)
    """A sign-in ends after this long, whatever happens: a long shift with its handover."""

    session_idle_minutes: float = Field(default=60.0, gt=0)
    """A sign-in ends when nothing was asked for this long: a meal break passes, a screen that was
    left at the end of a shift does not stay open for the next."""

    seen_minutes: float = Field(default=5.0, gt=0)
    """How exactly it is kept when a session or a token was last used: one write in this long, so
    that reading a page is not a write each time. A twelfth of the idle time."""

    idempotency_hours: float = Field(default=24.0, gt=0)
    """How long the answer to an Idempotency-Key is kept: a system that was down overnight may ask
    again next morning."""

    idempotency_claim_seconds: float = Field(default=60.0, gt=0)
    """How long a request may be at work under its key before another may take the key over: longer
    than any request lasts, so only a process that died leaves one."""

    attempts_per_name: int = Field(default=5, ge=1)
    """Failed sign-ins under one name in five minutes; a person who mistypes needs two or three."""

    attempts_per_address: int = Field(default=50, ge=1)
    """Failed sign-ins from one address in five minutes; a whole control room may share one."""

    body_bytes: int = Field(default=1_000_000, ge=1)
    """The largest request body, where a door does not set its own: a page of changes is some
    kilobytes."""

    jobs_at_once: dict[str, int] = {"forecast": 2, "roster": 1}
    """How many jobs of a kind one worker does at a time; of a kind not named here, one. A roster
    has two processes search, as many as the smallest machine has cores."""

    job_retry_seconds: tuple[float, ...] = (2.0, 20.0)
    """How long to wait before each further try of a job that went wrong unexpectedly: a hiccup has
    passed after the first, a restart of the database after the second. Then it has failed."""

    job_starts: int = Field(default=20, ge=1)
    """How often a job is begun in all before it is given up, as one that brings its worker down
    again and again; more often than a machine is restarted in the time a job takes."""

    worker_dead_seconds: float = Field(default=10.0, gt=1)
    """A worker that has shown no sign of life for this long is given up and its jobs are taken
    over. It shows one a second, but a busy machine may be late by several."""

    job_traces_days: float = Field(default=7.0, gt=0)
    """How long the job engine's own record of an ended job stays, for looking into what happened;
    the job itself stays."""

    log_level: LogLevel = "info"
    log_form: LogForm = "console"
    """`json` is for a log collector: one object a line."""


def read_settings() -> Settings:
    """The settings of this process's environment.

    Raises:
        InvalidInput: naming each variable that cannot be used; its value is not repeated.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise InvalidInput(
            Place(f"PARADE_{'_'.join(map(str, fault['loc'])).upper()}", f"{fault['msg']}.")
            for fault in error.errors(include_input=False)
        ) from error
