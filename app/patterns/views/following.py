"""Who follows what: a year by team, the acts that made it so, and what one would change."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from app.patterns.service import Line, Previewed, RollOut
from app.patterns.views.judged import day_said
from app.web.words import count, date_year, day_words, listed, when
from rostering.patterns import FREE, write_line

MONTHS = 12


@dataclass(frozen=True, slots=True)
class YearCell:
    """A day of the year: number, letter of the kind ("" for rest), words, class names."""

    number: int
    letter: str
    words: str
    classes: str


@dataclass(frozen=True, slots=True)
class YearMonth:
    """A month of the year: its label and cells, None beyond its end."""

    label: str
    cells: tuple[YearCell | None, ...]


@dataclass(frozen=True)
class Year:
    """A year of one line.

    Attributes:
        key: of whom, for addresses.
        title: whose it is.
        words: the line in a sentence.
        months: from the first on.
        followed: whether a pattern is followed on any day.
    """

    key: str
    title: str
    words: str
    months: tuple[YearMonth, ...]
    followed: bool


@dataclass(frozen=True, slots=True)
class ActView:
    """What was applied together, as a row: its id, cells, and whether it can be taken back."""

    id: UUID
    cells: tuple[str, ...]
    holds: bool


def year_of(key: str, title: str, line: Line, first: date, today: date) -> Year:
    """Lay out twelve months of a line from the month of `first` on."""
    months = []
    for ahead in range(MONTHS):
        year, month = divmod(first.month - 1 + ahead, 12)
        months.append(_month(line, first.year + year, month + 1, today))
    period = [day for day in line if first <= day < month_after(first, MONTHS)]
    rests = sum(line[day].is_rest for day in period)
    nights = sum((tour := line[day].tour) is not None and tour.kind == "night" for day in period)
    titles = listed(dict.fromkeys(line[day].pattern.title for day in sorted(period)))
    words = (
        f"{titles}: {count(rests, 'rest day')} and {count(nights, 'night')} in {len(period)} days."
        if period
        else "No pattern is followed."
    )
    return Year(key, title, words, tuple(months), bool(period))


def month_after(first: date, months: int) -> date:
    """The first day of the month so many months after that of a day."""
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1)


def _month(line: Line, year: int, month: int, today: date) -> YearMonth:
    length = calendar.monthrange(year, month)[1]
    cells = [_cell(date(year, month, number), line, today) for number in range(1, length + 1)]
    return YearMonth(f"{date(year, month, 1):%b %Y}", (*cells, *[None] * (31 - length)))


def _cell(day: date, line: Line, today: date) -> YearCell:
    followed = line.get(day)
    letter = "" if followed is None or followed.is_rest else followed.letter
    classes = [letter] if letter not in {"", FREE} else []
    classes += ["we"] * (day.weekday() >= 5) + ["none"] * (followed is None)
    classes += ["today"] * (day == today)
    said = day_said(followed.day, followed.tour) if followed else "nothing followed"
    return YearCell(day.day, letter, f"{day_words(day)}: {said}", " ".join(classes))


def act_views(found: Iterable[RollOut], names: Mapping[UUID, str], zone: str) -> Iterator[ActView]:
    """What was applied, the newest first, one row for what was applied together.

    Args:
        found: the roll-outs, the newest first.
        names: of teams and officers.
        zone: the room's time zone.
    """
    acts: dict[UUID, list[RollOut]] = defaultdict(list)
    for each in found:
        acts[each.act_id].append(each)
    for act_id, parts in acts.items():
        one = parts[0]
        whose = listed(
            f"{names.get(part.target.team_id or part.target.officer_id or act_id, 'somebody')} "
            f"from day {part.target.place + 1}"
            for part in reversed(parts)
        )
        until = f" until {date_year(one.until_day - timedelta(days=1))}" if one.until_day else ""
        cells = (
            one.pattern.title,
            write_line(one.pattern.days),
            whose,
            f"{date_year(one.first_day)}{until}",
            when(one.at, zone),
        )
        yield ActView(act_id, cells, one.withdrawn_at is None)


def preview_words(seen: Iterable[Previewed]) -> tuple[str, str]:
    """What a roll-out would change: what is new, then what asks for care."""
    found = tuple(seen)
    if not found:
        return "Nobody would follow it: the teams are empty.", ""
    new = sum(each.new for each in found)
    good = f"{count(len(found), 'person', 'people')} would follow it"
    good += f", on {count(new, 'day')} that have no pattern now." if new else "."
    changed = sum(each.to_rest + each.to_work + each.other for each in found)
    clash = sum(each.on_rest for each in found)
    trouble = [f"{count(changed, 'day')} of what is followed now would change."] * bool(changed)
    trouble += [
        f"{count(clash, 'published shift')} {'stands' if clash == 1 else 'stand'} on what would be "
        "a rest day: these shifts stay until the roster changes."
    ] * bool(clash)
    return good, " ".join(trouble)


def preview_rows(
    seen: Iterable[Previewed], teams: Mapping[UUID, str]
) -> tuple[tuple[str, ...], ...]:
    """What a roll-out would change, a row for each person."""
    return tuple(
        (
            each.name,
            teams.get(each.team_id, "") if each.team_id else "",
            *map(str, (each.days, each.new, each.to_rest, each.to_work, each.other, each.on_rest)),
        )
        for each in seen
    )
