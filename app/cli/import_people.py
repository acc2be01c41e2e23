"""`parade import people`: officers, skills, contracts, terms, shifts, identifiers from CSV."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from app.auth import service as auth
from app.cli.installation import installation, room_named
from app.people import service as people

KINDS = {
    "officer": "officers",
    "skill": "skills held",
    "contract": "contracts",
    "term": "own terms",
    "shift": "shifts",
    "identifier": "identifiers",
}

MOST_SHOWN = 20
"""Rows that cannot be used, on a terminal; the rest is counted."""


@click.command(name="people")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--room", required=True, help='Control room, as "Force/Room".')
@click.option("--preview", is_flag=True, help="Say what would change, and change nothing.")
def people_from_files(files: tuple[Path, ...], room: str, *, preview: bool) -> None:
    r"""Take people from CSV FILES, all of them or nothing.

    \b
    A file is known by its first line:
      number,name,grade,employment,started[,left][,team]
      number,skill,from[,until]
      number,from[,until],hours_per_week
      number,from[,until],term[,weekdays][,value]
      number,start,end,kind[,code],state
      number,system,id

    Days are local; times without an offset are the control room's. Teams and skills that are not
    known are made. The same files twice change nothing.
    """
    texts = people.read_texts((str(path), path.read_bytes()) for path in files)
    with installation() as database:
        with database.read() as reading:
            home = room_named(reading, room)
            plan = people.plan_import(reading, home.id, texts)
        _refuse(plan)
        if not preview and not plan.changes_nothing:
            with database.write() as transaction:
                plan = people.apply_import(transaction, home.id, texts, plan.fingerprint)
                auth.record(
                    transaction,
                    "imported people",
                    user_id=None,
                    force_id=home.force_id,
                    room_id=home.id,
                )
    for line in _told(plan):
        click.echo(line)
    if plan.changes_nothing:
        click.echo("Nothing to do: everything is already so.")
    elif preview:
        click.echo("This is a preview: nothing was changed.")


def _refuse(plan: people.Plan) -> None:
    """Say what cannot be used, each on its line, and leave."""
    if not plan.refused:
        return
    for refusal in plan.refused[:MOST_SHOWN]:
        click.echo(str(refusal), err=True)
    more = len(plan.refused) - MOST_SHOWN
    rest = f"and {more} more; " if more > 0 else ""
    raise click.ClickException(f"{rest}nothing was imported.".capitalize())


def _told(plan: people.Plan) -> Iterator[str]:
    for file, columns in plan.aside.items():
        yield f"{file}: not read: {', '.join(columns)}"
    for what, names in (("team", plan.new_teams), ("skill", plan.new_skills)):
        yield from (f"new {what}: {name}" for name in names)
    for kind, counts in plan.counts.items():
        yield (
            f"{KINDS[kind]}: {counts.added} added, {counts.changed} changed, "
            f"{counts.ended} ended, {counts.unchanged} unchanged"
        )
