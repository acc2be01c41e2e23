"""How fair it has been in a control room, from published and worked rosters and their outcomes.

Nothing is kept here: the book of the past is what people worked, what was published where that is
not known, and what came of their wishes. Every verb takes the transaction of its caller.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np

from app.db.transaction import Reading
from app.fairness.series import (
    Stretch,
    begin_of,
    by_round,
    nights_closed,
    outside,
    spans_of,
    stacked,
    weekly_by_day,
    weekly_on,
    worked_of,
)
from app.fairness.values import Carried, Past, RoomFairness, RoundSpread, Standing
from app.forecasts import service as forecasts
from app.leave import service as leave
from app.people import service as people
from app.preferences import service as preferences
from app.rulebooks import service as rulebooks
from app.web.http.csv_texts import harmless
from rostering.fairness.burdens import CHRISTMAS, Floats, carried, shares
from rostering.fairness.portion import BURDENS, DATED, Burden
from rostering.fairness.satisfaction import Ints, Memory, satisfaction
from rostering.rulebooks.fairness import wish_memory
from rostering.rules.fair_shares import FairShares

__all__ = [
    "Carried",
    "Past",
    "RoomFairness",
    "RoundSpread",
    "Standing",
    "christmas_and_holidays",
    "csv_text",
    "fairness",
    "fairness_now",
]

SHOWN_ROUNDS = 12
"""Rounds that are read back: a year of those of four weeks and of what is remembered of them."""

ABSENT = frozenset({"absent"})
LEFT_OUT = frozenset({"absent", "leave"})
"""Absence in which no burden can be carried. Leave does not excuse from public holidays: it is how
people come to have them off."""


DATED_ROWS = [row for row, burden in enumerate(BURDENS) if burden in DATED]


def fairness(reading: Reading, room_id: UUID, before: date) -> RoomFairness:
    """How everybody stands who is in service on a day or joins later, by all days before it.

    Args:
        reading: the caller's.
        room_id: the control room.
        before: the first day that does not count.

    Raises:
        NotFound: when there is no such room.
    """
    room = people.room(reading, room_id)
    officers = tuple(
        each
        for each in people.everyone(reading, room_id)
        if each.details.left is None or each.details.left > before
    )
    books = rulebooks.in_force(reading, room_id, before)
    rule = next((rule for rule in books.rules if isinstance(rule, FairShares)), None)
    memory = wish_memory(books.officers.book)
    agreed = people.contracts_of(reading, room_id)
    weekly = [weekly_on(agreed.get(each.id, ()), _day_of(each, before)) for each in officers]
    past = _past(reading, room_id, before, officers, np.array(weekly, dtype=np.int64), memory)
    book = _Book.of(reading, room, officers, agreed, before, rule or FairShares())
    found, mine = book.found, book.share
    percents = past.percents(past.to_come)
    standings = tuple(
        Standing(
            officer=officer,
            weekly_minutes=weekly[place],
            asked=int(past.asked[-_back(memory) :, place].sum()),
            met=int(past.met[-_back(memory) :, place].sum()),
            satisfied=float(past.found.plain[place]) if past.found.is_known[place] else None,
            percent=int(percents[place]),
            burdens=tuple(
                Carried(
                    burden,
                    float(found[row, place]) / _unit(burden),
                    float(mine[row, place]) / _unit(burden),
                    bool(book.hours[row, place] > 0),
                )
                for row, burden in enumerate(BURDENS)
            ),
        )
        for place, officer in enumerate(officers)
    )
    return RoomFairness(before, book.since, book.holidays_since, rule, past, standings)


def fairness_now(reading: Reading, room_id: UUID) -> RoomFairness:
    """How everybody stands at the room's present.

    Raises:
        NotFound: when there is no such room.
    """
    room = people.room(reading, room_id)
    now = preferences.present(reading, room_id)
    return fairness(reading, room_id, now.astimezone(ZoneInfo(room.zone)).date())


def csv_text(found: RoomFairness) -> str:
    """How everybody stands as CSV, a row a person; hours where a burden is one of hours."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    figures = [f"{burden}_{part}" for burden in BURDENS for part in ("worked", "share", "over")]
    writer.writerow(
        ["number", "name", "asked_points", "met_points", "satisfied", "wish_percent", *figures]
    )
    for each in found.standings:
        details = each.officer.details
        satisfied = "" if each.satisfied is None else f"{each.satisfied:.4f}"
        amounts = [
            f"{value:.2f}" for part in each.burdens for value in (part.found, part.share, part.over)
        ]
        texts = [harmless(details.number), harmless(details.name)]
        writer.writerow([*texts, each.asked, each.met, satisfied, each.percent, *amounts])
    return out.getvalue()


def christmas_and_holidays(
    reading: Reading, room_id: UUID, first: date, last: date
) -> tuple[frozenset[date], frozenset[date]]:
    """Days of Christmas, and public holidays other than those, from a day to another."""
    named = frozenset(forecasts.public_holidays(reading, room_id, first, last))
    christmas = frozenset(
        day
        for year in range(first.year, last.year + 1)
        for each in CHRISTMAS
        if first <= (day := date(year, *each)) <= last
    )
    return christmas, named - christmas


# --- wishes -------------------------------------------------------------------------------------


def _past(
    reading: Reading,
    room_id: UUID,
    before: date,
    officers: Sequence[people.Officer],
    weekly: Ints,
    memory: Memory | None,
) -> Past:
    """The rounds that ended before a day, and what is asked in the one that comes next."""
    everything = preferences.rounds(reading, room_id)
    behind = [each for each in everything if each.answered_at and each.details.last_day < before]
    back = max(SHOWN_ROUNDS, _back(memory))
    rounds = tuple(sorted(behind, key=lambda each: each.first_day)[-back:])
    ahead = [each for each in everything if each.details.last_day >= before]
    next_one = min(ahead, key=lambda each: each.first_day, default=None)
    ids = [each.id for each in rounds]
    found = preferences.points(reading, room_id, [*ids, *([next_one.id] if next_one else [])])
    places = {officer.id: place for place, officer in enumerate(officers)}
    asked, met = (by_round(found, ids, places, what) for what in ("decided", "met"))
    to_come = np.zeros(len(officers), dtype=np.int64)
    if next_one is not None:
        to_come = by_round(found, [next_one.id], places, "asked")[0]
    remembered = satisfaction(asked, met, weekly, memory or Memory())
    return Past(rounds, asked, met, weekly, memory, remembered, to_come)


def _back(memory: Memory | None) -> int:
    return (memory or Memory()).periods


def _day_of(officer: people.Officer, before: date) -> date:
    """The day on which somebody's contract is looked at: later for whoever joins later."""
    return max(before, officer.details.started)


def _unit(burden: Burden) -> int:
    """Of what is counted, how much is one."""
    return 60 if burden == "unsocial_hours" else 1


# --- burdens ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Book:
    """What was carried, whose share it was, and the time that shares go by.

    Attributes:
        found, share, hours: by burden and officer, shape (burdens, officers); unsocial hours in
            minutes.
    """

    since: date | None
    holidays_since: date | None
    found: Ints
    share: Floats
    hours: Floats

    @classmethod
    def of(
        cls,
        reading: Reading,
        room: people.Room,
        officers: Sequence[people.Officer],
        agreed: Mapping[UUID, Sequence[people.Contract]],
        before: date,
        rule: FairShares,
    ) -> _Book:
        """Read back over the weeks and the years of the rule."""
        span = _Span(before, rule, room)
        known = span.known(reading)
        since = max(span.weeks_ago, known) if known else None
        dated_since = max(span.years_ago, known) if known else None
        christmas, holidays = (
            christmas_and_holidays(reading, room.id, dated_since, before - timedelta(days=1))
            if dated_since and dated_since < before
            else (frozenset[date](), frozenset[date]())
        )
        places = {officer.id: place for place, officer in enumerate(officers)}
        year = span.times(reading, span.since(since))
        dated = span.times(reading, spans_of(sorted(christmas | holidays), room.zone))
        count = len(officers), room.zone
        found = carried(worked_of(year, places, rule.kind), *count, (), rule.unsocial)
        on_days = carried(worked_of(dated, places, rule.kind), *count, holidays, rule.unsocial)
        found[DATED_ROWS] = on_days[DATED_ROWS]
        hours = _Time(reading, room.id, officers, agreed, span, rule.kind).by_burden(
            since, (dated_since, sorted(holidays), sorted(christmas))
        )
        return cls(since, dated_since, found, shares(found, hours), hours)


@dataclass(frozen=True)
class _Span:
    """The stretches of time that are looked back on."""

    before: date
    rule: FairShares
    room: people.Room

    @property
    def weeks_ago(self) -> date:
        """First day of the weeks of the rule."""
        return self.before - timedelta(weeks=self.rule.weeks)

    @property
    def years_ago(self) -> date:
        """First day of the years of the rule, the longer of the two."""
        return min(self.before - timedelta(days=365 * self.rule.years), self.weeks_ago)

    def known(self, reading: Reading) -> date | None:
        """First day on which anybody has a shift."""
        told = [self._reach(reading, state) for state in ("worked", "published")]
        zone = ZoneInfo(self.room.zone)
        return min((each.start.astimezone(zone).date() for each in told if each), default=None)

    def since(self, day: date | None) -> tuple[people.Span, ...]:
        """The stretch from a day on, if there is one."""
        return () if day is None else (self._from(day),)

    def times(
        self, reading: Reading, spans: Sequence[people.Span]
    ) -> tuple[people.ShiftTimes, people.ShiftTimes]:
        """What was worked in some stretches, and where that is not known what was published."""
        rest = outside(spans, self._reach(reading, "worked"))
        worked = people.history_times(reading, self.room.id, "worked", spans)
        return worked, people.history_times(reading, self.room.id, "published", rest)

    def _reach(self, reading: Reading, state: people.ShiftState) -> people.Span | None:
        return people.history_reach(reading, self.room.id, state, self._from(self.years_ago))

    def _from(self, day: date) -> people.Span:
        return people.Span(begin_of(day, self.room.zone), begin_of(self.before, self.room.zone))


class _Time:
    """The contracted time of officers in which they could carry burdens."""

    def __init__(
        self,
        reading: Reading,
        room_id: UUID,
        officers: Sequence[people.Officer],
        agreed: Mapping[UUID, Sequence[people.Contract]],
        span: _Span,
        night: str,
    ) -> None:
        self._officers, self._agreed, self._span, self._night = officers, agreed, span, night
        self._terms = people.terms_of(reading, room_id)
        last = span.before - timedelta(days=1)
        self._away: dict[UUID, list[tuple[str, Stretch]]] = defaultdict(list)
        for each in leave.whole_days_of(reading, room_id, span.years_ago, last):
            if each.details.kind in LEFT_OUT:
                stretch = each.details.first, each.details.last
                self._away[each.officer_id].append((each.details.kind, stretch))

    def by_burden(
        self, since: date | None, dated: tuple[date | None, Sequence[date], Sequence[date]]
    ) -> Floats:
        """Time by burden and officer, shape (burdens, officers)."""
        one, nights = self._all(since)
        return stacked(one, nights, np.stack([self._on(dated[0], each) for each in dated[1:]]))

    def _all(self, since: date | None) -> tuple[Floats, Floats]:
        first = since or self._span.before
        days = (self._span.before - first).days
        one, nights = np.zeros(len(self._officers)), np.zeros(len(self._officers))
        for place, officer in enumerate(self._officers):
            weekly = self._weekly(officer, LEFT_OUT, first, days)
            closed = nights_closed(self._terms.get(officer.id, ()), self._night, first, days)
            one[place], nights[place] = weekly.sum(), weekly[~closed].sum()
        return one, nights

    def _on(self, since: date | None, dates: Sequence[date]) -> Floats:
        first = since or self._span.before
        days = (self._span.before - first).days
        places = [(day - first).days for day in dates]
        return np.array(
            [self._weekly(each, ABSENT, first, days)[places].sum() for each in self._officers],
            dtype=np.float64,
        )

    def _weekly(
        self, officer: people.Officer, kinds: frozenset[str], first: date, days: int
    ) -> Ints:
        away = [stretch for kind, stretch in self._away[officer.id] if kind in kinds]
        return weekly_by_day(officer, self._agreed.get(officer.id, ()), away, first, days)
