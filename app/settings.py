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

    sqlite_busy_seconds: float = Field(default=15.0, gt=0)
    """How long a writer waits for another on SQLite, in seconds. The longest write known is a load
    of 700,000 counts (22 s measured), made in batches of a tenth of that; six of them fit."""

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
