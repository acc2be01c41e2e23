"""Changes, goals and scenarios in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from app.scenarios.values import (
    Addition,
    Basis,
    CallBackChange,
    CallsChange,
    Change,
    HandlingChange,
    PatienceChange,
    PeopleChange,
    ReserveChange,
    Seek,
    TargetChange,
    When,
)
from app.web.words import count, day_words, duration, listed, local, percent, span_words

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def change_words(change: Change) -> str:
    """A change in words, such as `Calls to 101 +10 %, Fridays 18:00 to 02:00`."""
    when: When | None = getattr(change, "when", None)
    said = WORDS[type(change)](change)
    return f"{said}, {when_words(when)}" if when and not when.is_always else said


def changes_words(changes: Iterable[Change]) -> str:
    """Changes as a list in a sentence, without its full stop; "" for none."""
    words = [change_words(each) for each in changes]
    return "; ".join(words[:1] + [each[0].lower() + each[1:] for each in words[1:]])


def when_words(when: When) -> str:
    """When a change holds, such as `Fridays 18:00 to 02:00, 4 to 20 December`."""
    parts = []
    one = when.first_day is not None and when.first_day == when.last_day
    if not one and len(when.window.days) < 7:
        parts.append(_weekdays(sorted(when.window.days)))
    if one and when.first_day is not None:
        parts.append(day_words(when.first_day))
    window = when.window
    if (window.start, window.end) != (0, 1440):
        parts.append(f"{_clock(window.start)} to {_clock(window.end)}")
    said = " ".join(parts)
    dates = "" if one else _dates(when.first_day, when.last_day)
    return ", ".join(part for part in (said, dates) if part)


def _weekdays(days: list[int]) -> str:
    if days == list(range(5)):
        return "Mondays to Fridays"
    return listed(f"{WEEKDAYS[day]}s" for day in days)


def _dates(first: date | None, last: date | None) -> str:
    if first and last:
        return span_words(first, last)
    if first:
        return f"from {day_words(first)} on"
    return f"until {day_words(last)}" if last else ""


def _clock(minutes: int) -> str:
    hour, minute = divmod(minutes, 60)
    return f"{hour % 24:02d}:{minute:02d}" if minutes != 1440 else "24:00"


def share_words(share: float) -> str:
    """A share as per cent with as many decimals as it has, such as `90 %` or `97.5 %`."""
    return percent(share, 0 if round(share * 100, 6) % 1 == 0 else 1)


def _calls(change: CallsChange) -> str:
    whose = f"Calls to {change.queue}" if change.queue else "All calls"
    if change.factor == 0:
        return f"No calls to {change.queue}" if change.queue else "No calls"
    if change.factor >= 2 and change.factor % 1 == 0:
        return f"{whose} × {change.factor:g}"
    sign = "+" if change.factor >= 1 else "−"
    return f"{whose} {sign}{share_words(abs(change.factor - 1))}"


def _handling(change: HandlingChange) -> str:
    whose = f"Calls to {change.queue} take" if change.queue else "All calls take"
    parts = []
    if change.factor != 1:
        way = "longer" if change.factor > 1 else "shorter"
        parts.append(f"{share_words(abs(change.factor - 1))} {way}")
    if change.seconds:
        parts.append(
            f"{duration(abs(change.seconds))} {'longer' if change.seconds > 0 else 'shorter'}"
        )
    return f"{whose} {listed(parts) or 'as long as before'}"


def _people(change: PeopleChange) -> str:
    number = count(abs(change.people), "person", "people")
    skills = f" with {listed(change.skills, 'or' if change.people < 0 else 'and')}"
    whose = skills if change.skills else ""
    return f"{number}{whose} absent" if change.people < 0 else f"{number}{whose} more"


def _call_backs(change: CallBackChange) -> str:
    if change.terms is None:
        return f"No call-backs on {change.queue}"
    above = change.terms.above_seconds
    offered = f"once the wait is above {duration(above)}" if above else "to all who must wait"
    accepted = share_words(change.terms.accepted)
    return f"Call-backs on {change.queue}, offered {offered}, {accepted} accept"


def _reserve(change: ReserveChange) -> str:
    way = "more" if change.people > 0 else "fewer"
    return f"{abs(change.people)} {way} in reserve for the most urgent calls"


def _patience(change: PatienceChange) -> str:
    if change.seconds is None:
        return f"Nobody who calls {change.queue} hangs up"
    return f"Callers of {change.queue} wait {duration(change.seconds)} before they hang up"


def _target(change: TargetChange) -> str:
    return (
        f"Goal for {change.queue}: {share_words(change.share)} within "
        f"{duration(change.within_seconds)}"
    )


WORDS: Mapping[type[Change], Callable[[Any], str]] = {
    CallsChange: _calls,
    HandlingChange: _handling,
    PeopleChange: _people,
    CallBackChange: _call_backs,
    ReserveChange: _reserve,
    PatienceChange: _patience,
    TargetChange: _target,
}
"""Each kind of change without its time."""


def name_of(changes: Iterable[Change], seek: Seek | None, roster_name: str) -> str:
    """What a scenario is called where nobody gave it a name."""
    said = changes_words(changes) or roster_name
    if seek is not None:
        goal = f"More people until {share_words(seek.share)} of {seek.queue} are in time"
        said = f"{goal}; {said[0].lower()}{said[1:]}"
    return said if len(said) <= 200 else f"{said[:199]}…"


def addition_words(addition: Addition, basis: Basis) -> str:
    """People added and when, such as `2 on Friday 4 December 18:00 to 02:00`."""
    begin = int(basis.first.astype("datetime64[m]").astype(int))
    first, end = (
        local(begin + place * basis.interval_minutes, basis.zone)
        for place in (addition.first, addition.end)
    )
    until = f"{end:%H:%M}"
    if (
        end.date() != first.date()
        and (addition.end - addition.first) * basis.interval_minutes > 720
    ):
        until = f"{day_words(end.date())} {until}"
    return f"{addition.people} on {day_words(first.date())} {first:%H:%M} to {until}"
