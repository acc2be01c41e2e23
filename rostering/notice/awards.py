"""One thing that a change earns, as data and in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from rostering.notice.numbers import Form
from rostering.words import hours_words

_RATES = {
    Fraction(1): "plain time",
    Fraction(4, 3): "time and a third",
    Fraction(3, 2): "time and a half",
    Fraction(2): "double time",
}

_DAYS = {Fraction(1): "another day off", Fraction(3, 2): "a day and a half off"}


@dataclass(frozen=True, slots=True)
class Award:
    """One thing that a change earns.

    Attributes:
        what: time at a rate; another rest day; days off; something the person chooses, so that
            nothing is booked before the choice; or something to ask payroll.
        words: it in words, without a full stop.
        source: where its numbers come from.
        minutes: elapsed minutes that count, for time.
        rate: what each of them counts for; None where the force must say.
        form: how time is given.
        days: days off, or rest days.
        name_by: the last day on which another rest day is named.
        instead: what may be chosen in place of days off, all of it together; () for nothing.
    """

    what: Literal["time", "rest_day", "day_off", "choice", "ask"]
    words: str
    source: str
    minutes: int = 0
    rate: Fraction | None = None
    form: Form | None = None
    days: Fraction = Fraction(0)
    name_by: date | None = None
    instead: tuple[Award, ...] = ()

    @property
    def can_choose(self) -> bool:
        """Whether the person may choose pay or time off."""
        return self.form == "pay_or_time" or bool(self.instead)

    @property
    def percent(self) -> int | None:
        """The rate in whole per cent, such as 133 for time and a third."""
        return None if self.rate is None else round(self.rate * 100)

    @property
    def cost_minutes(self) -> int:
        """Minutes that it costs, each counted at its rate; one without a rate counts once."""
        if self.what != "time":
            return 0
        each = self.rate if self.rate is not None else Fraction(1)
        return int(self.minutes * (each + (self.form == "pay_and_time")))


def time_at(rate: Fraction | None, minutes: int, form: Form, source: str) -> Award:
    """Time at a rate, or at one that the force must say."""
    said = f"{rate_words(rate)} for {hours_words(minutes)}" if rate is not None else (
        f"overtime for {hours_words(minutes)} (ask payroll for the rate: not stated)"
    )  # fmt: skip
    ways = {
        "pay_or_time": f"{said}, in pay or time off as the person chooses",
        "pay_and_time": f"{said} in pay, and the same hours as time off",
        "pay": said,
    }
    return Award("time", ways[form], source, minutes=minutes, rate=rate, form=form)


def rate_words(rate: Fraction) -> str:
    """A rate, such as `time and a half`."""
    return _RATES.get(rate, f"{float(rate):.4g} times the plain rate")


def another_rest_day(name_by: date | None, source: str) -> Award:
    """Another rest day in place of the one worked."""
    until = f", to be named by {date_words(name_by)}" if name_by else ""
    return Award("rest_day", f"another rest day{until}", source, days=Fraction(1), name_by=name_by)


def day_off(days: Fraction, source: str) -> Award:
    """Days off."""
    words = _DAYS.get(days, f"{float(days):g} days off")
    return Award("day_off", words, source, days=days)


def choice(words: str, source: str) -> Award:
    """What the person chooses."""
    return Award("choice", words, source)


def ask_payroll(what: str, source: str) -> Award:
    """What the sources do not say."""
    return Award("ask", f"ask payroll what {what} earns: not stated", source)


def date_words(day: date) -> str:
    """A date, such as `Friday 18 December 2026`."""
    return f"{day:%A} {day.day} {day:%B %Y}"
