"""What the patterns page shows: every component in every state, filled with made-up things."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.web.charts.around import AroundChart, around_chart
from app.web.charts.hour_effect import HourEffect, hour_effect
from app.web.views.answer import Figure
from app.web.views.bars import Bar, Bars, along, signed_places
from app.web.views.calendar import CalendarMonth, Dated, calendar_month
from app.web.views.day_bar import DayBar, Stretch, day_bar
from app.web.views.month import Month, MonthDay, month_view
from app.web.words import signed

COLOURS = (
    (
        "Ground and ink",
        (
            ("bg", "page"),
            ("surface", "cards, bars, grid"),
            ("sunken", "weekends, insets"),
            ("line", "hairlines"),
            ("line2", "section rules"),
            ("edge", "field borders, axes"),
            ("ink", "text, need"),
            ("ink2", "labels"),
            ("ink3", "quiet, still text"),
        ),
    ),
    (
        "To press",
        (
            ("act", "buttons, links, re-forecast"),
            ("act-h", "under the pointer"),
            ("act-soft", "chosen, told"),
            ("focus", "ring, outer"),
            ("focus2", "ring, inner"),
        ),
    ),
    (
        "Trouble is warm",
        (
            ("short", "short, broken; hatched or signed"),
            ("short-ink", "words of trouble"),
            ("short-fill", "ground of the hatch"),
            ("short-soft", "ground of a tag"),
            ("warn", "against guidance, deadline, holiday"),
            ("warn-fill", "edge of a note"),
            ("warn-soft", "ground of a tag"),
        ),
    ),
    (
        "Fine is quiet",
        (
            ("ok", "goal met, rule kept"),
            ("over", "more than needed"),
            ("cover", "people on duty"),
            ("cover-fill", "surplus"),
            ("fc", "forecast as issued"),
            ("band", "its band"),
            ("band2", "band of 8 in 10"),
        ),
    ),
)
"""Tokens by group: name and use."""

KINDS = (
    ("E", "Early", "starts 05:00–09:59"),
    ("D", "Day", "10:00–13:59"),
    ("L", "Late", "14:00–19:59"),
    ("N", "Night", "20:00–04:59"),
    ("A", "Leave", "grey"),
    ("S", "Sick", "grey, ruled"),
    ("T", "Training", "protected"),
    ("", "Rest day", "empty"),
)

MARKS = (
    ("E", "", "plain"),
    ("L", "wm", "wish met"),
    ("", "wm", "wished rest, met"),
    ("N", "wn", "wish not met"),
    ("", "wn", "wished to work, got rest"),
    ("L", "p", "pinned"),
    ("N", "u", "not yet published"),
    ("E", "u", "not yet published"),
    ("L", "b", "breaks a rule"),
    ("E", "g", "against guidance"),
    ("N", "chosen", "chosen"),
)

FIGURES = (
    Figure("999 answered within 10 s, of offered", "91.8 %", "+1.8 above goal", "ok", "231 of 252"),
    Figure("Hours short", "12", "1.1 % of need", "short", "in 7 stretches"),
    Figure("Wishes met", "82 of 96", "", "", "85 %"),
    Figure("On duty now", "53", "+8 over", "over", "2 late, 3 sick"),
)

ERRORS: Mapping[str, str] = {
    "goal": "Goal for 999 must be between 1 and 100",
    "reason": "Say why it is changing",
}


@dataclass(frozen=True)
class MadeUpJob:
    """A job that never ran, in one of its states."""

    state: str
    words: str = ""
    progress: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class MadeUpDay:
    """A day of a pattern, in a line or in a year."""

    letter: str
    words: str
    classes: str = ""


@dataclass(frozen=True)
class MadeUpMonth:
    """A month of a line."""

    label: str
    cells: tuple[MadeUpDay | None, ...]


POINTS = tuple(
    (seconds, objective, bound)
    for seconds, objective, bound in (
        (19, 1120, 300),
        (24, 970, 372),
        (30, 970, 440),
        (38, 816, 480),
        (47, 778, 512),
        (62, 742, 534),
        (75, 700, 548),
        (96, 676, 560),
        (110, 622, 574),
        (130, 606, 584),
    )
)

JOBS: Mapping[str, MadeUpJob] = {
    "waiting": MadeUpJob("waiting"),
    "running": MadeUpJob(
        "running",
        progress={
            "phase": "The roster is being searched",
            "words": "A legal roster was found after 19 s. It is now within 3.6 % of the best.",
            "seconds": 130,
            "limit_seconds": 600,
            "points": POINTS,
        },
    ),
    "done": MadeUpJob(
        "done",
        progress={"phase": "The roster is made", "objective": 606, "bound": 584, "points": POINTS},
    ),
    "failed": MadeUpJob("failed", "No forecast covers 4 to 31 January. Make one first."),
    "cancelled": MadeUpJob(
        "cancelled", progress={"words": "Stopped after 48 s; the best roster so far is kept."}
    ),
}

RULES = (
    {
        "code": "",
        "title": "Daily rest", "tags": (("always kept", ""), ("the force’s own", "act")),
        "says": "Between the end of one tour and the start of any later one lie at least 12 h.",
        "numbers": "",
        "own": ("12 h, the force’s own since 4 January 2027. The rulebook says 11 h.",),
        "coming": ("From 1 March 2027: daily rest 13 h.",),
        "source": "Working Time Regulations 1998 reg 10: 11 consecutive hours in each 24",
    },
)  # fmt: skip
"""A rule that a force has changed, and will again."""

PARTS = (
    {
        "path": "", "title": "Leave: carry over", "numbers": (("Days", "7"),),
        "own": ("Days: 7, the force’s own since 4 January 2027. The rulebook says 5.",),
        "coming": (), "source": "Police Regulations 2003 Annex O: at most five days",
    },
)  # fmt: skip
"""A number beside the rules that is the force's own."""

QUESTIONS = (
    {"question": "When does the force’s day begin?", "answer": "", "said": ""},
    {"question": "Before how many hours is notice due?", "answer": "11", "said": "Force order 7"},
)
"""What a rulebook asks: not yet said, and said."""

CHANGES = tuple(
    {"number": 0, "since": "1 March 2027", "words": words, "reason": "Wellbeing plan 2027.",
     "said": "R. Okafor, Friday 27 November 20:48", "gone": gone, "can_go": False}
    for words, gone in (
        ("Daily rest 13 h", ""), ("Daily rest 14 h", "Taken back: a slip (R. Okafor)"),
    )
)  # fmt: skip
"""What was said of a rule, one of it taken back."""


def made_up_bar() -> DayBar:
    """A late shift with a one-to-one and a break."""
    parts = (
        Stretch(210, "a", "999"),
        Stretch(30, "t"),
        Stretch(15, "a"),
        Stretch(45, "break", "B"),
        Stretch(180, "b", "101"),
    )
    return day_bar(14 * 60, parts, "14:00 to 22:00: 999, one-to-one, break at 18:15, then 101")


def made_up_month() -> Month:
    """December 2026 of an officer on two earlies, two lates, two nights, four off."""
    words = {"E": "Early 07 to 15", "L": "Late 14 to 22", "N": "Night 22 to 07", "": "rest"}
    days = {}
    for number in range(1, 25):
        letter = "EELLNN----"[number % 10].replace("-", "")
        marks = {5: "wm", 12: "wn"}.get(number, "")
        days[date(2026, 12, number)] = MonthDay(letter, words[letter], marks)
    return month_view(2026, 12, days, today=date(2026, 12, 8))


HEAT = tuple(
    (
        day,
        tuple(
            (str(40 + 9 * step), step)
            for step in ((index * 3 + hour * 2) % 11 for hour in range(12))
        ),
    )
    for index, day in enumerate(("Mon", "Tue", "Wed"))
)


PATTERN_DAYS = tuple(
    MadeUpDay("" if letter == "-" else letter, f"Day {place}")
    for place, letter in enumerate("EEDLNN---*", 1)
)
"""A line with a day of every kind, rest days and a free choice."""


PATTERN_MONTHS = tuple(
    MadeUpMonth(
        label,
        tuple(
            MadeUpDay(
                letter := "EELLNN----"[(day + shift) % 10].replace("-", ""),
                f"Day {day}",
                " ".join([letter] * bool(letter) + ["today"] * (day == 27) * (not shift)),
            )
            if day <= days
            else None
            for day in range(1, 32)
        ),
    )
    for label, days, shift in (("Nov 2026", 30, 0), ("Feb 2027", 28, 3))
)
"""Two months of one line."""


def goal_bars() -> Bars:
    """Service by people on the phones, one of them in question, some below the goal."""
    levels = ((28, 0.814), (29, 0.856), (30, 0.89), (31, 0.919), (32, 0.941))
    rows = tuple(
        Bar(
            str(people),
            f"{level:.1%}".replace("%", " %"),
            0,
            along(level),
            "" if level >= 0.9 else "short",
            people == 31,
        )
        for people, level in levels
    )
    return Bars("Service by people", ("People", "Within 10 s, of offered", "999"), rows, along(0.9))


def mean_bars() -> Bars:
    """Shares of people, and their mean."""
    shares = (("Ahmed, Dan", 0.27), ("Gill, Owen", 0.59), ("Marsh, Sean", 0.9))
    rows = tuple(
        Bar(name, f"{share:.0%}".replace("%", " %"), 0, along(share), note="a wish counts 1.2 ×")
        for name, share in shares
    )
    return Bars("Points met", ("Name", "Points met", "Met"), rows, along(0.58), "mean")


def signed_bars() -> Bars:
    """Calls lost to some causes and won by others."""
    causes = (("More calls than forecast", 41), ("Longer handling", 12), ("Planned short", -9))
    zero, places = signed_places([amount for _, amount in causes])
    rows = tuple(
        Bar(label, signed(amount), x, width, "short" if amount > 0 else "ok", note="101, Friday")
        for (label, amount), (x, width) in zip(causes, places, strict=True)
    )
    return Bars("Calls by cause", ("Cause", "Late or lost", "Calls"), rows, zero, "zero")


def stretch_in_question() -> AroundChart:
    """Half a day of counts with three hours of zeros in it, and an hour without any count."""
    expected = [8.0, 9.5, 11.0, 12.0, 12.5, 12.0, 11.5, 11.0, 10.5, 10.0, 9.0, 8.0]
    counted = [9.0, 8.0, 12.0, 0.0, 0.0, 0.0, 13.0, None, 9.0, 11.0, 8.0, 9.0]
    words = "Counted and expected from 08:00 to 20:00. No call from 11:00 to 14:00."
    return around_chart(counted, expected, (3, 6), ("3 Mar 08:00", "3 Mar 20:00"), words)


def month_of_events() -> CalendarMonth:
    """A month with two public holidays, some weeks of school holidays and a night."""
    day = date(2026, 12, 1)
    dated = (
        Dated("holiday", day.replace(day=25), day.replace(day=25), "Christmas Day"),
        Dated("holiday", day.replace(day=28), day.replace(day=28), "Boxing Day (observed)"),
        Dated("long", day.replace(day=21), date(2027, 1, 1), "School holidays"),
        Dated(
            "short", day.replace(day=31), day.replace(day=31), "New Year's Eve", "18:00 to 06:00"
        ),
    )
    return calendar_month(day, dated, day.replace(day=9))


def hours_of_an_event() -> HourEffect:
    """More calls in the evening, fewer towards the morning."""
    shares = (0.12, 0.31, 0.58, 0.44, 0.2, 0.02, -0.08)
    return hour_effect(shares, ("18:00", "01:00"), "Bonfire night, 999, calls by hour from 18:00.")
