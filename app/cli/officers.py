"""Officers of a staff file as officers of a problem."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from app.cli.staff import Away, FixedDay, OfficerEntry, OwnTerm, Staff, Wish, Worked
from app.hours.service import working_time_of
from app.people.service import (
    TERM_KINDS,
    Term,
    canonical_value,
    canonical_weekdays,
    free_days,
    limits_of,
)
from rostering.assumed import assumed_shifts, hours_limits, kind_of
from rostering.errors import InputError
from rostering.files.days import local_day
from rostering.files.node import Node, quoted
from rostering.files.rule_data import terms_from
from rostering.problem import Officer, OfficerDay, Preference, Problem, Shift, Span, Tour

FURTHEST_BACK_DAYS = 400


def shifts_of(staff: Staff | None) -> tuple[Shift, ...]:
    """The shift templates that the staff file gives, or the assumed ones."""
    if staff is None or staff.shifts is None:
        return assumed_shifts()
    return tuple(
        Shift(
            entry.code,
            entry.kind or kind_of(_minutes(entry.start)),
            _minutes(entry.start),
            entry.minutes,
            frozenset(entry.skills),
        )
        for entry in staff.shifts
    )


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def officers_of(staff: Staff, frame: Problem, path: str) -> tuple[Officer, ...]:
    """The officers of a staff file, in the frame of a problem without officers.

    What lies outside the rota period is left aside.

    Args:
        staff: the staff file.
        frame: period, zone and shifts.
        path: the file to name in an error.

    Raises:
        InputError: when an officer speaks of a shift, kind or rule that is not there.
    """
    return tuple(
        _officer(entry, frame, Place(path, f"officers[{index}]"))
        for index, entry in enumerate(staff.officers)
    )


@dataclass(frozen=True, slots=True)
class Place:
    """Where an officer stands in the staff file, for errors."""

    path: str
    where: str

    def refused(self, field: str, message: str) -> InputError:
        """The error to raise about a field of this officer."""
        return InputError(message, self.path, f"{self.where}.{field}")


def _officer(entry: OfficerEntry, frame: Problem, place: Place) -> Officer:
    away = tuple(_span(it, frame, place, index) for index, it in enumerate(entry.unavailable))
    least, most = contracted_minutes(entry.hours_per_week, away, frame)
    own = tuple(_own_terms(entry.own_terms, place))
    last = frame.date_of(frame.days - 1)
    limited = {
        term.value
        for term in own
        if term.what == "skill"
        and term.from_day <= last
        and (term.until_day is None or term.until_day > frame.first_day)
    }
    history = tuple(sorted(_tours(entry.history, frame, place), key=lambda tour: tour.start))
    try:
        return Officer(
            id=entry.id,
            name=entry.name or entry.id,
            skills=frozenset(entry.skills) - limited,
            least_minutes=least,
            most_minutes=most,
            history=history,
            known_from=min([0, *(tour.day for tour in history)]),
            days=free_days(own, frame) | _fixed_days(entry.days, frame, place),
            unavailable=away,
            preferences=tuple(_wishes(entry.preferences, frame, place)),
            terms=terms_from(Node(entry.terms, f"{place.where}.terms", place.path)),
            team=entry.team,
            limits=tuple(limits_of(own, frame)),
            working_time=working_time_of(own, (), frame),
        )
    except InputError as error:
        raise error if error.where else place.refused("history", error.message) from error


def contracted_minutes(hours: float, away: Iterable[Span], frame: Problem) -> tuple[int, int]:
    """Least and most minutes over the period for so many contracted hours a week.

    Each local day wholly away counts as worked with a seventh of the week.
    """
    spans = tuple(away)
    free = sum(
        not any(
            span.start <= frame.midnights[day] and frame.midnights[day + 1] <= span.end
            for span in spans
        )
        for day in range(frame.days)
    )
    return hours_limits(round(hours * 60 * free / 7), frame.shifts)


def _span(away: Away, frame: Problem, place: Place, index: int) -> Span:
    start = _instant(away.start, frame, days_later=0)
    end = _instant(away.end, frame, days_later=1)
    if end <= start:
        raise place.refused(f"unavailable[{index}]", "The end must come after the start.")
    return Span(start, end)


def _instant(moment: dt.date | dt.datetime, frame: Problem, days_later: int) -> int:
    """An instant in minutes; a date is the midnight at which it, or a later day, begins."""
    if isinstance(moment, dt.datetime):
        return int(moment.timestamp()) // 60
    return frame.instant((moment - frame.first_day).days + days_later, 0)


def _day(date: dt.date, frame: Problem) -> int | None:
    day = (date - frame.first_day).days
    return day if 0 <= day < frame.days else None


def _fixed_days(
    given: dict[dt.date, FixedDay], frame: Problem, place: Place
) -> dict[int, OfficerDay]:
    days = {}
    for date, fixed in given.items():
        field = f"days[{date.isoformat()}]"
        _check_known(fixed.shift, frame.shift_index, "shift", place, field)
        _check_known(fixed.kind, _kinds(frame), "kind", place, field)
        day = _day(date, frame)
        if day is not None:
            free = fixed.free is not None
            days[day] = OfficerDay(shift=fixed.shift, kind=fixed.kind, free=free)
    return days


def _own_terms(given: Iterable[OwnTerm], place: Place) -> Iterable[Term]:
    for index, own in enumerate(given):
        field = f"own_terms[{index}]"
        _check_known(own.term, TERM_KINDS, "term", place, field)
        what = next(kind for kind in TERM_KINDS if kind == own.term)
        try:
            weekdays = canonical_weekdays(what, own.weekdays)
            value = canonical_value(what, own.value)
        except ValueError as error:
            raise place.refused(field, str(error)) from error
        if own.until is not None and own.until <= own.first:
            raise place.refused(field, "The day until which it holds comes after the first.")
        yield Term(what, own.first, own.until, weekdays, value)


def _wishes(given: Iterable[Wish], frame: Problem, place: Place) -> Iterable[Preference]:
    for index, wish in enumerate(given):
        field = f"preferences[{index}]"
        for code in wish.shifts:
            _check_known(code, frame.shift_index, "shift", place, field)
        for kind in wish.kinds:
            _check_known(kind, _kinds(frame), "kind", place, field)
        day = _day(wish.date, frame)
        if day is not None:
            shifts, kinds = frozenset(wish.shifts), frozenset(wish.kinds)
            yield Preference(day, wish.points, wish.wants, shifts, kinds)


def _tours(given: Iterable[Worked], frame: Problem, place: Place) -> Iterable[Tour]:
    """Worked shifts that began before the period, the longest ago left aside."""
    zone = ZoneInfo(frame.zone)
    for index, worked in enumerate(given):
        field = f"history[{index}]"
        start, end = int(worked.start.timestamp()) // 60, int(worked.end.timestamp()) // 60
        if not 0 < end - start <= 2 * 1440:
            raise place.refused(field, "The end must come after the start, within two days.")
        day = local_day(frame, start)
        if day >= 0:
            raise place.refused(
                field, "A worked shift lies before the rota period; pin it in days."
            )
        local = worked.start.astimezone(zone)
        kind = worked.kind or kind_of(local.hour * 60 + local.minute)
        if day >= -FURTHEST_BACK_DAYS:
            yield Tour(day, worked.code, kind, start, end)


def _kinds(frame: Problem) -> set[str]:
    return {shift.kind for shift in frame.shifts}


def _check_known(
    name: str | None, known: Iterable[str], what: str, place: Place, field: str
) -> None:
    if name is not None and name not in set(known):
        names = ", ".join(sorted(known)[:20])
        raise place.refused(field, f"There is no {what} {quoted(name)}; there are {names}.")
