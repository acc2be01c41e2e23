"""Adjustments laid out for their page: the form, what one would do, and how each did."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np

from app.errors import InvalidInput, Place
from app.forecasts.service import (
    Preview,
    QueuePreview,
    Record,
    ToldAdjustment,
    WantedAdjustment,
    score_words,
)
from app.forecasts.views.week import WEEKDAYS as NAMES
from app.web.charts.around import AroundChart, around_chart
from app.web.views.days import Period
from app.web.words import date_year, local, number
from forecasting.adjustments import Unit
from forecasting.calendar import MINUTES_PER_DAY

WEEKDAYS = tuple((str(day), name) for day, name in enumerate(NAMES))

UNITS = (("percent", "per cent"), ("calls", "calls an hour"))

VERDICTS = {
    "better": ("Helped", "ok"),
    "worse": ("Made it worse", "short"),
    "alike": ("No clear difference", ""),
}

FORTNIGHT = 14
"""Days that are shown at most."""

Typed = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Effect:
    """What an adjustment would do to a queue.

    Attributes:
        words: the change in calls, and in people kept busy where that is known.
        chart: calls an hour before and after.
    """

    queue: str
    words: str
    chart: AroundChart


@dataclass(frozen=True, slots=True)
class Line:
    """An adjustment in the list.

    Attributes:
        tag: how it stands or did, and the tone.
        did: how it did, "" until that is known.
        who: by whom and when it was laid, looked at again and ended.
        is_open: whether it can be ended.
        is_due: whether it is to be looked at again.
    """

    told: ToldAdjustment
    tag: tuple[str, str]
    did: str
    who: tuple[str, ...]
    is_open: bool
    is_due: bool


def wanted_of(typed: Typed, weekdays: Sequence[str]) -> WantedAdjustment:
    """What the form asks for.

    Raises:
        InvalidInput: naming every field that cannot be read.
    """
    faults: list[Place] = []

    def read(field: str, words: str) -> str:
        text = typed.get(field, "").strip()
        try:
            match field:
                case "first_day" | "last_day" | "review_on":
                    date.fromisoformat(text)
                case "begins" | "until":
                    datetime.strptime(text, "%H:%M")  # noqa: DTZ007 - a time of any day
                case "queue":
                    UUID(text)
                case _:
                    float(_plain(text))
        except ValueError:
            faults.append(Place(field, words))
        return text

    day = "Give a day, such as 2026-03-02."
    first, last = read("first_day", day), read("last_day", day)
    begins = read("begins", "Give a time, such as 18:00.")
    until = read("until", "Give a time, such as 02:00.")
    amount = read("amount", "Give a number, such as 20 or -15.")
    queue = read("queue", "Choose a queue.") if typed.get("queue") else ""
    looked = read("review_on", day) if typed.get("review_on", "").strip() else ""
    if faults:
        raise InvalidInput(faults)
    start, end = (int(each[:-3]) * 60 + int(each[-2:]) for each in (begins, until))
    unit: Unit = "calls" if typed.get("unit") == "calls" else "percent"
    return WantedAdjustment(
        queue_id=UUID(queue) if queue else None,
        first_day=date.fromisoformat(first),
        last_day=date.fromisoformat(last),
        weekdays=tuple(sorted({int(each) for each in weekdays if each in set("0123456")})),
        begins=start,
        minutes=(end - start) % MINUTES_PER_DAY or MINUTES_PER_DAY,
        amount=float(_plain(amount)),
        unit=unit,
        reason=typed.get("reason", ""),
        review_on=date.fromisoformat(looked) if looked else None,
    )


def _plain(number_text: str) -> str:
    return number_text.replace(",", "").replace("\N{MINUS SIGN}", "-").replace("%", "")


def digest(wanted: WantedAdjustment) -> str:
    """Changes with anything but the reason and the day of the next look."""
    told = (wanted.queue_id, wanted.first_day, wanted.last_day, wanted.weekdays)
    amount = (wanted.begins, wanted.minutes, wanted.amount, wanted.unit)
    return hashlib.sha256(repr((told, amount)).encode()).hexdigest()[:16]


def record_words(all_of_them: Record, own: Record) -> str:
    """How adjustments of the room did so far, and those of who looks."""
    if not all_of_them.laid:
        return ""
    words = f"Adjustments so far: {all_of_them.laid}"
    if not all_of_them.scored:
        return f"{words}; none has met its counts yet."
    parts = [f"{all_of_them.better} helped", f"{all_of_them.worse} made it worse"]
    parts += [f"{all_of_them.alike} made no clear difference"] if all_of_them.alike else []
    mine = f" Yours: {own.laid}, {own.better} helped." if own.laid else ""
    return f"{words}, {', '.join(parts)}.{mine}"


def effects(shown: Preview, zone: str) -> list[Effect]:
    """What an adjustment would do, queue by queue."""
    return [_effect(each, zone) for each in shown.queues]


def _effect(each: QueuePreview, zone: str) -> Effect:
    change = each.calls
    more = "more" if change > 0 else "fewer"
    days = round(len(each.before) * each.interval_minutes / 1440)
    within = f" in the first {days} days" if days >= FORTNIGHT else ""
    words = f"{number(abs(change))} {more} calls to {each.queue}{within}"
    if abs(change) < 0.5:
        words = f"Less than one call {more} to {each.queue}"
    if each.busy is not None and abs(each.busy) >= 0.05:
        words += f"; they keep up to {number(abs(each.busy), 1)} {more} people busy at a time"
    return Effect(each.queue, f"{words}.", _chart(each, zone, words))


def _chart(each: QueuePreview, zone: str, words: str) -> AroundChart:
    hour = 60 // each.interval_minutes
    whole = len(each.before) // hour * hour
    before, after = (
        values[:whole].reshape(-1, hour).sum(axis=1) for values in (each.before, each.after)
    )
    moved = np.flatnonzero(before != after)
    span = (float(moved[0]), float(moved[-1]) + 1) if moved.size else (0.0, 0.0)
    start = int(each.start.astype("datetime64[m]").astype(np.int64))
    labels = [f"{local(at, zone):%-d %b %H:%M}" for at in (start, start + 60 * len(before))]
    return around_chart(
        after.tolist(),
        before.tolist(),
        span,
        (labels[0], labels[1]),
        f"Calls an hour before and after, from {labels[0]} to {labels[1]}. {words}.",
    )


def lines(
    told: Sequence[ToldAdjustment], names: Mapping[UUID, str], today: date, zone: str
) -> list[Line]:
    """Adjustments as their list shows them."""
    return [_line(each, names, today, zone) for each in told]


def _line(told: ToldAdjustment, names: Mapping[UUID, str], today: date, zone: str) -> Line:
    laid = told.laid
    over = laid.said.last < today
    is_open = laid.ended_at is None and not over
    is_due = is_open and laid.review_on <= today < laid.said.last
    if told.score is not None and not is_open:
        tag = VERDICTS[told.score.judged.verdict]
    elif laid.ended_at is not None:
        tag = ("Ended", "")
    elif is_due:
        tag = ("Look again", "warn")
    elif over:
        tag = ("Over", "")
    else:
        tag = ("Acts", "act") if laid.said.first <= today else ("To come", "")

    def by(user: UUID | None, at: datetime | None) -> str:
        name = names[user] if user else "somebody"
        return f"{name}, {date_year(at.astimezone(ZoneInfo(zone)).date())}" if at else name

    who = [f"Laid by {by(laid.laid_by, laid.laid_at)}: {laid.reason}"]
    who += [f"Looked at again by {by(each.by, each.at)}: {each.reason}" for each in told.reviews]
    if laid.ended_at is not None:
        who.append(f"Ended by {by(laid.ended_by, laid.ended_at)}: {laid.end_reason}")
    elif is_open:
        who.append(f"To be looked at again on {date_year(laid.review_on)}.")
    did = score_words(told.score) if told.score else ""
    return Line(told, tag, did, tuple(who), is_open, is_due)


def first_form(
    queue: UUID | None, period: Period, today: date, begins: str, until: str
) -> dict[str, str]:
    """What the form begins with: the day and hours that were looked at."""
    first = max(period.first_day, today)
    return {
        "queue": str(queue or ""),
        "first_day": str(first),
        "last_day": str(max(first, period.date_of(period.days - 1))),
        "begins": begins,
        "until": until,
        "amount": "",
        "unit": "percent",
        "reason": "",
        "review_on": "",
    }
