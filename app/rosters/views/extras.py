"""Extra work as pages show it: the plan, the order, and an officer's own part in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.preferences.service import ExtraOffer
from app.rosters.service import ExtraPlan, ExtraShift, why_words
from app.web.words import count, day_words, listed, person_hours, span_words
from rostering.extras import Extra, Ground, Had
from rostering.wish_words import WEEKDAYS
from rostering.words import hours_words

GROUNDS: Mapping[Ground, str] = {"welcome": "Welcome", "mandated": "Mandated"}

SHOWN = 40
"""People of the order that a page shows."""


@dataclass(frozen=True, slots=True)
class ExtraRow:
    """A proposed extra shift; `key` names it in a form."""

    key: str
    day: str
    shift: str
    name: str
    ground: str
    tone: str
    mends: str
    why: str
    passed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanView:
    """The plan of extra shifts of a roster.

    Attributes:
        good, trouble: the answer sentence: what holds, then what does not.
        rows: the proposed shifts.
        given: extra shifts that the roster has already, as cells of a table.
        order: whose turn it is, as cells of a table.
        more: how many come after those shown.
    """

    good: str
    trouble: str
    rows: tuple[ExtraRow, ...]
    given: tuple[tuple[str, ...], ...]
    order: tuple[tuple[str, ...], ...]
    more: int


def plan_view(plan: ExtraPlan, names: Mapping[UUID, str]) -> PlanView:
    """A plan with people by name."""
    good, trouble = _sentence(plan)
    problem = plan.desk.problem
    rows = tuple(
        ExtraRow(
            key=f"{each.officer} {problem.date_of(each.day)}",
            day=day_words(problem.date_of(each.day)),
            shift=each.shift,
            name=names[UUID(each.officer)],
            ground=GROUNDS[each.ground],
            tone="ok" if each.ground == "welcome" else "warn",
            mends=person_hours(each.mended / 60),
            why=why_words(each),
            passed=tuple(words for _, words in each.passed),
        )
        for each in plan.extras
    )
    given = tuple(
        (day_words(each.day), each.code, names.get(each.officer_id, ""), GROUNDS[each.ground])
        for each in plan.given
    )
    order = tuple(order_rows(plan.order, names))
    return PlanView(good, trouble, rows, given, order[:SHOWN], max(len(order) - SHOWN, 0))


def _sentence(plan: ExtraPlan) -> tuple[str, str]:
    missing = (plan.missing_before, plan.missing_after)
    before, after = (person_hours(minutes / 60) for minutes in missing)
    if not plan.missing_before:
        return "Nobody is missing: no extra work is needed.", ""
    if not plan.extras:
        return "", f"{before} are missing, and no lawful extra shift would mend enough of it."
    shifts = count(len(plan.extras), "extra shift")
    mended = f"{shifts} would bring what is missing from {before} to {after}."
    return f"{mended} {_whose(plan.extras)}", ""


def _whose(extras: Sequence[Extra]) -> str:
    """How many of the shifts are welcome, and how many would be mandated."""
    welcome = sum(each.ground == "welcome" for each in extras)
    told = len(extras) - welcome
    all_of_them = "It" if len(extras) == 1 else f"All {len(extras)}"
    if not told:
        return f"{all_of_them} would be welcome."
    if not welcome:
        return f"Nobody welcomes extra work then. {all_of_them} would be mandated, in turn."
    return f"{welcome} would be welcome, {told} mandated in turn."


def order_rows(order: Iterable[Had], names: Mapping[UUID, str]) -> Iterable[tuple[str, ...]]:
    """Whose turn it is to be mandated, as cells: place, name, hours, contract, and the last."""
    for place, each in enumerate(order, start=1):
        yield (
            str(place),
            names.get(UUID(each.officer), ""),
            hours_words(each.minutes) if each.minutes else "none",
            hours_words(each.weekly_minutes),
            day_words(each.last) if each.last else "never",
        )


@dataclass(frozen=True, slots=True)
class OfferCard:
    """Extra work that an officer welcomes."""

    id: UUID
    title: str
    words: str


def offer_card(offer: ExtraOffer) -> OfferCard:
    """An offer as its officer sees it."""
    said = offer.details
    days = listed([WEEKDAYS[day] for day in said.weekdays]) if said.weekdays else "any day"
    kinds = f"{listed(said.kinds, 'or')} shifts" if said.kinds else "any shift"
    return OfferCard(
        offer.id,
        f"Up to {hours_words(said.minutes)}, {span_words(said.from_day, said.until_day)}",
        f"{kinds[0].upper()}{kinds[1:]}, {days}",
    )


def own_words(place: int, people: int, mandated: int) -> str:
    """Whose turn it is, said to the officer."""
    if not place:
        return "You have no contract in force, so nobody can mandate you."
    had = f"{hours_words(mandated) if mandated else 'nothing'} mandated in the last year"
    return f"You have had {had}. Of {count(people, 'person', 'people')} you are number {place}."


def own_rows(shifts: Iterable[ExtraShift], today: date) -> tuple[tuple[str, ...], ...]:
    """An officer's extra shifts, the latest first, as cells of a table."""
    return tuple(
        (
            f"{day_words(each.day)} {each.day.year}",
            hours_words(each.minutes),
            GROUNDS[each.ground] if each.day < today else f"{GROUNDS[each.ground]}, to come",
            each.why,
        )
        for each in sorted(shifts, key=lambda shift: shift.day, reverse=True)
    )
