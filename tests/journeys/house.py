"""A running service of one's own: a real process on a real port, with a room and its users."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from app.auth import service as auth
from app.auth.service import Grant
from app.db.transaction import Database
from app.people import service as people
from tests.journeys.kills.processes import running, wait_until
from tests.journeys.town import ZONE

PASSWORD = "a long enough pass phrase"  # noqa: S105 - of a user who lives for one test
ADDRESS = re.compile(r"Parade is at (http://\S+?)/;")


@dataclass(frozen=True, slots=True)
class House:
    """A control room of a force, who may come in, and where.

    Attributes:
        url: where the service answers.
        token: of a system with a manager's role.
    """

    url: str
    force_id: UUID
    room_id: UUID
    token: str


@contextmanager
def open_house(database: Database, database_url: str, folder: Path) -> Iterator[House]:
    """A force with a room, a manager and a system, and `parade serve` in front of them."""
    with database.write() as transaction:
        force = people.create_force(transaction, "Borsetshire")
        room = people.create_room(transaction, force.id, "North", ZONE, 7 * 60)
        grants = [Grant("manager", force.id, room.id)]
        manager = auth.create_user(
            transaction,
            force_id=force.id,
            sign_in_name="manager",
            name="Ruth Okafor",
            grants=grants,
        )
        auth.set_password(transaction, manager.id, PASSWORD)
        system = auth.create_user(
            transaction,
            force_id=force.id,
            sign_in_name="duties",
            name="Duty system",
            grants=grants,
            kind="system",
        )
        _, token = auth.issue_token(transaction, system.id, "journey")
    log = folder / "serve.log"
    serve = ["-c", "from app.cli import main; main()", "serve", "--port", "0", "--workers-inside"]
    with running(serve, log, {"PARADE_DATABASE_URL": database_url}) as process:
        wait_until(lambda: ADDRESS.search(log.read_text()), "the service to answer", of=process)
        found = ADDRESS.search(log.read_text())
        assert found
        yield House(found[1], force.id, room.id, token)
