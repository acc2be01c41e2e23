"""How somebody stands against the limits of working time, by the hours that they have worked.

Days are counted from the day of asking, which is day 0; worked tours lie before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rostering.averages import WEEK, counted_days, elsewhere_sevenths
from rostering.night_work import works_at_night
from rostering.personal import Stretch, WorkingTime
from rostering.problem import Problem, Tour
from rostering.rules.average_hours import AverageHours
from rostering.rules.night_hours import WORKING_DAYS, NightHours

AHEAD = WEEK
"""Days from the day of asking on for which it is told what may still be worked."""


@dataclass(frozen=True, slots=True)
class Against:
    """An average against its limit.

    Attributes:
        average: minutes, of a week or of each 24 hours, over the known days of the reference weeks
            that end the day before.
        most: the limit, in the same unit.
        left: minutes that may be worked in the next seven days without the average of the reference
            weeks that end with them being over its limit; negative when it will be, whatever is
            worked.
    """

    average: int
    most: int
    left: int

    @property
    def is_over(self) -> bool:
        """Tell whether the average is over its limit now."""
        return self.average > self.most


@dataclass(frozen=True, slots=True)
class HoursStanding:
    """How somebody stands.

    Attributes:
        known_days: days of the reference weeks of which the shifts are known.
        worked: minutes of shifts on them.
        week: the average week; None where no such rule is in force or nothing is known.
        night: the average of each 24 hours; None for whoever is no night worker.
        opted_out: whether an agreement to work more than the average week is in force.
    """

    known_days: int
    worked: int
    week: Against | None
    night: Against | None
    opted_out: bool

    @property
    def is_over(self) -> bool:
        """Tell whether a limit that holds for this person is passed now."""
        return any(against.is_over for against in self.judged)

    @property
    def left(self) -> int | None:
        """Minutes that the narrowest limit leaves for the next seven days; None without one."""
        return min((against.left for against in self.judged), default=None)

    @property
    def judged(self) -> tuple[Against, ...]:
        """The averages whose limits hold for this person."""
        week = None if self.opted_out else self.week
        return tuple(each for each in (week, self.night) if each is not None)


def hours_standing(
    frame: Problem,
    worked: Sequence[Tour],
    known_from: int,
    terms: WorkingTime,
    week: AverageHours | None,
    night: NightHours | None,
) -> HoursStanding:
    """How somebody stands on day 0.

    Args:
        frame: its first day is the day of asking, its zone the control room's.
        worked: tours before that day, in order of time; several may start on one day.
        known_from: first day of which the tours are known, 0 or below.
        terms: what counts beside the shifts.
        week: the rule of the average week in force, if any.
        night: the rule of night workers in force, if any.
    """
    weeks = max((rule.weeks for rule in (week, night) if rule), default=17)
    first = max(-WEEK * weeks, known_from)
    known = [tour for tour in worked if tour.day >= first]
    return HoursStanding(
        known_days=-first,
        worked=sum(tour.minutes for tour in known),
        week=_week(week, worked, known_from, terms) if week and first < 0 else None,
        night=_night(night, frame, worked, known_from, terms) if night and first < 0 else None,
        opted_out=any(days.has(0) for days in terms.opted_out),
    )


def _week(
    rule: AverageHours, worked: Sequence[Tour], known_from: int, terms: WorkingTime
) -> Against:
    now = Stretch(max(-WEEK * rule.weeks, known_from), -1)
    then = Stretch(max(AHEAD - WEEK * rule.weeks, known_from), AHEAD - 1)
    counted = counted_days(terms, now.first, now.last)
    sevenths = WEEK * _minutes(worked, now) + elsewhere_sevenths(terms, now.first, now.last)
    most = rule.most_weekly_minutes * counted_days(terms, then.first, then.last)
    elsewhere = elsewhere_sevenths(terms, then.first, then.last)
    return Against(
        average=-(-sevenths // counted) if counted else 0,
        most=rule.most_weekly_minutes,
        left=(most - elsewhere) // WEEK - _minutes(worked, then),
    )


def _night(
    rule: NightHours,
    frame: Problem,
    worked: Sequence[Tour],
    known_from: int,
    terms: WorkingTime,
) -> Against | None:
    if not works_at_night(frame, worked, known_from, rule):
        return None
    now = Stretch(max(-WEEK * rule.weeks, known_from), -1)
    then = Stretch(max(AHEAD - WEEK * rule.weeks, known_from), AHEAD - 1)
    counted = counted_days(terms, now.first, now.last)
    most = rule.most_daily_minutes * WORKING_DAYS * counted_days(terms, then.first, then.last)
    sevenths = WEEK * _minutes(worked, now)
    return Against(
        average=-(-sevenths // (WORKING_DAYS * counted)) if counted else 0,
        most=rule.most_daily_minutes,
        left=most // WEEK - _minutes(worked, then),
    )


def _minutes(worked: Sequence[Tour], days: Stretch) -> int:
    return sum(tour.minutes for tour in worked if days.has(tour.day))
