"""Categories of a queue's calls laid out: what they are about, what grows, when, and by day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import NormalDist

import numpy as np

from app.demand.service import Category
from app.forecasts.service import CategoryDays, Floats
from app.forecasts.views.week import HeatRow, heat_rows
from app.web.views.bars import Bar, Bars, along, signed_places
from app.web.words import count, day_words, listed, number, percent, period_words, short_day
from forecasting.categories import REST, shared_out
from forecasting.category_changes import Change
from forecasting.event_file import WEEKDAYS

MOST_COLUMNS = 8
"""Categories told day by day: the others stand together; the file has each."""

CHANGE_WEEKS = 12
"""Weeks over which a category is said to grow or to fall."""

MOST_NAMED = 3
"""Categories named in the first sentence."""

SURE = NormalDist().inv_cdf(0.975)
"""Standard errors in half the interval of a change."""

FLAT = 1.25
"""Times the share at the least hour, up to which all hours of a category are called alike."""

Row = tuple[str, ...]


def called(name: str) -> str:
    """A category in the middle of a sentence or at a head."""
    return name or "Not categorised"


@dataclass(frozen=True, eq=False, slots=True)
class Mix:
    """How the calls of some coming days divide, the largest category first, calls of none last.

    Attributes:
        queue: its name.
        days: the local days, d of them.
        names: of the categories that have any calls.
        mean, low, high: calls of each by day, and between what 8 in 10 counts lie, shape (k, d).
        hours: share of each by hour of the week, shape (k, 168).
    """

    queue: str
    days: tuple[date, ...]
    names: tuple[str, ...]
    mean: Floats
    low: Floats
    high: Floats
    hours: Floats

    @classmethod
    def of(cls, queue: str, said: CategoryDays, first: date, days: int) -> Mix:
        """Those of the forecast that begin with a day, or with its first where that has passed.

        Args:
            queue: its name.
            said: what the forecast says.
            first: the first day wanted.
            days: how many, at most.
        """
        begin = next((at for at, day in enumerate(said.days) if day >= first), 0)
        part = slice(begin, begin + days)
        totals = said.mean[:, part].sum(axis=1)
        last = len(said.names) - 1
        order = [*sorted(range(last), key=lambda at: -totals[at]), last]
        order = [at for at in order if totals[at] > 0]
        return cls(
            queue,
            said.days[part],
            tuple(said.names[at] for at in order),
            said.mean[order, part],
            said.low[order, part],
            said.high[order, part],
            said.shares[order],
        )

    @property
    def totals(self) -> Floats:
        """Calls of each category on all days, shape (k,)."""
        return np.asarray(self.mean.sum(axis=1))

    @property
    def shares(self) -> Floats:
        """Share of each category of the calls of all days, shape (k,)."""
        return np.asarray(self.totals / self.totals.sum())

    @property
    def period(self) -> str:
        """The days in words."""
        return period_words(self.days[0], self.days[-1])


def answer(mix: Mix) -> str:
    """What the calls of the coming days are about, in a sentence."""
    named = [
        f"{name} {percent(share, 0)}"
        for name, share in zip(mix.names, mix.shares, strict=True)
        if name != REST
    ]
    told = named[:MOST_NAMED]
    if len(named) > MOST_NAMED:
        smaller = count(len(named) - MOST_NAMED, "smaller category", "smaller categories")
        told.append(f"{smaller} {percent(float(mix.shares[MOST_NAMED : len(named)].sum()), 0)}")
    if REST in mix.names and round(100 * mix.shares[-1]):
        told.append(f"{called(REST).lower()} {percent(mix.shares[-1], 0)}")
    whole = number(float(mix.totals.sum()))
    return f"About {whole} calls to {mix.queue} from {mix.period}: {', '.join(told)}."


def share_bars(mix: Mix) -> Bars:
    """How large a part of the calls each category is."""
    calls = shared_out(mix.totals[:, None], np.rint(mix.totals.sum(keepdims=True)).astype(int))
    most = float(mix.shares.max())
    return Bars(
        f"What calls to {mix.queue} are about, {mix.period}",
        ("Category", "Share of calls", "Share"),
        tuple(
            Bar(
                called(name),
                _share(share),
                0.0,
                along(share / most),
                note=f"about {count(int(own), 'call')}",
            )
            for name, share, (own,) in zip(mix.names, mix.shares, calls, strict=True)
        ),
    )


@dataclass(frozen=True, slots=True)
class Moves:
    """What grows and what falls of a queue's categories.

    Attributes:
        brief: which do, in a sentence or two; "" where none clearly does.
        words: each that does, in a sentence, then the others.
        bars: how each share has changed; None where it is not told yet.
    """

    brief: str
    words: tuple[str, ...]
    bars: Bars | None


def moves(found: Sequence[Change], weeks: int) -> Moves:
    """What clearly grows or falls, and by how much.

    So that not one of many categories is said to change by chance alone, the more there are the
    surer each must be (Bonferroni).

    Args:
        found: the changes of a queue's categories, the surest first.
        weeks: whole weeks of counts by category.
    """
    if not found:
        need = CHANGE_WEEKS + 4
        had = f"there {'is' if weeks == 1 else 'are'} {count(weeks, 'week')}"
        none = f"What grows or falls is told from {need} weeks of counts by category on; {had}."
        return Moves("", (none,), None)
    wider = NormalDist().inv_cdf(1 - 0.025 / len(found)) / SURE
    clear = [(each, half) for each in found if abs(_step(each)) > (half := wider * _half(each))]
    changed = [each for each, _ in clear]
    steady = [called(each.name) for each in found if each not in changed]
    words = [_changed(*each) for each in clear]
    if not clear:
        words.append(f"No category clearly grows or falls over the last {CHANGE_WEEKS} weeks.")
    elif steady:
        words.append(f"No clear change: {', '.join(steady)}.")
    groups = (
        ("Growing", [each for each in changed if _step(each) > 0]),
        ("Falling", [each for each in changed if _step(each) < 0]),
    )
    brief = (f"{head}: {listed(called(e.name) for e in some)}." for head, some in groups if some)
    return Moves(" ".join(brief), tuple(words), _change_bars(found, changed))


def _step(each: Change) -> float:
    return each.now - each.before


def _half(each: Change) -> float:
    return (each.high - each.low) / 2


def _changed(each: Change, half: float) -> str:
    if not each.now:
        share = percent(each.before)
        return f"{called(each.name)} has ended: it was {share} of calls {CHANGE_WEEKS} weeks ago."
    if not each.before:
        share = percent(each.now)
        return f"{called(each.name)} is new: {share} of calls in the last 4 weeks."
    step = abs(_step(each))
    least, most = (number(100 * value, 1) for value in (step - half, step + half))
    verb, more = ("grows", "more") if _step(each) > 0 else ("falls", "fewer")
    return (
        f"{called(each.name)} {verb}: from {percent(each.before)} of calls to "
        f"{percent(each.now)} in {CHANGE_WEEKS} weeks, that is {least} to {most} {more} in each "
        "100 calls."
    )


def _change_bars(found: Sequence[Change], clear: Sequence[Change]) -> Bars:
    """Changes on both sides of none, those that grow most first."""
    told = sorted(found, key=_step, reverse=True)
    zero, places = signed_places([_step(each) for each in told])
    return Bars(
        f"Change of each category over {CHANGE_WEEKS} weeks, in each 100 calls",
        ("Category", "Fewer or more", "In 100 calls"),
        tuple(
            Bar(
                called(each.name),
                f"{'+' if _step(each) > 0 else ''}{number(100 * _step(each), 1)}",
                x,
                width,
                note="" if each in clear else "no clear change",
            )
            for each, (x, width) in zip(told, places, strict=True)
        ),
        zero,
        "zero",
    )


def hour_words(mix: Mix, at: int) -> str:
    """When a category is most and least of the calls, in a sentence."""
    hours = mix.hours[at]
    name, share = called(mix.names[at]), _share(mix.shares[at])
    if hours.max() < FLAT * hours.min():
        return f"{name}: about {share} of calls at every hour."
    most, least = (_hour(int(place)) for place in (np.argmax(hours), np.argmin(hours)))
    return (
        f"{name}: {share} of calls over these days, most on {most} ({_share(hours.max())}), "
        f"least on {least} ({_share(hours.min())})."
    )


def _share(share: float) -> str:
    """A share, with a decimal where it is small."""
    return percent(share, 0 if share >= 0.1 else 1)


def _hour(place: int) -> str:
    day, hour = divmod(place, 24)
    return f"{WEEKDAYS[day]} from {hour:02d}:00"


def heat_caption(mix: Mix, at: int) -> str:
    """What the heat map says."""
    return f"{called(mix.names[at])}: per cent of the calls to {mix.queue} by weekday and hour"


def hour_heat(mix: Mix, at: int) -> list[HeatRow]:
    """Share of a category by weekday and hour, per cent."""
    return heat_rows(100 * mix.hours[at].reshape(7, 24))


@dataclass(frozen=True, slots=True)
class DayTable:
    """Calls of each category by day; those of a row add up to its last figure.

    Attributes:
        columns: heads, with "n" over figures.
        rows: a day each.
    """

    columns: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]


def day_table(mix: Mix) -> DayTable:
    """The coming days: calls of each category, in brackets between what 8 in 10 counts lie."""
    wholes = np.rint(mix.mean.sum(axis=0)).astype(int)
    calls = shared_out(mix.mean, wholes)
    shown = list(range(len(mix.names)))
    others: list[int] = []
    if len(shown) > MOST_COLUMNS:
        last = [shown.pop()] if mix.names[-1] == REST else []
        others = shown[MOST_COLUMNS - 1 :]
        shown = [*shown[: MOST_COLUMNS - 1], *last]
    heads = [called(mix.names[at]) for at in shown]
    if others:
        heads.append(f"{len(others)} others")
    rows = []
    for day, whole in enumerate(wholes):
        cells = [
            f"{number(calls[at, day])} ({number(mix.low[at, day])}–{number(mix.high[at, day])})"
            for at in shown
        ]
        if others:
            cells.append(number(calls[others, day].sum()))
        rows.append((short_day(mix.days[day]), *cells, number(whole)))
    columns = (("Day", ""), *((head, "n") for head in (*heads, "All calls")))
    return DayTable(columns, tuple(rows))


@dataclass(frozen=True, slots=True)
class NameRow:
    """A category with the form that changes it.

    Attributes:
        category: as it is kept.
        words: what happens to it, in a sentence; "" where nothing does.
        name, within, hidden: what the form is filled with.
        options: what it may be counted with, as values and words.
        is_open: whether the form is shown open.
    """

    category: Category
    words: str
    name: str
    within: str
    hidden: bool
    options: tuple[tuple[str, str], ...]
    is_open: bool


def name_rows(known: Sequence[Category], typed: Category | None = None) -> tuple[NameRow, ...]:
    """The categories of a queue with their forms.

    Args:
        known: they.
        typed: one as somebody wants it, which was refused.
    """
    names = {each.id: each.name for each in known}
    rows = []
    for each in known:
        filled = typed if typed is not None and typed.id == each.id else each
        others = [(str(e.id), e.name) for e in known if e.id != each.id and e.within is None]
        if each.within is not None and str(each.within) not in dict(others):
            others.append((str(each.within), names[each.within]))
        rows.append(
            NameRow(
                each,
                _kept_words(each, names.get(each.within) if each.within else None),
                filled.name,
                str(filled.within or ""),
                filled.hidden,
                (("", "Nothing: it stands by itself"), *others),
                filled is typed,
            )
        )
    return tuple(rows)


def _kept_words(each: Category, within: str | None) -> str:
    told = []
    if each.source != each.name:
        told.append(f"Comes in as {each.source}.")
    if within is not None:
        told.append(f"Counted with {within}.")
    if each.hidden:
        told.append("Hidden: its calls are shown as not categorised.")
    return " ".join(told)


def day_caption(mix: Mix) -> str:
    """What the table of days says."""
    first, last = (day_words(mix.days[at]) for at in (0, -1))
    return f"Calls to {mix.queue} by category, {first} to {last}"
