"""Where DBOS keeps its tables, and who may work there."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url

from app.errors import Conflict, invalid


@dataclass(frozen=True, slots=True)
class Place:
    """Where this process works.

    Attributes:
        url: the database of DBOS.
        is_ours_alone: no other process works there while this one does.
    """

    url: str
    is_ours_alone: bool


@contextmanager
def place_of(database_url: str) -> Iterator[Place]:
    """The place that belongs to a database, held for as long as the context lasts.

    On PostgreSQL the same database, where DBOS has a schema of its own. On SQLite a file of its own
    beside ours, where one process works: DBOS does not lock rows there.

    Raises:
        Conflict: when another process works there, and may not be joined.
        InvalidInput: when the database is in memory.
    """
    url = make_url(database_url)
    if url.get_backend_name() == "postgresql":
        yield Place(url.render_as_string(hide_password=False), is_ours_alone=False)
        return
    if url.database in {None, "", ":memory:"}:
        raise invalid("PARADE_DATABASE_URL", "Name a file: jobs are worked off beside it.")
    file = Path(str(url.database))
    beside = file.with_name(f"{file.stem}.jobs.sqlite")
    with beside.with_suffix(".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # let go by the kernel at our end
        except BlockingIOError as error:
            raise Conflict(
                f"Another process already works off the jobs of {file.name}; on SQLite there can "
                "be one: stop it, or serve with --no-workers, or use PostgreSQL."
            ) from error
        yield Place(f"sqlite:///{beside}", is_ours_alone=True)
