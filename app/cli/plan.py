"""`parade plan`: from counts and staff to a legal roster, on files alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import click
from rich.console import Console

from app.cli.doubtful import learned_from, leave_out_option
from app.cli.events import check_queues, events_of
from app.cli.inputs import NO_ZONE, check_calendar, date_of, placed
from app.cli.interrupt import held_back
from app.cli.made_up import made_up_staff
from app.cli.officers import shifts_of
from app.cli.outcome import outcome_lines
from app.cli.output import check_folder, write_folder
from app.cli.plan_files import NAMES, Made, fill, report_of
from app.cli.planning import (
    asking_of,
    calls_of,
    crewed,
    first_interval,
    frame_of,
    impossible_notes,
    late_calls,
    notes_on,
    problem_of,
    staff_assumptions,
    workload,
)
from app.cli.progress import told
from app.cli.queues import handling_notes, queue_assumptions, queues_of, with_forecast
from app.cli.repairing import tested_need
from app.cli.room_terms import room_terms_of
from app.cli.rulebook import HELP, rulebook_of
from app.cli.staff import read_staff, staff_number
from app.web.words import count, listed, number
from forecasting.calendar import Calendar
from forecasting.events import Event
from forecasting.forecast import Forecast
from forecasting.reading import read_history
from forecasting.series import History
from forecasting.staffing.room import room_requirement
from rostering.nearest import explaining_seconds
from rostering.problem import Problem
from rostering.solve import solve


@dataclass(frozen=True)
class Order:
    """What the command line asks for.

    Attributes:
        history: file of counts.
        staff: file of officers, or a number.
        first_day: first local day of the rota period.
        weeks: its length.
        zone: time zone of the control room.
        holidays: holiday code, or None.
        events: file of local events, or None.
        leave_out: whether nothing is learned from doubtful counts that are certain.
        queues: file of queue terms, or None.
        room: file of what the room asks as a whole, or None.
        rulebook: name or file of the rulebook, or None.
        seconds: time for the test of the people needed and for the search.
        seed: for whatever the search draws by chance.
        deterministic: whether work is counted in place of seconds.
    """

    history: str
    staff: str
    first_day: dt.date
    weeks: int
    zone: str
    holidays: str | None
    events: str | None
    leave_out: bool
    queues: str | None
    room: str | None
    rulebook: str | None
    seconds: int
    seed: int
    deterministic: bool


@click.command()
@click.argument("history")
@click.option("--staff", required=True, metavar="STAFF", help="JSON file, or a number to make up.")
@click.option(
    "--from", "first", required=True, metavar="DATE", help="First day, such as 2025-06-02."
)
@click.option("--weeks", type=click.IntRange(1, 52), default=4, show_default=True)
@click.option("--out", required=True, metavar="DIR", help="Folder to write.")
@click.option("--queues", metavar="FILE", help="TOML: AHT, patience, goals, skill, shrinkage.")
@click.option("--room", metavar="FILE", help="TOML: posts, least staffing, seats, idle reserve.")
@click.option("--rulebook", metavar="NAME|FILE", help=HELP)
@click.option("--timezone", metavar="ZONE", help="IANA name; UTC if not given.")
@click.option("--holidays", metavar="CODE", help="Such as GB-ENG or US-TX.")
@click.option("--events", metavar="FILE", help="TOML: local events and school holidays.")
@leave_out_option
@click.option(
    "--seconds",
    type=click.IntRange(1, 86_400),
    default=120,
    show_default=True,
    help="For the search, a sixth of it at most for testing the people needed.",
)
@click.option("--seed", type=click.IntRange(0, 999_999), default=0, help="For draws by chance.")
@click.option(
    "--deterministic",
    is_flag=True,
    help="Count work, not seconds: the same roster each time, however long it takes.",
)
def plan(
    *,
    history: str,
    staff: str,
    first: str,
    weeks: int,
    out: str,
    queues: str | None,
    room: str | None,
    rulebook: str | None,
    timezone: str | None,
    holidays: str | None,
    events: str | None,
    leave_out_doubtful: bool,
    seconds: int,
    seed: int,
    deterministic: bool,
) -> int:
    """Forecast the calls in HISTORY, work out the people needed and build a roster.

    HISTORY is CSV or CSV.gz with interval_start, queue, offered. DIR may exist: files of the
    plan's own names are replaced, others are left alone. Leaves with 1 when no roster that keeps
    every hard rule was found; the nearest one is written then.
    """
    check_folder(Path(out), NAMES)
    zone = timezone or "UTC"
    check_calendar(zone, holidays)
    first_day = date_of("--from", first)
    order = Order(
        history,
        staff,
        first_day,
        weeks,
        zone,
        holidays,
        events,
        leave_out_doubtful,
        queues,
        room,
        rulebook,
        seconds,
        seed,
        deterministic,
    )
    assumed = () if timezone else (NO_ZONE,)
    made = make(order, assumed, Console(highlight=False))
    outcome = list(outcome_lines(report_of(made), made.solution))
    write_folder(Path(out), lambda folder: fill(made, folder))
    for line in outcome:
        click.echo(line)
    click.echo(f"The report is {Path(out) / 'report.html'}.")
    return 0 if made.solution.verdict.is_legal else 1


def make(order: Order, assumed: tuple[str, ...], console: Console) -> Made:
    """Take every step from files to a roster; nothing is written.

    Raises:
        InputError: of either library, when something given cannot be used.
    """
    people = staff_number(order.staff)
    staff = read_staff(order.staff) if people is None else None
    counts = read_history(order.history)
    book = rulebook_of(order.rulebook)
    frame = frame_of(order.first_day, order.weeks, order.zone, shifts_of(staff), book.rules)
    queues = queues_of(counts, first_interval(frame, counts), order.queues, order.zone)
    room, events = room_terms_of(order.room), events_of(order.events)
    check_queues(order.events, events, counts)
    with placed(order.history):
        said = _forecast(order, counts, frame, events)
        queues = with_forecast(queues, said)
        asking = asking_of(said, queues, room, order.zone)
    if staff is None:
        hours = workload(room_requirement(asking.need, room, order.zone))
        staff = made_up_staff(people or 1, hours, order.first_day, frame.days)
    crew = crewed(frame, staff, order.staff)
    impossible = impossible_notes(crew, explaining_seconds(order.seconds), order.staff)
    with placed(order.history):
        tested = tested_need(
            asking, room, order.zone, order.seconds, deterministic=order.deterministic
        )
    need = tested.need
    problem = problem_of(crew, need)
    assumed += (*queue_assumptions(queues), *staff_assumptions(staff, problem))
    if order.rulebook is None:
        assumed += (f"the rulebook in force: {book.title}.",)
    made_up = people is not None
    notes = (
        *handling_notes(queues),
        *said.notes,
        *tested.notes,
        *notes_on(problem, need, made_up=made_up),
        *impossible,
    )
    said_first = (*_found(counts, problem), *(f"Assumed: {words}" for words in assumed))
    for line in (*said_first, *notes):
        click.echo(line)
    with held_back() as stopped, told(console) as tell:
        solution = solve(
            problem,
            seconds=tested.seconds,
            on_progress=tell,
            cancelled=stopped,
            seed=order.seed,
            deterministic=order.deterministic,
        )
    late = late_calls(problem, solution.roster, need)
    return Made(counts, said, need, problem, solution, late, assumed, notes)


def _forecast(order: Order, counts: History, frame: Problem, events: tuple[Event, ...]) -> Forecast:
    """The calls of the rota period, with what is hard to believe in the counts among the notes."""
    learned, doubts = learned_from(
        counts,
        first_interval(frame, counts),
        Calendar(order.zone, order.holidays, events),
        leave_out=order.leave_out,
    )
    said = calls_of(learned, frame, order.holidays, events)
    return replace(said, notes=(*said.notes, *doubts))


def _found(counts: History, problem: Problem) -> Iterator[str]:
    """What goes into the search, in words."""
    first, last = (str(moment)[:10] for moment in (counts.start, counts.end))
    yield (
        f"Counts of {listed(counts)}, every {counts.interval_minutes} minutes, "
        f"from {first} to {last}."
    )
    needed = max(problem.cover, key=lambda cover: len(cover.queues))
    hours = float(needed.required.sum()) * needed.interval_minutes / 60
    contracts = sum(o.least_minutes + o.most_minutes for o in problem.officers) / 120
    yield (
        f"{count(len(problem.officers), 'officer')} with {number(contracts)} contracted hours for "
        f"{number(hours)} person-hours needed in {count(problem.days, 'day')}."
    )
