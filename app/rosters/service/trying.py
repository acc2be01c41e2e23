"""The effect before the act: what changes by hand would make of a roster, and what else could be.

Nothing is kept here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.db.transaction import Reading
from app.errors import Place, invalid
from app.people import service as people
from app.rosters.checks import refuse
from app.rosters.problem import day_of, duty_of, instant, tours_by_day
from app.rosters.service.desk import Opened, opened
from app.rosters.service.ground import Judged
from app.rosters.service.notice import judge
from app.rosters.values import (
    UNSAID,
    DayChange,
    DayChanged,
    Duty,
    PublishedChange,
    Roster,
    Why,
)
from rostering.afterwards import broken_afterwards
from rostering.effect import Effect, effect
from rostering.effect_words import cover_words, verdict_words
from rostering.problem import REST, Problem
from rostering.remedies import candidates, options
from rostering.rules.base import Breach
from rostering.standing import line_of
from rostering.tally import Change

KNOWN_AFTER = 14
"""Days after a roster that a change of it is judged with, where they are published."""


@dataclass(frozen=True)
class Trial:
    """What a change would make of a roster; nothing is kept of it.

    Attributes:
        roster: the roster as it stands.
        problem: what it was made from.
        changed: what each officer-day is and would become.
        effect: what that does.
        verdict: the verdict in words.
        cover: what becomes of the cover, a sentence each, the costliest first.
        prices: of a published roster, what each change would be to its officer; not told of the
            options and takers that are only looked at.
    """

    roster: Roster
    problem: Problem
    changed: tuple[DayChanged, ...]
    effect: Effect
    verdict: str
    cover: tuple[str, ...]
    prices: tuple[Judged, ...] = ()


@dataclass(frozen=True)
class Taker:
    """Somebody who could lawfully work a shift.

    Attributes:
        officer_id, name: who.
        points: points that it adds, less is better.
        trial: what it does.
    """

    officer_id: UUID
    name: str
    points: int
    trial: Trial


@dataclass(frozen=True)
class Takers:
    """Who could work a shift.

    Attributes:
        best: those who could, the best first, as many as asked for.
        others: how many more could.
        busy: how many work another shift that day.
        refused: how many could not, by title of the rule that it would break first.
    """

    best: tuple[Taker, ...]
    others: int
    busy: int
    refused: dict[str, int]


def try_changes(
    reading: Reading, room_id: UUID, roster_id: UUID, changes: Sequence[DayChange]
) -> Trial:
    """What changes would make of a roster.

    Raises:
        NotFound: when there is no such roster in the room.
        InvalidInput: naming every change that cannot be made, or that nothing would change.
    """
    desk = opened(reading, room_id, roster_id)
    moves = moves_of(desk, changes)
    trial = priced(reading, trial_of(desk, moves), UNSAID)
    broken = _broken_afterwards(reading, desk, moves)
    words = (trial.verdict, *(f"After this roster: {each.words}" for each in broken))
    return dataclasses.replace(trial, verdict=" ".join(words))


def _broken_afterwards(reading: Reading, desk: Opened, moves: Sequence[Change]) -> list[Breach]:
    """What moves break of rules across the end of a roster, by what is published after it."""
    problem, standing = desk.problem, desk.standing
    end, reach = (instant(problem.midnight(problem.days + days)) for days in (0, KNOWN_AFTER))
    rows = sorted({row for row, _, _ in moves})
    whose = [UUID(problem.officers[row].id) for row in rows]
    published = people.history(
        reading, desk.roster.room_id, "published", people.Span(end, reach), whose
    )
    tours = tours_by_day(published, problem)
    choices = standing.choices.copy()
    for row, column, choice in moves:
        choices[row, column] = choice
    found: list[Breach] = []
    for row, officer_id in zip(rows, whose, strict=True):
        officer = problem.officers[row]
        cells = [(one, day) for one, day in sorted(tours) if one == officer_id]
        later = tuple(tours[cell] for cell in cells if cell[1] >= problem.days)
        after = line_of(problem, officer, choices[row])
        found += broken_afterwards(problem, officer, standing.line(row), after, later)
    return found


def priced(reading: Reading, trial: Trial, why: Why) -> Trial:
    """A trial with its prices: of a published roster, as an exigency where no reason is given."""
    if trial.roster.state != "published":
        return trial
    changes = [
        PublishedChange(
            number=0,
            officer_id=each.officer_id,
            day=each.day,
            before=_duty(trial, each.day, each.before),
            after=_duty(trial, each.day, each.after),
        )
        for each in trial.changed
    ]
    return dataclasses.replace(trial, prices=judge(reading, trial.roster.room_id, changes, why))


def _duty(trial: Trial, day: date, code: str | None) -> Duty | None:
    problem = trial.problem
    if code is None:
        return None
    return duty_of(problem.tour(day_of(problem, day), problem.shift_index[code]))


def swapped(
    reading: Reading, room_id: UUID, roster_id: UUID, one: UUID, other: UUID, days: Iterable[date]
) -> tuple[DayChange, ...]:
    """The changes by which two officers exchange some of their days; errors as for a trial."""
    desk = opened(reading, room_id, roster_id)
    found = []
    for day in dict.fromkeys(days):
        for giver, taker in ((one, other), (other, one)):
            row, column = cell_of(desk, giver, day, "swap")
            shift = desk.standing.shift(row, column)
            found.append(DayChange(taker, day, shift.code if shift else None))
    return tuple(found)


def day_options(
    reading: Reading, room_id: UUID, roster_id: UUID, officer_id: UUID, day: date
) -> tuple[Trial, ...]:
    """Everything else that an officer-day could become, lawful first, then by points.

    Raises:
        NotFound: when there is no such roster in the room.
        InvalidInput: when the officer or the day is not of the roster.
    """
    desk = opened(reading, room_id, roster_id)
    row, column = cell_of(desk, officer_id, day, "officer_id")
    return tuple(
        _told(desk, [(row, column, option.choice)], option.effect)
        for option in options(desk.standing, row, column)
    )


def takers(
    reading: Reading,
    room_id: UUID,
    roster_id: UUID,
    day: date,
    code: str,
    instead_of: UUID | None = None,
    limit: int = 8,
) -> Takers:
    """Who could lawfully work a shift, instead of an officer who has it or besides all others.

    Raises:
        NotFound: when there is no such roster in the room.
        InvalidInput: when the shift, the day or the officer is not of the roster.
    """
    desk = opened(reading, room_id, roster_id)
    shift = desk.problem.shift_index.get(code)
    column = _column(desk, day, "day")
    if shift is None:
        raise invalid("code", "The roster has no such shift.")
    giver = None if instead_of is None else cell_of(desk, instead_of, day, "instead_of")[0]
    found = candidates(desk.standing, column, shift, giver)
    giving = [] if giver is None else [(giver, column, REST)]
    best = []
    for each in found.best[:limit]:
        moves = [*giving, (each.officer, column, shift)]
        person = desk.problem.officers[each.officer]
        best.append(Taker(UUID(person.id), person.name, each.points, trial_of(desk, moves)))
    titles = {rule.code: rule.title for rule in desk.problem.rules}
    refused = {titles[rule]: number for rule, number in found.refused.items()}
    return Takers(tuple(best), max(len(found.best) - limit, 0), found.busy, refused)


# --- for the slice -------------------------------------------------------------------------------


def trial_of(desk: Opened, moves: Sequence[Change]) -> Trial:
    """What moves would make of a roster that is laid out."""
    return _told(desk, moves, effect(desk.standing, desk.standing.after(moves)))


def _told(desk: Opened, moves: Sequence[Change], found: Effect) -> Trial:
    shifts = desk.problem.shifts
    return Trial(
        roster=desk.roster,
        problem=desk.problem,
        changed=tuple(
            DayChanged(
                UUID(desk.problem.officers[row].id),
                desk.problem.date_of(column),
                shift.code if (shift := desk.standing.shift(row, column)) else None,
                None if choice == REST else shifts[choice].code,
            )
            for row, column, choice in moves
        ),
        effect=found,
        verdict=verdict_words(found),
        cover=tuple(cover_words(desk.problem, change) for change in found.cover),
    )


def moves_of(desk: Opened, changes: Sequence[DayChange]) -> list[Change]:
    """Changes as the solver counts, those that change nothing left out."""
    faults = [
        Place(f"changes[{index}].{field}", words)
        for index, each in enumerate(changes)
        for field, words in _change_faults(desk, each)
    ]
    cells = [(each.officer_id, each.day) for each in changes]
    faults += [
        Place(f"changes[{index}]", "This officer-day stands twice.")
        for index, cell in enumerate(cells)
        if cell in cells[:index]
    ]
    refuse(faults)
    moves = [move_of(desk, each.officer_id, each.day, each.code) for each in changes]
    found = [move for move in moves if desk.standing.choices[move[0], move[1]] != move[2]]
    if not found:
        raise invalid("changes", "Nothing would change.")
    return found


def _change_faults(desk: Opened, change: DayChange) -> Iterable[tuple[str, str]]:
    if str(change.officer_id) not in desk.problem.officer_index:
        yield "officer_id", "The roster has no such officer."
    if change.day not in desk.roster:
        yield "day", "The day is outside the roster's period."
    if change.code is not None and change.code not in desk.problem.shift_index:
        yield "code", "The roster has no such shift."


def move_of(desk: Opened, officer_id: UUID, day: date, code: str | None) -> Change:
    """A change of an officer-day that is known to be of the roster, as the solver counts."""
    problem = desk.problem
    choice = REST if code is None else problem.shift_index[code]
    return problem.officer_index[str(officer_id)], day_of(problem, day), choice


def cell_of(desk: Opened, officer_id: UUID, day: date, field: str) -> tuple[int, int]:
    """Row and column of an officer-day.

    Raises:
        InvalidInput: naming the field, when the officer or the day is not of the roster.
    """
    row = desk.problem.officer_index.get(str(officer_id))
    if row is None:
        raise invalid(field, "The roster has no such officer.")
    return row, _column(desk, day, field)


def _column(desk: Opened, day: date, field: str) -> int:
    if day not in desk.roster:
        raise invalid(field, f"{day} is outside the roster's period.")
    return day_of(desk.problem, day)
