"""`parade room`: control rooms of this installation."""

from __future__ import annotations

import re

import click

from app.auth import service as auth
from app.cli.installation import all_rooms, installation
from app.people import service as people

CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


def _minutes(_: click.Context, __: click.Parameter, given: str) -> int:
    match = CLOCK.fullmatch(given)
    if match is None:
        raise click.BadParameter("give a time of day such as 07:00.")
    return int(match[1]) * 60 + int(match[2])


@click.group()
def room() -> None:
    """Add control rooms, and list them."""


@room.command()
@click.option("--force", required=True, help="Name of the force; made when it is new.")
@click.option("--name", required=True, help="Name of the control room.")
@click.option("--zone", required=True, help="IANA time zone, such as Europe/London.")
@click.option(
    "--day-start",
    default="07:00",
    show_default=True,
    callback=_minutes,
    help="When the force's day starts, local time.",
)
def add(force: str, name: str, zone: str, day_start: int) -> None:
    """Add a control room."""
    with installation() as database, database.write() as transaction:
        owner = people.force_named(transaction, force) or people.create_force(transaction, force)
        new = people.create_room(transaction, owner.id, name, zone, day_start)
        auth.record(
            transaction, "added a control room", user_id=None, force_id=owner.id, room_id=new.id
        )
    click.echo(f"{owner.name}/{new.name} is {new.id}.")


@room.command(name="list")
def list_rooms() -> None:
    """List the control rooms with their ids."""
    with installation() as database, database.read() as reading:
        for name, each in all_rooms(reading).items():
            click.echo(f"{each.id}  {name}  {each.zone}")
