"""Cells of the roster grid: what stands in each, its marks, and what it says in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from markupsafe import Markup, escape

from app.web.views.kinds import kind_of
from app.web.views.wishes import wish_text
from app.web.words import time_words
from rostering.problem import Officer, Problem, Roster, Tour
from rostering.rules.base import LineRule
from rostering.rules.group import GroupRule
from rostering.verify import Verdict

UNMARKED = frozenset(
    {
        "preferences",
        "long_wishes",
        "wished_with",
        "wished_apart",
        "fatigue",
        "demanding_length",
        "early_starts",
        "night_share",
        "fair_shares",
        "stability",
    }
)
"""Priced rules that mark no tour: a wish is not guidance, what changes after it was told is striped
already, and what lies in the hours of every night or early shift would mark them all. The fatigue
page tells the worst of them."""

ROW_END = 10_000
"""In place of a day: the end of an officer's row."""

Marks = Mapping[tuple[str, int], Mapping[str, str]]
"""By officer and day: class name of a breach, and the title of the rule."""

Mark = tuple[str, str]
"""Class name and words."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Attributes:
        text: what stands in it.
        classes: its class names.
        words: what it says to those who cannot see.
        marks: what of that its letter does not say, such as `wish met: day off`.
        shift: code of its shift where that is not the usual one of its letter.
    """

    text: str
    classes: str
    words: str
    marks: str = ""
    shift: str = ""


@dataclass(frozen=True, eq=False)
class Sheet:
    """What every row needs.

    Attributes:
        problem: what the roster was made from.
        roster: the roster.
        breaches: class names of breaches.
        codes: short code of each skill.
        usual: by letter the code of the shift that is worked most.
        unpublished: officer and day of each cell that differs from what was published.
        plain: cells without marks, made once for each day and duty.
    """

    problem: Problem
    roster: Roster
    breaches: Marks
    codes: Mapping[str, str]
    usual: Mapping[str, str]
    unpublished: Collection[tuple[str, int]]
    plain: dict[tuple[int, str], Cell] = field(default_factory=dict)


def breach_marks(problem: Problem, roster: Roster, verdict: Verdict) -> Marks:
    """Class `b` on the tours of a hard breach, `g` on those of a priced rule other than wishes.

    A breach of the officer's whole period, such as of contracted hours, marks the end of the row:
    it stands under `ROW_END`.
    """
    about_people = (LineRule, GroupRule)
    titles = {rule.code: rule.title for rule in problem.rules if isinstance(rule, about_people)}
    marks: dict[tuple[str, int], dict[str, str]] = defaultdict(dict)
    for name, breaches in (("b", verdict.hard), ("g", verdict.priced)):
        for breach in breaches:
            if breach.rule not in titles or breach.rule in UNMARKED or not breach.officer:
                continue
            days = [tour.day for tour in breach.tours]
            whole = len(days) >= len(roster.tours.get(breach.officer, ()))
            for day in [ROW_END] if whole else days:
                marks[breach.officer, day][name] = titles[breach.rule].lower()
    return dict(marks)


def marks_of(
    sheet: Sheet, officer: Officer, tours: Mapping[int, Tour], met: Sequence[bool]
) -> dict[int, list[Mark]]:
    """Marks of an officer's days: wishes, breaches, pins, and what is not yet published.

    Args:
        sheet: the roster.
        officer: whose row it is.
        tours: the officer's tours by day.
        met: whether each of the officer's wishes is met.
    """
    marks: dict[int, list[Mark]] = defaultdict(list)
    for wish, kept in zip(officer.preferences, met, strict=True):
        words = f"wish {'met' if kept else 'not met'}: {wish_text(wish)}"
        marks[wish.day].append(("wm" if kept else "wn", words))
    for day in range(sheet.problem.days):
        breach = sheet.breaches.get((officer.id, day), {})
        if "b" in breach:
            marks[day].append(("b", f"breaks a rule: {breach['b']}"))
        elif "g" in breach:
            marks[day].append(("g", f"against guidance: {breach['g']}"))
        fixed = officer.days.get(day)
        if fixed is not None and fixed.shift is not None and day in tours:
            marks[day].append(("p", "pinned"))
        if fixed is not None and fixed.free and day not in tours:
            marks[day].append(("fd", "free day"))
        if (officer.id, day) in sheet.unpublished:
            marks[day].append(("u", "not yet published"))
    return marks


def cell_of(
    sheet: Sheet, officer: Officer, day: int, tour: Tour | None, marks: Sequence[Mark]
) -> Cell:
    """The cell of an officer's day."""
    duty = tour.code if tour is not None else "-" if _away(sheet.problem, officer, day) else ""
    if (day, duty) not in sheet.plain:
        sheet.plain[day, duty] = _plain(sheet, day, tour, away=duty == "-")
    plain = sheet.plain[day, duty]
    if not marks:
        return plain
    names, told = zip(*marks, strict=True)
    said = ", ".join(told)
    classes = " ".join([plain.classes, *names]).strip()
    return Cell(plain.text, classes, f"{plain.words}, {said}", said, plain.shift)


def _plain(sheet: Sheet, day: int, tour: Tour | None, *, away: bool) -> Cell:
    """A cell without marks."""
    problem, around = sheet.problem, day_classes(sheet.problem, day)
    if tour is None:
        text, words = ("A", "away") if away else ("", "rest")
        return Cell(text, " ".join([text, *around]).strip(), words)
    kind = kind_of(problem.shifts[problem.shift_index[tour.code]])
    times = f"{time_words(tour.start, problem.zone)} to {time_words(tour.end, problem.zone)}"
    return Cell(
        kind.letter,
        " ".join([kind.letter, *around]),
        f"{kind.name} {times}",
        shift="" if sheet.usual[kind.letter] == tour.code else tour.code,
    )


def day_classes(problem: Problem, day: int) -> list[str]:
    """Class names of a day's column: weekend, beginning of a week."""
    weekday = problem.date_of(day).weekday()
    return ["we"] * (weekday >= 5) + ["wk"] * (weekday == 0 and day > 0)


def _away(problem: Problem, officer: Officer, day: int) -> bool:
    """Tell whether times away take at least half of a local day."""
    if not officer.unavailable:
        return False
    begin, end = problem.midnight(day), problem.midnight(day + 1)
    taken = sum(max(0, min(span.end, end) - max(span.start, begin)) for span in officer.unavailable)
    return 2 * taken >= end - begin


def light_cells(cells: Sequence[Cell]) -> Markup:
    """Cells as the service's grid sends them: a class, a letter, and words of marks alone."""
    return Markup("").join(map(_light, cells))


@lru_cache(maxsize=4096)
def _light(cell: Cell) -> Markup:
    quote = '"' if " " in cell.classes else ""
    name = f" class={quote}{escape(cell.classes)}{quote}" if cell.classes else ""
    shift = f' data-s="{escape(cell.shift)}"' if cell.shift else ""
    marks = f"<i>{escape(cell.marks)}</i>" if cell.marks else ""
    return Markup(f"<td{name}{shift}>{escape(cell.text)}{marks}")  # noqa: S704 - escaped above
