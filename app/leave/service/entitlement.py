"""How much leave a year gives: by length of service, part of a year and part of a week."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from math import ceil

from app.leave.values import LeaveTerms, LeaveYear
from app.people.service import Contract, OfficerDetails

MONTHS = 12


def entitlement(
    terms: LeaveTerms, year: LeaveYear, details: OfficerDetails, contracts: Iterable[Contract]
) -> int:
    """Minutes of leave that a leave year gives somebody, rounded up to a whole minute.

    A twelfth of a year's leave for each complete month in service, by the service completed in that
    month, as Schedule 4 of the Police Regulations 1995 reckons years in which somebody joins,
    leaves or completes a step of the table; of part-time work its part of a full week. Never less
    than the law gives for the days in service: so many weeks, less the public holidays that are
    given beside annual leave (Working Time Regulations 1998 regs 13 and 13A).

    Args:
        terms: what the rulebook in force says.
        year: the leave year.
        details: when service began and ended.
        contracts: minutes a week, past and future; where none holds, nothing is earned.
    """
    agreed = tuple(contracts)
    complete = [
        (first, until)
        for first, until in months(year)
        if details.started <= first and (details.left is None or until <= details.left)
    ]
    days = sum(
        Fraction(days_a_year(terms, details.started, until)) * _part(terms, agreed, first, until)
        for first, until in complete
    )
    by_table = days * terms.day_minutes / MONTHS
    return ceil(max(by_table, _least(terms, year, details, agreed)))


def days_a_year(terms: LeaveTerms, started: date, until: date) -> float:
    """Days of leave a year of the longest service completed before a day."""
    return [
        days for years, days in terms.table if years == 0 or anniversary(started, years) < until
    ][-1]


def anniversary(day: date, years: int) -> date:
    """The same day so many years later; 1 March for 29 February in other years."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def months(year: LeaveYear) -> Iterator[tuple[date, date]]:
    """The twelve months of a leave year: first day, and first day after it."""
    starts = [months_later(year.first, ahead) for ahead in range(MONTHS + 1)]
    yield from pairwise(starts)


def months_later(day: date, ahead: int) -> date:
    """The same day so many months later, or the first of the next month where there is none."""
    index = day.year * 12 + day.month - 1 + ahead
    try:
        return date(index // 12, index % 12 + 1, day.day)
    except ValueError:
        return date((index + 1) // 12, (index + 1) % 12 + 1, 1)


def weekly_minutes(contracts: Iterable[Contract], day: date) -> int:
    """Minutes a week contracted on a day; 0 where no contract holds."""
    return sum(
        each.weekly_minutes
        for each in contracts
        if each.from_day <= day and (each.until_day is None or day < each.until_day)
    )


def _part(terms: LeaveTerms, contracts: tuple[Contract, ...], first: date, until: date) -> Fraction:
    """The part of full time over some days."""
    return _mean(lambda day: weekly_minutes(contracts, day), first, until) / terms.week_minutes


def _least(
    terms: LeaveTerms, year: LeaveYear, details: OfficerDetails, contracts: tuple[Contract, ...]
) -> Fraction:
    def served(day: date) -> int:
        is_in = details.started <= day and (details.left is None or day < details.left)
        return weekly_minutes(contracts, day) if is_in else 0

    beside = Fraction(terms.public_holidays * terms.day_minutes, terms.week_minutes)
    weeks = max(Fraction(str(terms.statutory_weeks)) - beside, Fraction(0))
    return weeks * _mean(served, year.first, year.until)


def _mean(value: Callable[[date], int], first: date, until: date) -> Fraction:
    days = (until - first).days
    return Fraction(sum(value(first + timedelta(days=ahead)) for ahead in range(days)), days)
