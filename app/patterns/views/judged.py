"""A pattern in words: its facts, its cover and what it breaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from app.patterns.service import BookVerdict, Judged, KnownPattern
from app.web.views.answer import Figure
from app.web.words import count, listed, number
from rostering.patterns import FREE, Pattern, write_line
from rostering.problem import OfficerDay, Shift
from rostering.words import hours_words

STEPS = 10
"""Steps of the ramp of a heat table."""

Pairs = tuple[tuple[str, str], ...]
"""Breaches as title of the rule and words."""

Verdict = tuple[str, Pairs, Pairs]
"""Titles of rulebooks, hard breaches and priced ones."""

LETTER = {"early": "E", "day": "D", "late": "L", "night": "N"}


@dataclass(frozen=True, slots=True)
class DayChip:
    """One day of a pattern: letter of its kind, "" for a rest day; and the day in words."""

    letter: str
    words: str


@dataclass(frozen=True)
class JudgedView:
    """What a page shows of a pattern.

    Attributes:
        good, trouble: the answer sentence.
        figures: the strip.
        days: the line, day by day.
        verdicts: of rulebooks that say the same their titles, and hard breaches and priced ones
            as (rule, words).
        cover: rows of the heat table, least and most teams by hour.
        cover_words: how teams must begin, as a sentence.
    """

    good: str
    trouble: str
    figures: tuple[Figure, ...]
    days: tuple[DayChip, ...]
    verdicts: tuple[Verdict, ...]
    cover: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
    cover_words: str


def judged_view(found: Judged) -> JudgedView:
    """Lay a pattern out."""
    facts = found.facts
    return JudgedView(
        good=(
            f"{_weekly(facts.weekly_minutes)} a week on average, {facts.weekends_off} of "
            f"{count(facts.weekends, 'weekend')} off, "
            f"{count(round(facts.nights_a_year), 'night')} a year."
        ),
        trouble=" ".join(_troubles(found.verdicts)),
        figures=tuple(_figures(found)),
        days=tuple(day_chip(found.pattern, place) for place in range(len(found.pattern))),
        verdicts=tuple(_verdicts(found.verdicts)),
        cover=_cover(found),
        cover_words=_cover_words(found),
    )


def day_chip(pattern: Pattern, place: int) -> DayChip:
    """A day of a pattern, counted from 0."""
    day, tour = pattern.days[place], pattern.tours[place]
    letter = LETTER[tour.kind] if tour else FREE if day is None else ""
    return DayChip(letter, f"Day {place + 1}, {day_said(day, tour)}")


def day_said(day: OfficerDay | None, tour: Shift | None) -> str:
    """A day of a pattern in words, such as `late 15:00 to 23:00`."""
    if tour is None:
        return "free choice" if day is None else "rest day"
    end = (tour.start + tour.minutes) % 1440
    code = "" if day is not None and day.kind else f" {tour.code}"
    return f"{tour.kind}{code} {_clock(tour.start)} to {_clock(end)}"


def listed_rows(
    known: Iterable[tuple[KnownPattern, Judged]],
) -> Iterator[tuple[KnownPattern, list[str]]]:
    """Each pattern with the cells of its row in the list."""
    for each, found in known:
        facts, pattern = found.facts, each.pattern
        yield (
            each,
            [
                write_line(pattern.days),
                _weekly(facts.weekly_minutes),
                f"{facts.weekends_off} of {facts.weekends}",
                str(round(facts.nights_a_year)),
                _people(found.people_for_each),
                _rules(found.verdicts),
            ],
        )


def _weekly(minutes: Fraction) -> str:
    return hours_words(round(minutes))


def _people(each: Fraction | None) -> str:
    return "–" if each is None else number(float(each), 0 if each.denominator == 1 else 1)


def _rules(verdicts: tuple[BookVerdict, ...]) -> str:
    broken = {breach.title for verdict in verdicts for breach in verdict.hard}
    return f"breaks {count(len(broken), 'rule')}" if broken else "keeps every rule"


def _troubles(verdicts: Iterable[BookVerdict]) -> Iterator[str]:
    """What is broken, once for rulebooks of which the same is broken."""
    books: dict[tuple[str, ...], list[str]] = {}
    for verdict in verdicts:
        titles = tuple(dict.fromkeys(breach.title for breach in verdict.hard))
        books.setdefault(titles, []).append(verdict.title)
    for titles, of in books.items():
        if titles:
            yield f"Breaks {count(len(titles), 'rule')} of {_both(of)}: {listed(titles).lower()}."


def _verdicts(verdicts: Iterable[BookVerdict]) -> Iterator[Verdict]:
    """What each rulebook says, once for those that say the same."""
    books: dict[tuple[Pairs, Pairs], list[str]] = {}
    for verdict in verdicts:
        said = _pairs(verdict, hard=True), _pairs(verdict, hard=False)
        books.setdefault(said, []).append(verdict.title)
    for (hard, priced), titles in books.items():
        yield _both(titles), hard, priced


def _both(titles: list[str]) -> str:
    """Titles of rulebooks, which hold commas."""
    return " and ".join(titles)


def _pairs(verdict: BookVerdict, *, hard: bool) -> Pairs:
    found = verdict.hard if hard else verdict.priced
    return tuple((breach.title, breach.words) for breach in found)


def _figures(found: Judged) -> Iterator[Figure]:
    facts = found.facts
    free = f"{count(facts.free_days, 'free day')} not counted" if facts.free_days else ""
    yield Figure("Hours a week", _weekly(facts.weekly_minutes), note=free or "on average")
    yield Figure("Weekends off", f"{facts.weekends_off} of {facts.weekends}")
    yield Figure("Nights a year", str(round(facts.nights_a_year)))
    yield Figure("Rest days a week", number(float(facts.rest_days_a_week), 1), note="on average")
    yield Figure("Longest run", count(facts.longest_run, "day"))
    never = "some time is never worked"
    yield Figure(
        "People for each on duty",
        _people(found.people_for_each),
        note="day and night" if found.people_for_each else never,
    )
    yield Figure(
        "Teams", "–" if found.teams is None else str(found.teams),
        note="fewest, one always on duty" if found.teams else never,
    )  # fmt: skip


def _cover(found: Judged) -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
    top = max(1, *(most for _, most in found.on_duty))
    rows = zip(*found.on_duty, strict=True)
    return tuple(
        (label, tuple((str(teams), teams * STEPS // top) for teams in row))
        for label, row in zip(("Fewest", "Most"), rows, strict=True)
    )


def _cover_words(found: Judged) -> str:
    begins = f"they begin on {listed(f'day {offset + 1}' for offset in found.offsets)}"
    if found.teams is None:
        return f"Teams on duty by hour where {begins} of the pattern."
    return f"Of {count(found.teams, 'team')} on duty by hour; {begins} of the pattern."


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
