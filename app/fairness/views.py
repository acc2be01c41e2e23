"""How fair it has been, laid out for pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.fairness.service import Carried, RoomFairness, RoundSpread, Standing
from app.web.charts.rounds import Rounds, rounds_chart
from app.web.views.bars import Bar, Bars, along
from app.web.words import count, date_year, listed, number, percent, period_words
from rostering.fairness.portion import Burden
from rostering.fairness.spread import Spread

TITLES: dict[Burden, str] = {
    "nights": "Nights",
    "weekends": "Weekends",
    "unsocial_hours": "Unsocial hours",
    "public_holidays": "Public holidays",
    "christmas": "Christmas",
}

UNITS: dict[Burden, tuple[str, str]] = {
    "nights": ("night", "nights"),
    "weekends": ("weekend", "weekends"),
    "unsocial_hours": ("unsocial hour", "unsocial hours"),
    "public_holidays": ("public holiday", "public holidays"),
    "christmas": ("shift at Christmas", "shifts at Christmas"),
}
"""One of each, and more than one."""

FIRST_ROWS = 12
"""Bars that are seen at once, those who were given least; the others are folded."""

WHOLE = 50
"""From here on amounts are told in whole ones."""

WITHIN = 0.5
"""Of a unit: so little over or under is neither."""


@dataclass(frozen=True, slots=True)
class BurdenRow:
    """One person: what they carried of each burden, and what of it is over or under."""

    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FairnessView:
    """The page of a room.

    Attributes:
        answer: how fair it has been, in sentences.
        least: who was given least of what they asked, as bars; None where nobody asked.
        others: the others.
        silent: who asked for nothing, in a sentence; may be empty.
        chart: the spread by round; None without a round.
        rounds: the same as rows of a table, the newest first.
        weighing: how wishes weigh because of it.
        burdens: a row a person, who is farthest over their share of nights first.
        counted: of what days burdens are counted.
    """

    answer: str
    least: Bars | None
    others: Bars | None
    silent: str
    chart: Rounds | None
    rounds: tuple[tuple[str, ...], ...]
    weighing: str
    burdens: tuple[BurdenRow, ...]
    counted: str


def room_view(found: RoomFairness) -> FairnessView:
    """Everybody in service."""
    asked = sorted(
        (each for each in found.standings if each.satisfied is not None),
        key=lambda each: (each.satisfied or 0.0, each.officer.details.name),
    )
    silent = len(found.standings) - len(asked)
    spreads = found.past.spreads()
    return FairnessView(
        answer=" ".join(_answer(found)),
        least=_bars(found, asked[:FIRST_ROWS]),
        others=_bars(found, asked[FIRST_ROWS:]),
        silent=f"{count(silent, 'person', 'people')} asked for nothing in these rounds."
        if asked and silent
        else "",
        chart=rounds_chart([(_short(each), _of(each.alone), _of(each.so_far)) for each in spreads]),
        rounds=tuple(_round_row(each) for each in reversed(spreads)),
        weighing=_weighing(found),
        burdens=tuple(
            BurdenRow(each.officer.details.name, tuple(_cells(each)))
            for each in sorted(found.standings, key=_nights_over)
        ),
        counted=counted_words(found),
    )


def _answer(found: RoomFairness) -> Iterator[str]:
    even = found.past.even
    if even is None:
        yield "No round of wishes has been answered yet, so every wish counts for its points."
    else:
        yield (
            f"Over {_rounds_words(found)} {percent(even.mean, 0)} of what people asked "
            f"for was met: from {percent(even.least, 0)} to {percent(even.most, 0)}, with a spread "
            f"of {number(100 * even.deviation)} points of per cent."
        )
    if found.since is None:
        yield "No shifts are known, so nobody owes a night, a weekend or a holiday."
    elif farthest := _farthest(found.standings):
        yield farthest


def _farthest(standings: Sequence[Standing]) -> str:
    """Who is farthest over their share of nights, in a sentence; empty where nobody is."""
    over = [
        (part.over, each.officer.details.name)
        for each in standings
        for part in each.burdens
        if part.burden == "nights" and part.over > 1
    ]
    if not over:
        return "Nobody has a night more than their share."
    most, name = max(over)
    others = count(len(over), "person has", "people have")
    return (
        f"{others} more than one night over their share; the farthest over is {name}, with "
        f"{amount(most)}."
    )


def _bars(found: RoomFairness, standings: Sequence[Standing]) -> Bars | None:
    if not standings:
        return None
    return Bars(
        caption="What people asked for and were given",
        heads=("Name", "Points met of those asked", "Met"),
        rows=tuple(
            Bar(
                label=each.officer.details.name,
                value=percent(each.satisfied or 0.0, 0),
                x=0.0,
                width=along(each.satisfied or 0.0),
                note=f"{each.met} of {count(each.asked, 'point')}; a wish counts "
                f"{times(each.percent)}",
            )
            for each in standings
        ),
        mark=along(found.past.found.mean),
        kind="mean",
    )


def _round_row(each: RoundSpread) -> tuple[str, ...]:
    period = period_words(each.asked.first_day, each.asked.details.last_day)
    return (period, *_figures(each.alone), *_figures(each.so_far))


def _figures(found: Spread | None) -> tuple[str, ...]:
    if found is None:
        return ("", "", "", "")
    return (
        percent(found.mean, 0),
        f"{percent(found.least, 0)} to {percent(found.most, 0)}",
        number(100 * found.deviation, 1),
        number(found.jain, 3),
    )


def _of(found: Spread | None) -> tuple[float, float] | None:
    return None if found is None else (found.mean, found.deviation)


def _short(each: RoundSpread) -> str:
    return f"{each.asked.first_day.day} {each.asked.first_day:%b %Y}"


def _weighing(found: RoomFairness) -> str:
    memory = found.past.memory
    if memory is None:
        return "Each round stands by itself in this force: a wish counts for its points."
    return (
        f"Whoever was given less weighs more in the next roster: a wish counts twice "
        f"{number(100 * memory.double_at)} points of per cent below the mean, between "
        f"{times(memory.least_percent)} and {times(memory.most_percent)}, and all wishes together "
        f"for as much as before. A round counts {number(100 * memory.fade)} % of the one after it, "
        f"over {count(memory.periods, 'round')}."
    )


def counted_words(found: RoomFairness) -> str:
    """Of what days burdens are counted, and how shares are found."""
    if found.since is None or found.rule is None:
        return "Nights, weekends, unsocial hours and holidays are counted once shifts are known."
    holidays = found.holidays_since or found.since
    return (
        f"Counted from {date_year(found.since)}, public holidays and Christmas from "
        f"{date_year(holidays)}, to the day before {date_year(found.before)}. A share goes by "
        "contracted hours over the days of service, without leave and other absence; leave does "
        "not excuse from public holidays and Christmas. Nights are shared by those who can work "
        "them."
    )


def _nights_over(each: Standing) -> tuple[float, str]:
    nights = next(part for part in each.burdens if part.burden == "nights")
    return -nights.over, each.officer.details.name


def _cells(each: Standing) -> Iterator[str]:
    for part in each.burdens:
        yield amount(part.found)
        yield _over_words(part) if part.has_part else "no part"


def _over_words(part: Carried) -> str:
    """Such as `+3.6`, or `−2`; within half a unit `fair`."""
    if abs(part.over) <= WITHIN:
        return "fair"
    return f"{'+' if part.over > 0 else ''}{amount(part.over)}"


def amount(value: float) -> str:
    """An amount of a burden, with a decimal where it is small and has one."""
    return number(value, 0 if abs(value) >= WHOLE else 1).removesuffix(".0")


def times(percents: int) -> str:
    """What a wish counts for, such as `1.3 ×`."""
    return f"{percents / 100:.1f}".removesuffix(".0") + " ×"


def _rounds_words(found: RoomFairness) -> str:
    """Such as `the last 3 rounds`."""
    number_of = _looked_back(found)
    return "the last round" if number_of == 1 else f"the last {number_of} rounds"


def _looked_back(found: RoomFairness) -> int:
    rounds, memory = len(found.past.rounds), found.past.memory
    return rounds if memory is None else min(rounds, memory.periods)


# --- the officer's own --------------------------------------------------------------------------


def own_answer(found: RoomFairness, mine: Standing | None) -> str:
    """What the officer's wishes count for, and why; it names nobody else."""
    if mine is None:
        return "You are not in service, so nothing is counted."
    if found.past.memory is None:
        return "Each round of wishes stands by itself: a wish counts for its points."
    if not found.past.rounds:
        return "No round of wishes has been answered yet, so every wish counts for its points."
    rounds = f"in {_rounds_words(found)}"
    if mine.satisfied is None:
        return f"You asked for nothing {rounds}, so your wishes count for {times(mine.percent)}."
    return (
        f"Your wishes count for {times(mine.percent)} in the next round, because "
        f"{percent(mine.satisfied, 0)} of what you asked for was met {rounds}, beside "
        f"{percent(found.past.found.mean, 0)} on average."
    )


def own_facts(mine: Standing) -> list[tuple[str, str]]:
    """What the officer carried of each burden, and what a fair share is."""
    return [(TITLES[part.burden], " ".join(_own_words(part))) for part in mine.burdens]


def _own_words(part: Carried) -> Iterator[str]:
    yield f"{amount(part.found)} worked."
    if not part.has_part:
        yield "You have no part in these."
        return
    yield f"A fair share is {amount(part.share)}."
    if part.over > WITHIN:
        yield f"You have carried {amount(part.over)} more."
    elif part.over < -WITHIN:
        yield f"You have carried {amount(-part.over)} fewer."


def burden_heads() -> list[tuple[str, str]]:
    """Heads of the table of burdens: each with what is over it or under."""
    return [("Name", "")] + [
        head for title in TITLES.values() for head in ((title, "n"), ("over or under", "n"))
    ]


def burden_names() -> str:
    """The burdens in a sentence."""
    return listed(many for _, many in UNITS.values())
