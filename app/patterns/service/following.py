"""Who follows which pattern, from when to when.

What was applied last holds: an officer's own pattern before that of the team, and of either the one
that was applied later. To take it back brings back what was followed before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from app import clock
from app.db.transaction import Reading, Transaction
from app.db.types import new_id
from app.errors import NotFound
from app.patterns import store
from app.patterns.checks import check_wanted
from app.patterns.values import FollowedDay, Line, Previewed, RollOut, Target, Wanted
from app.people import service as people

YEAR = 365
"""Days over which a roll-out is previewed: later rounds bring nothing new."""


def roll_out(
    transaction: Transaction, room_id: UUID, wanted: Wanted, by: UUID
) -> tuple[RollOut, ...]:
    """Let teams or officers follow a pattern; together they can be taken back.

    Raises:
        NotFound: when there is no such room, team or officer.
        InvalidInput: naming every field that cannot be used.
    """
    _check(transaction, room_id, wanted)
    act_id, now = new_id(), clock.now()
    new = _as_roll_outs(wanted, act_id, now, by)
    store.add_roll_outs(transaction, room_id, new)
    return new


def withdraw(
    transaction: Transaction, room_id: UUID, act_id: UUID, by: UUID
) -> tuple[RollOut, ...]:
    """Take back what was applied together; what was followed before is followed again.

    Raises:
        NotFound: when nothing of that id holds in the room.
    """
    gone = store.withdraw(transaction, room_id, act_id, by, clock.now())
    if not gone:
        raise NotFound("There is no such roll-out in this control room, or it was taken back.")
    return gone


def roll_outs(reading: Reading, room_id: UUID) -> tuple[RollOut, ...]:
    """Every roll-out of a room, the withdrawn ones among them, the newest first.

    Raises:
        NotFound: when there is no such room.
    """
    people.room(reading, room_id)
    return store.all_roll_outs(reading, room_id)


def followed(reading: Reading, room_id: UUID, first_day: date, days: int) -> Mapping[UUID, Line]:
    """What officers follow over some days, by officer id; who follows nothing is absent.

    Days outside an officer's service are absent.
    """
    last = first_day + timedelta(days=days - 1)
    holding = store.in_force(reading, room_id, first_day, last)
    if not holding:
        return {}
    lines = {
        each.id: _line(each, holding, first_day, days) for each in people.everyone(reading, room_id)
    }
    return {officer: line for officer, line in lines.items() if line}


def team_lines(reading: Reading, room_id: UUID, first_day: date, days: int) -> Mapping[UUID, Line]:
    """What teams follow over some days, by team id; who follows nothing is absent."""
    last = first_day + timedelta(days=days - 1)
    holding = store.in_force(reading, room_id, first_day, last)
    lines = {
        team.id: _from(
            [each for each in holding if each.target.team_id == team.id], first_day, days
        )
        for team in people.teams(reading, room_id)
    }
    return {team: line for team, line in lines.items() if line}


def own_lines(reading: Reading, room_id: UUID, first_day: date, days: int) -> Mapping[UUID, Line]:
    """What officers who follow a pattern of their own follow over some days, by officer id."""
    last = first_day + timedelta(days=days - 1)
    holding = store.in_force(reading, room_id, first_day, last)
    own = {each.target.officer_id for each in holding}
    lines = {
        each.id: _line(each, holding, first_day, days)
        for each in people.everyone(reading, room_id)
        if each.id in own
    }
    return {officer: line for officer, line in lines.items() if line}


def preview(reading: Reading, room_id: UUID, wanted: Wanted) -> tuple[Previewed, ...]:
    """What a roll-out would change, for each officer whom it reaches, by name; nothing is kept.

    Errors as for the roll-out itself.
    """
    _check(reading, room_id, wanted)
    days = YEAR if wanted.until_day is None else (wanted.until_day - wanted.first_day).days
    days = min(days, YEAR)
    last = wanted.first_day + timedelta(days=days - 1)
    now = store.in_force(reading, room_id, wanted.first_day, last)
    new = _as_roll_outs(wanted, new_id(), clock.now(), new_id())
    shifts = _published_days(reading, room_id, wanted.first_day, last)
    found = []
    for each in people.everyone(reading, room_id):
        after = _line(each, (*now, *new), wanted.first_day, days)
        if after and _reached(each, wanted.targets):
            before = _line(each, now, wanted.first_day, days)
            found.append(_previewed(each, before, after, shifts.get(each.id, ())))
    return tuple(found)


# --- inside -------------------------------------------------------------------------------------


def _check(reading: Reading, room_id: UUID, wanted: Wanted) -> None:
    people.room(reading, room_id)
    check_wanted(wanted)
    for target in wanted.targets:
        if target.team_id is not None:
            people.team(reading, room_id, target.team_id)
        elif target.officer_id is not None:
            people.officer(reading, room_id, target.officer_id)


def _as_roll_outs(wanted: Wanted, act_id: UUID, now: datetime, by: UUID) -> tuple[RollOut, ...]:
    return tuple(
        RollOut(
            new_id(), act_id, target, wanted.pattern, wanted.first_day, wanted.until_day, now, by
        )
        for target in wanted.targets
    )


def _reached(officer: people.Officer, targets: Iterable[Target]) -> bool:
    return any(
        officer.id == target.officer_id
        or (target.team_id is not None and officer.details.team_id == target.team_id)
        for target in targets
    )


def _line(officer: people.Officer, holding: Iterable[RollOut], first_day: date, days: int) -> Line:
    """What an officer follows on days in service; `holding` in the order of application."""
    own = [each for each in holding if each.target.officer_id == officer.id]
    team = officer.details.team_id
    of_team = [each for each in holding if team is not None and each.target.team_id == team]
    line = _from([*of_team, *own], first_day, days)
    started, left = officer.details.started, officer.details.left
    return {
        day: found for day, found in line.items() if started <= day and (left is None or day < left)
    }


def _from(holding: list[RollOut], first_day: date, days: int) -> Line:
    """What the last of these that holds says, day by day."""
    found: Iterator[tuple[date, RollOut | None]] = (
        (day, next((each for each in reversed(holding) if day in each), None))
        for day in (first_day + timedelta(days=ahead) for ahead in range(days))
    )
    return {day: each.on(day) for day, each in found if each is not None}


def _published_days(
    reading: Reading, room_id: UUID, first: date, last: date
) -> dict[UUID, list[date]]:
    """Local days on which published shifts start, by officer."""
    zone = ZoneInfo(people.room(reading, room_id).zone)
    begin = datetime.combine(first, time(), zone).astimezone(UTC)
    end = datetime.combine(last + timedelta(days=1), time(), zone).astimezone(UTC)
    found: dict[UUID, list[date]] = {}
    for shift in people.history(reading, room_id, "published", people.Span(begin, end)):
        found.setdefault(shift.officer_id, []).append(shift.start.astimezone(zone).date())
    return found


def _previewed(
    officer: people.Officer, before: Line, after: Line, shifts: Iterable[date]
) -> Previewed:
    pairs = [(before.get(day), found) for day, found in after.items()]
    kept = [(old, new) for old, new in pairs if old is not None]
    to_rest = sum(new.is_rest and not old.is_rest for old, new in kept)
    to_work = sum(old.is_rest and not new.is_rest for old, new in kept)
    differ = sum(not _same(old, new) for old, new in kept)
    return Previewed(
        officer_id=officer.id,
        name=officer.details.name,
        team_id=officer.details.team_id,
        days=len(after),
        new=len(pairs) - len(kept),
        to_rest=to_rest,
        to_work=to_work,
        other=differ - to_rest - to_work,
        on_rest=sum(day in after and after[day].is_rest for day in shifts),
    )


def _same(one: FollowedDay, other: FollowedDay) -> bool:
    """Whether two days ask the same: the same kind, or the same shift at the same time."""
    if one.day is None or other.day is None or one.day.shift is None:
        return one.day == other.day
    return other.day.shift is not None and one.tour == other.tour
