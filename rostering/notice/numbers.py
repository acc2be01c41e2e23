"""The numbers of compensation, read from the section `[compensation]` of a rulebook.

Each table of the section has its `source`. A table that a book lacks is not stated in its sources:
what would follow from it is asked of the force's payroll, never assumed. Rates are texts such as
"3/2"; "asked" stands for one that the sources leave to the force.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, get_args

from rostering.files.node import Node

Form = Literal["pay_or_time", "pay_and_time", "pay"]
"""Pay or time off, as the person chooses; both; pay."""

_RATE = re.compile(r"(\d{1,2})(?:/(\d{1,2}))?", re.ASCII)
_MOST_DAYS = 366
_MOST_MINUTES = 10_080


@dataclass(frozen=True, slots=True)
class Band:
    """What a rest day worked earns within one band of notice.

    Attributes:
        below: clear days of notice below which the band holds; None for all the rest.
        rate: what an hour counts for; None where the force must say.
        form: how it is given; None where another rest day is given instead.
    """

    below: int | None
    rate: Fraction | None
    form: Form | None


@dataclass(frozen=True, slots=True)
class RestDays:
    """Rest days worked, and cancelled ones given back.

    Attributes:
        bands: by notice, the shortest first.
        least_minutes: the least that is counted for a rest day worked.
        run_on_minutes: the most of a tour running on into a rest day that is counted as it is.
        name_within_days: days from the telling within which another rest day is named.
        reinstated_below: clear days of notice below which whoever gets a cancelled rest day back
            may choose to work it; None where the sources do not speak of it.
        reinstated_rate: what an hour of it then counts for.
        disrupted: whether rest days cancelled or given back are counted.
    """

    source: str
    bands: tuple[Band, ...]
    least_minutes: int
    run_on_minutes: int
    name_within_days: int | None
    reinstated_below: int | None
    reinstated_rate: Fraction | None
    disrupted: bool


@dataclass(frozen=True, slots=True)
class PublicHolidays:
    """Public holidays worked.

    Attributes:
        rate: what an hour counts for.
        another_day_below: clear days of notice below which another day off is due as well.
        authority_below: clear days of notice below which an authority is needed.
        authority: whose, such as "assistant chief constable".
    """

    source: str
    rate: Fraction
    another_day_below: int
    authority_below: int
    authority: str


@dataclass(frozen=True, slots=True)
class Overtime:
    """Hours outside the tour that was told with due notice.

    Attributes:
        rate: what an hour counts for.
        unit_minutes: only whole units count.
        start_notice_minutes: due notice of an earlier start, before the new start.
        start_on_the_day_before: an earlier start earns only where it lies in the force's day
            before the one of the old start.
        longer_notice_minutes: due notice of a longer tour, before its start; None where the
            sources do not speak of one.
        casual_unpaid_minutes: minutes of overtime told while on duty that are not counted.
        casual_occasions: the first so many times a week.
    """

    source: str
    rate: Fraction
    unit_minutes: int
    start_notice_minutes: int
    start_on_the_day_before: bool
    longer_notice_minutes: int | None
    casual_unpaid_minutes: int
    casual_occasions: int


@dataclass(frozen=True, slots=True)
class Unsocial:
    """The allowance for unsocial hours: `percent` of each full hour between two times of day."""

    source: str
    percent: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class LeaveRecall:
    """Recall from absence.

    Attributes:
        least_days: days of absence from which on it is protected.
        rest_least_days: days of leave from which on the rest days within it are protected too.
        days: days off for the first, second … day worked; the last repeats.
        or_pay: for how many of them one day off and pay at `rate` may be chosen instead.
        rate: what an hour of them then counts for.
    """

    source: str
    least_days: int
    rest_least_days: int
    days: tuple[Fraction, ...]
    or_pay: int
    rate: Fraction


@dataclass(frozen=True, slots=True)
class Inspecting:
    """Inspectors and chief inspectors: no overtime, a lost rest day within so many months."""

    source: str
    rest_day_months: int


@dataclass(frozen=True, slots=True)
class PartTime:
    """Part-time work.

    Attributes:
        plain_week_minutes: minutes of a week up to which extra hours count once.
        free_day_below: clear days of notice below which a free day worked earns.
    """

    source: str
    plain_week_minutes: int
    free_day_below: int


@dataclass(frozen=True, slots=True)
class Changes:
    """For which reasons a published duty may change.

    Attributes:
        told_by_midnight: an exigency is told by the midnight before the day of the duty.
        rest_day_exigency_months: an exigency may move a rest day only within so many months;
            None for any time.
        times_months: a change of times within so many months is one at short notice; None where
            the sources do not speak of it.
        stood_down_by_agreement: nobody is stood down from a published duty by exigency.
    """

    source: str
    told_by_midnight: bool
    rest_day_exigency_months: int | None
    times_months: int | None
    stood_down_by_agreement: bool


@dataclass(frozen=True, slots=True)
class Compensation:
    """What a rulebook says of changes after publication; None for what it does not state.

    `short_notice` is what a force answers that a change of times at short notice earns, in words.
    """

    changes: Changes
    rest_days: RestDays
    public_holidays: PublicHolidays | None
    overtime: Overtime | None
    unsocial: Unsocial | None
    leave_recall: LeaveRecall | None
    inspecting: Inspecting | None
    part_time: PartTime | None
    short_notice: str = ""


def read_compensation(section: Node) -> Compensation:
    """Read the section `[compensation]` of a rulebook.

    Raises:
        InputError: when anything in it cannot be used; it names the file and the key.
    """
    readers: dict[str, Callable[[Node], object]] = {
        "changes": _changes,
        "rest_days": _rest_days,
        "public_holidays": _public_holidays,
        "overtime": _overtime,
        "unsocial": _unsocial,
        "leave_recall": _leave_recall,
        "inspecting": _inspecting,
        "part_time": _part_time,
    }
    needed = ("changes", "rest_days")
    tables = section.fields(needed, [name for name in readers if name not in needed])
    found = {
        name: reader(tables[name]) if name in tables else None for name, reader in readers.items()
    }
    return Compensation(**found)  # type: ignore[arg-type]


def _changes(node: Node) -> Changes:
    found = node.fields(
        ("source", "told_by_midnight", "stood_down_by_agreement"),
        ("rest_day_exigency_months", "times_months"),
    )
    return Changes(
        source=found["source"].text(),
        told_by_midnight=found["told_by_midnight"].flag(),
        rest_day_exigency_months=_optional(found, "rest_day_exigency_months", 60),
        times_months=_optional(found, "times_months", 60),
        stood_down_by_agreement=found["stood_down_by_agreement"].flag(),
    )


def _rest_days(node: Node) -> RestDays:
    found = node.fields(
        ("source", "bands"),
        ("least_minutes", "run_on_minutes", "name_within_days", "reinstated_below",
         "reinstated_rate", "disrupted"),
    )  # fmt: skip
    bands = tuple(_band(each) for each in found["bands"].items(10))
    limits = [band.below for band in bands]
    below = [limit for limit in limits[:-1] if limit is not None]
    if not limits or limits[-1] is not None or len(below) < len(limits) - 1:
        raise found["bands"].refused('Every band but the last needs "below"; the last has none.')
    if below != sorted(set(below)):
        raise found["bands"].refused('The bands must stand in order of "below".')
    rate = found.get("reinstated_rate")
    return RestDays(
        source=found["source"].text(),
        bands=bands,
        least_minutes=_optional(found, "least_minutes", 1440) or 0,
        run_on_minutes=_optional(found, "run_on_minutes", 1440) or 0,
        name_within_days=_optional(found, "name_within_days", _MOST_DAYS),
        reinstated_below=_optional(found, "reinstated_below", _MOST_DAYS),
        reinstated_rate=_rate(rate) if rate else None,
        disrupted="disrupted" in found and found["disrupted"].flag(),
    )


def _band(node: Node) -> Band:
    found = node.fields((), ("below", "rate", "form", "another_rest_day"))
    below = _optional(found, "below", _MOST_DAYS)
    if "another_rest_day" in found:
        if not found["another_rest_day"].flag() or "rate" in found or "form" in found:
            raise node.refused("A band gives either another rest day, or a rate with its form.")
        return Band(below, None, None)
    if "rate" not in found or "form" not in found:
        raise node.refused("A band gives either another rest day, or a rate with its form.")
    rate = None if found["rate"].text() == "asked" else _rate(found["rate"])
    form = found["form"].one_of(get_args(Form), "a form of compensation")
    return Band(below, rate, form)  # type: ignore[arg-type]


def _public_holidays(node: Node) -> PublicHolidays:
    found = node.fields(("source", "rate", "another_day_below", "authority_below", "authority"))
    return PublicHolidays(
        source=found["source"].text(),
        rate=_rate(found["rate"]),
        another_day_below=found["another_day_below"].whole(0, _MOST_DAYS),
        authority_below=found["authority_below"].whole(0, _MOST_DAYS),
        authority=found["authority"].text(),
    )


def _overtime(node: Node) -> Overtime:
    found = node.fields(
        ("source", "rate", "unit_minutes", "start_notice_minutes", "start_on_the_day_before"),
        ("longer_notice_minutes", "casual_unpaid_minutes", "casual_occasions"),
    )
    return Overtime(
        source=found["source"].text(),
        rate=_rate(found["rate"]),
        unit_minutes=found["unit_minutes"].whole(1, 60),
        start_notice_minutes=found["start_notice_minutes"].whole(0, _MOST_MINUTES),
        start_on_the_day_before=found["start_on_the_day_before"].flag(),
        longer_notice_minutes=_optional(found, "longer_notice_minutes", _MOST_MINUTES),
        casual_unpaid_minutes=_optional(found, "casual_unpaid_minutes", 1440) or 0,
        casual_occasions=_optional(found, "casual_occasions", 7) or 0,
    )


def _unsocial(node: Node) -> Unsocial:
    found = node.fields(("source", "percent", "start", "end"))
    return Unsocial(
        source=found["source"].text(),
        percent=found["percent"].whole(1, 100),
        start=found["start"].clock(),
        end=found["end"].clock(),
    )


def _leave_recall(node: Node) -> LeaveRecall:
    found = node.fields(("source", "least_days", "rest_least_days", "days", "or_pay", "rate"))
    days = tuple(_rate(each) for each in found["days"].items(10))
    if not days:
        raise found["days"].refused("Say how many days off the first day worked earns.")
    return LeaveRecall(
        source=found["source"].text(),
        least_days=found["least_days"].whole(1, _MOST_DAYS),
        rest_least_days=found["rest_least_days"].whole(1, _MOST_DAYS),
        days=days,
        or_pay=found["or_pay"].whole(0, 10),
        rate=_rate(found["rate"]),
    )


def _inspecting(node: Node) -> Inspecting:
    found = node.fields(("source", "rest_day_months"))
    return Inspecting(found["source"].text(), found["rest_day_months"].whole(1, 60))


def _part_time(node: Node) -> PartTime:
    found = node.fields(("source", "plain_week_minutes", "free_day_below"))
    return PartTime(
        source=found["source"].text(),
        plain_week_minutes=found["plain_week_minutes"].whole(1, _MOST_MINUTES),
        free_day_below=found["free_day_below"].whole(1, _MOST_DAYS),
    )


def _optional(found: dict[str, Node], name: str, most: int) -> int | None:
    return found[name].whole(0, most) if name in found else None


def _rate(node: Node) -> Fraction:
    match = _RATE.fullmatch(node.text())
    if match is None or (match[2] and not int(match[2])):
        raise node.refused('A rate is a text such as "3/2" or "2".')
    return Fraction(int(match[1]), int(match[2] or 1))
