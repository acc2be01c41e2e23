"""`parade import counts`: interval counts or calls from a telephony export."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import click

from app.auth import service as auth
from app.cli.installation import installation, room_named
from app.db.transaction import Database
from app.demand import service as demand
from app.web.words import count


@click.command(name="counts")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--room", required=True, help='Control room, as "Force/Room".')
@click.option("--mapping", metavar="NAME", help="A saved mapping; one for these headers if any.")
@click.option("--timezone", metavar="ZONE", help="Clock of the file; the room's if not given.")
@click.option("--preview", is_flag=True, help="Say what would change, and change nothing.")
def counts_from_file(
    file: Path, room: str, mapping: str | None, timezone: str | None, *, preview: bool
) -> None:
    """Take counts from FILE, a telephony export as CSV or CSV.gz; all of it or nothing.

    How its columns are meant is guessed from its header and first lines and said, unless a mapping
    was saved for such files. The same file twice changes nothing.
    """
    sheet = demand.open_file(file.read_bytes(), str(file))
    with installation() as database:
        with database.read() as reading:
            home = room_named(reading, room)
            found = demand.understand(reading, home.id, sheet, saved=mapping, clock_zone=timezone)
        for line in _lines(found.preview):
            click.echo(line)
        if preview:
            click.echo("This is a preview: nothing was changed.")
            return
        with database.write() as transaction:
            received = demand.receive(
                transaction, home.id, found.counts, "parade import", None, file_name=file.name
            )
            if received.batch_id is not None:
                auth.record(
                    transaction,
                    "imported counts",
                    user_id=None,
                    force_id=home.force_id,
                    room_id=home.id,
                    thing_id=received.batch_id,
                )
        click.echo(_outcome(received))
        if received.batch_id is not None:
            click.echo(_look(database, home.id))


def _look(database: Database, room_id: UUID) -> str:
    """How much is new to look at in the counts, once they have been examined."""
    with database.read() as reading:
        materials = demand.gather_look(reading, room_id)
    checks = demand.look(materials)
    with database.write() as transaction:
        return demand.look_words(demand.keep_look(transaction, room_id, checks))


def _lines(preview: demand.Preview) -> Iterator[str]:
    """What the file says and would change."""
    if preview.saved_as:
        yield f"Read by the saved mapping {preview.saved_as}."
    for words in preview.assumed:
        yield f"Assumed: {words}"
    for kind, lines in preview.skipped.items():
        yield f"Left out: {count(lines, 'line')} {kind}."
    for words in preview.divided:
        yield f"Categories: {words}"
    for words in preview.warnings:
        yield f"Look at: {words}"
    for each in preview.queues:
        made = " (made new)" if each.is_new else ""
        yield (
            f"{each.queue}{made}: {each.new:,} new, {each.revised:,} revised, "
            f"{each.unchanged:,} unchanged, {each.gaps:,} not observed, "
            f"{each.first:%Y-%m-%d %H:%MZ} to {each.last:%Y-%m-%d %H:%MZ}"
        )


def _outcome(received: demand.Received) -> str:
    if received.batch_id is None:
        return "Nothing to do: everything is already so."
    return (
        f"{count(received.new, 'interval')} new, {received.revised:,} revised, "
        f"{received.unchanged:,} unchanged."
    )
