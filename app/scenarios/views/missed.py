"""Why a past day was missed: the answer, a bar a cause, tables by hour or day and by queue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from app.scenarios.service import Missed, QueueMiss, Sums
from app.web.views.bars import Bar, Bars, signed_places
from app.web.words import count, day_words, listed, number, percent, period_words, signed
from forecasting.staffing.miss import CAUSES, Cause

WORDS: dict[Cause, tuple[str, str]] = {
    "more_calls": ("More calls than forecast", "Fewer calls than forecast"),
    "longer_handling": ("Longer handling than planned", "Shorter handling than planned"),
    "fewer_people": ("Fewer people than rostered", "More people than rostered"),
    "planned_short": ("Planned short of the need", "Planned above the need"),
}
"""What each cause is called when it cost calls, and when it saved some."""

REASONS: dict[Cause, str] = {
    "more_calls": "more calls came than were forecast",
    "longer_handling": "calls took longer than planned",
    "fewer_people": "fewer people came than were rostered",
    "planned_short": "fewer were rostered than were needed",
}

LEAST = 0.5
"""Calls below which a part of a sentence says nothing."""

SHORT_HEADS = {
    "more_calls": "More calls",
    "longer_handling": "Longer handling",
    "fewer_people": "Fewer people",
    "planned_short": "Planned short",
}


def period(missed: Missed) -> str:
    """The days in words."""
    if missed.days == 1:
        return f"{day_words(missed.first_day)} {missed.first_day.year}"
    return period_words(missed.first_day, missed.first_day + timedelta(days=missed.days - 1))


def answer(queue: QueueMiss, missed: Missed) -> tuple[str, str]:
    """What callers of a queue felt, and why more were late or lost than planned."""
    sums = queue.everything
    when = period(missed)
    if not sums.calls:
        return f"No call to {queue.queue} was counted on {when}.", ""
    within = f"{queue.terms.within_seconds:g} s"
    if sums.in_time is None:
        good = f"{queue.queue}, {when}: {count(round(sums.calls), 'call')} came."
    else:
        good = (
            f"{queue.queue}, {when}: {percent(sums.in_time)} of {count(round(sums.calls), 'call')} "
            f"were answered within {within}; the goal is {percent(queue.terms.share, 0)}."
        )
    more = round(sums.beyond)
    if more <= 0:
        return f"{good} No more calls were late or lost than the plan expected.", ""
    be = "was" if more == 1 else "were"
    told = f"{count(more, 'call')} more {be} late or lost than the plan expected"
    if sums.late is None:
        told = f"Calls in time were not counted; by the calls, their length and the people, {told}"
    parts = list(_reasons(sums))
    helped = sum(max(-part, 0.0) for part in (*sums.causes.values(), sums.unexplained or 0.0))
    saved = f" What went better saved {number(helped)}." if helped >= LEAST else ""
    return good, f"{told}{f': {listed(parts)}' if parts else ''}.{saved}"


def _reasons(sums: Sums) -> Iterator[str]:
    """The causes that cost calls, the largest first, then what is not explained."""
    order = sorted(CAUSES, key=lambda cause: -sums.causes[cause])
    for cause in order:
        if sums.causes[cause] >= LEAST:
            yield f"{number(sums.causes[cause])} because {REASONS[cause]}"
    if sums.unexplained is not None and sums.unexplained >= LEAST:
        yield f"{number(sums.unexplained)} not explained"


def bars(queue: QueueMiss) -> Bars:
    """Calls late or lost beyond the plan, a bar a cause."""
    sums = queue.everything
    rows = [
        (WORDS[cause][0 if sums.causes[cause] > -LEAST else 1], sums.causes[cause], note)
        for cause, note in zip(CAUSES, _facts(sums), strict=True)
    ]
    if sums.unexplained is not None:
        rows.append(("Not explained", sums.unexplained, "chance, outages, what no count tells"))
    zero, places = signed_places([amount for _, amount, _ in rows])
    return Bars(
        f"Calls late or lost beyond the plan, by cause: {queue.queue}",
        ("Cause", "Cost to the right, saved to the left", "Calls"),
        tuple(
            Bar(label, signed(round(amount)), x, width, "short" if amount > 0 else "ok", note=note)
            for (label, amount, note), (x, width) in zip(rows, places, strict=True)
        ),
        zero,
        "zero",
    )


def _facts(sums: Sums) -> tuple[str, str, str, str]:
    """What stands behind each cause."""
    return (
        f"{number(sums.calls)} came, {number(sums.forecast)} were forecast",
        f"{number(sums.aht)} s a call, {number(sums.planned_aht)} s planned",
        f"{number(sums.worked_hours, 1)} hours on the phones, {number(sums.rostered_hours, 1)} "
        "rostered",
        f"{number(sums.rostered_hours, 1)} hours rostered, {number(sums.required_hours, 1)} needed",
    )


HEADS = (
    ("Late or lost", "n"),
    ("By plan", "n"),
    *((SHORT_HEADS[cause], "n") for cause in CAUSES),
    ("Not explained", "n"),
    ("Offered", "n"),
    ("Forecast", "n"),
    ("In time", "n"),
)
"""Heads of a row of figures, after its name."""


def by_part(queue: QueueMiss, missed: Missed) -> tuple[str, list[list[str]]]:
    """What the parts are called and a row for each: hours of a day, or days."""
    if missed.days == 1:
        hours = [(f"{hour:02d}", queue.hour == hour) for hour in dict.fromkeys(queue.hour.tolist())]
        return "Hour", [_row(name, queue.sums(at)) for name, at in hours]
    days = [
        (day_words(_day(missed.first_day, place)), queue.day == place)
        for place in range(missed.days)
    ]
    return "Day", [_row(name, queue.sums(at)) for name, at in days if np.any(at)]


def by_queue(missed: Missed) -> list[list[str]]:
    """A row a queue."""
    return [_row(each.queue, each.everything) for each in missed.queues if each.day.size]


def _row(name: str, sums: Sums) -> list[str]:
    return [
        name,
        "–" if sums.late is None else number(sums.late),
        number(sums.accepted),
        *(signed(round(sums.causes[cause])) for cause in CAUSES),
        "–" if sums.unexplained is None else signed(round(sums.unexplained)),
        number(sums.calls),
        number(sums.forecast),
        "–" if sums.in_time is None else percent(sums.in_time),
    ]


def _day(first: date, place: int) -> date:
    return first + timedelta(days=place)
