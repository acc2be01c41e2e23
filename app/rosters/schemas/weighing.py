"""What is weighed in rosters, and what they cost, as JSON."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from app.rosters.service import DialHere, Weighed
from app.web.http.schema import Answer
from rostering.dials import AS_SET, Level
from rostering.prices import Counts, DialPrice, Item, RulePrice, TeamPrice
from rostering.rules.base import Dial


class DialAnswer(Answer):
    """A dial: what it is, where it may stand, where it stands unasked, and what it meant last.

    Each level multiplies the prices of the rulebook: off by 0, little by a half, as_set by 1, much
    by 2, most by 4. `meant` is of the roster named beside the list.
    """

    dial: Dial
    title: str
    words: str
    levels: tuple[Level, ...]
    level: Level
    meant: tuple[str, ...]


class DialList(Answer):
    """The dials of a room; `roster_id` is the roster that tells what they meant, or null."""

    roster_id: UUID | None
    dials: tuple[DialAnswer, ...]

    @classmethod
    def of(cls, last: Weighed | None, found: tuple[DialHere, ...]) -> DialList:
        """The dials of a room."""
        dials = tuple(map(DialAnswer.model_validate, found))
        return cls(roster_id=last.roster.id if last else None, dials=dials)


class RulePriceAnswer(Answer):
    """What a rule cost: `points` at the roster's prices, `as_set` at those of the rulebook."""

    rule: str
    title: str
    unit: str
    times: int
    points: int
    as_set: int

    @classmethod
    def of(cls, price: RulePrice) -> RulePriceAnswer:
        """The price of a rule."""
        said = {name: getattr(price, name) for name in ("title", "unit", "times", "points")}
        return cls(rule=price.code, as_set=price.as_set, **said)


class DialPriceAnswer(Answer):
    """What everything that a dial turns cost; a null dial is what none turns."""

    dial: Dial | None
    level: Level
    points: int
    as_set: int
    meant: tuple[str, ...]
    rules: tuple[RulePriceAnswer, ...]

    @classmethod
    def of(cls, price: DialPrice, of: Weighed) -> DialPriceAnswer:
        """The price of a dial."""
        held, meant = of.prices.levels, of.meant
        return cls(
            dial=price.dial,
            level=held.get(price.dial, AS_SET) if price.dial else AS_SET,
            points=price.points,
            as_set=price.as_set,
            meant=meant.get(price.dial, ()) if price.dial else (),
            rules=tuple(map(RulePriceAnswer.of, price.rules)),
        )


class CountsAnswer(Answer):
    """A roster in natural units.

    `company` are days on which somebody would like a colleague's company, or none of it; `soon` and
    `late` are changes with fewer clear days of notice than the two bands of the rulebook.
    """

    short_minutes: int
    wishes: int
    wishes_met: int
    long_wishes: int
    long_met: int
    company: int
    company_met: int
    told: int
    changed: int
    soon: int
    late: int
    rests_taken: int

    @classmethod
    def of(cls, counts: Counts) -> CountsAnswer:
        """The counts of a roster."""
        return cls(**{name: getattr(counts, name) for name in cls.model_fields})


class DearAnswer(Answer):
    """One of the dearest things: what it is, and whom and which day it is about."""

    points: int
    words: str
    rule: str
    officer_id: UUID | None
    day: date | None

    @classmethod
    def of(cls, item: Item, first_day: date) -> DearAnswer:
        """One thing that costs points."""
        return cls(
            points=item.points,
            words=item.words,
            rule=item.code,
            officer_id=UUID(item.officer) if item.officer else None,
            day=None if item.day is None else first_day + timedelta(days=item.day),
        )


class TeamPriceAnswer(Answer):
    """What the lines of a team cost; a null team is of those who are in none."""

    team: str | None
    people: int
    points: int
    wishes: int
    wishes_met: int

    @classmethod
    def of(cls, team: TeamPrice) -> TeamPriceAnswer:
        """The price of a team."""
        said = {name: getattr(team, name) for name in ("people", "points", "wishes", "wishes_met")}
        return cls(team=team.name or None, **said)


class DialPair(Answer):
    """What one dial turns cost in two rosters, both at the prices of the rulebook.

    The levels are those that the rosters were made with; a null dial is what none turns.
    """

    dial: Dial | None
    one: int
    other: int
    one_level: Level
    other_level: Level


def dial_pairs(one: Weighed, other: Weighed) -> tuple[DialPair, ...]:
    """The costs of two rosters dial by dial."""
    dials = dict.fromkeys(each.dial for side in (one, other) for each in side.prices.dials)
    return tuple(
        DialPair(
            dial=dial,
            one=one.prices.of(dial).as_set,
            other=other.prices.of(dial).as_set,
            one_level=one.prices.levels.get(dial, AS_SET) if dial else AS_SET,
            other_level=other.prices.levels.get(dial, AS_SET) if dial else AS_SET,
        )
        for dial in dials
    )


class PriceListAnswer(Answer):
    """What a roster cost.

    `points` add up to its objective; where a dial stands at `little`, everything else counts
    `scale` times, so that points stay whole. `as_set` are the points at the prices of the rulebook,
    by which rosters made with different dials compare. `by_day` begins with the first day, and
    `of_no_day` is what is about no single one. `more_late_calls` are calls expected late or lost
    beyond those with the need met; null where the requirement says nothing of calls.
    """

    roster_id: UUID
    version: int
    points: int
    as_set: int
    scale: int
    more_late_calls: float | None
    counts: CountsAnswer
    dials: tuple[DialPriceAnswer, ...]
    dearest: tuple[DearAnswer, ...]
    teams: tuple[TeamPriceAnswer, ...]
    by_day: tuple[int, ...]
    of_no_day: int

    @classmethod
    def of(cls, found: Weighed) -> PriceListAnswer:
        """The price list of a roster."""
        prices = found.prices
        return cls(
            roster_id=found.roster.id,
            version=found.roster.version,
            points=prices.points,
            as_set=prices.as_set,
            scale=prices.scale,
            more_late_calls=found.more_late,
            counts=CountsAnswer.of(prices.counts),
            dials=tuple(DialPriceAnswer.of(each, found) for each in prices.dials),
            dearest=tuple(DearAnswer.of(each, found.roster.first_day) for each in prices.dearest),
            teams=tuple(map(TeamPriceAnswer.of, prices.teams)),
            by_day=prices.by_day,
            of_no_day=prices.of_no_day,
        )
