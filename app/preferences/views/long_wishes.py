"""Wishes about several days, in words and figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from app.preferences.service import Ask, Asks, LongWish, LongWishDetails, RoundDetails
from app.web.words import count, day_words, listed, span_words
from rostering.wish_words import WEEKDAYS, run_words, times_words
from rostering.wishes import RunWish

Tone = str
"""A tone of the kit: `ok`, `warn`, `short` or "" for quiet."""

ASKS: tuple[tuple[Ask, str, str], ...] = (
    ("off", "Days off", "Such as every weekend, or a week at home."),
    ("no_kind", "None of a kind of shift", "Such as no nights in one week."),
    ("kind", "Only some kinds of shift", "On days that you work."),
    ("times", "Times of start and finish", "Such as a start at 10:00 or later on Tuesdays."),
    ("work_run", "Days of work in a row", "Few at a time, or many."),
    ("rest_run", "Days off in a row", "At least so many together."),
    ("with", "To work with a colleague", "It counts once they have agreed."),
    ("apart", "Not to work with a colleague", "They are not told."),
)
"""What can be asked over several days: value of the radio button, its words and a hint."""

ASK_WORDS: Mapping[Ask, str] = {ask: words for ask, words, _ in ASKS}

Names = Mapping[UUID, str]
"""Names of officers by id."""


@dataclass(frozen=True, slots=True)
class LongCard:
    """One wish as a page shows it.

    Attributes:
        title: such as `Start at 10:00 or later on Tuesdays`.
        note: that it is standing, or waits for a colleague; or "".
        outcome: `Met`, `Met in part`, `Not met` or "" while unknown, with its tone.
        why: what goes against it, or "".
    """

    id: UUID
    version: int
    title: str
    points: int
    note: str
    outcome: str
    tone: Tone
    why: str


@dataclass(frozen=True, slots=True)
class CompanyCard:
    """A colleague's wish to work with the officer, and what was said of it."""

    id: UUID
    words: str
    agreed: bool | None


def wish_title(details: LongWishDetails, asked: RoundDetails, names: Names) -> str:
    """A wish as a title, such as `No night from 11 to 17 January`."""
    said = f"{_asked(details, names)}{_days(details, asked)}"
    return said[0].upper() + said[1:]


def _asked(details: LongWishDetails, names: Names) -> str:
    match details.ask:
        case "off":
            said = "off" if details.weekdays or details.first_day else "off in the whole period"
        case "no_kind":
            said = f"no {listed(details.kinds, 'or')}"
        case "kind":
            said = f"only {listed(details.kinds, 'or')} shifts"
        case "times":
            said = times_words(details.earliest, details.latest)
        case "work_run":
            said = run_words(RunWish(1, longest=details.most, shortest=details.fewest))
        case "rest_run":
            said = run_words(RunWish(1, "rest", shortest=details.fewest))
        case "with" | "apart":
            colleague = names.get(details.colleague_id or UUID(int=0), "a colleague")
            said = f"{'' if details.ask == 'with' else 'not '}to work with {colleague}"
    return said


def _days(details: LongWishDetails, asked: RoundDetails) -> str:
    said = ""
    if details.weekdays:
        said = f" on {listed([WEEKDAYS[day] for day in details.weekdays])}"
    if details.first_day or details.last_day:
        first = details.first_day or asked.first_day
        last = details.last_day or asked.last_day
        said += f" on {day_words(first)}" if first == last else f" from {span_words(first, last)}"
    return said


def long_card(wish: LongWish, asked: RoundDetails, names: Names) -> LongCard:
    """A wish as its officer sees it."""
    told = wish.outcome
    outcome, tone, why = "", "", ""
    if told is not None:
        kept = wish.points - told.lost
        outcome, tone = ("Met", "ok") if not told.lost else ("Met in part", "warn")
        if told.lost and not kept:
            outcome, tone = "Not met", "short"
        share = f"{kept} of {count(wish.points, 'point')} met. " if told.lost else ""
        why = f"{share}{told.words}"
    return LongCard(
        id=wish.id,
        version=wish.version,
        title=wish_title(wish.details, asked, names),
        points=wish.points,
        note=_note(wish),
        outcome=outcome,
        tone=tone,
        why=why,
    )


def _note(wish: LongWish) -> str:
    said = ["Standing wish, every period."] if wish.details.standing else []
    if wish.details.ask == "with":
        said.append(
            {
                None: "Your colleague has not answered yet; it counts once they agree.",
                True: "Your colleague agrees.",
                False: "Your colleague does not agree, so it does not count.",
            }[wish.agreed]
        )
    return " ".join(said)


def company_card(wish: LongWish, asked: RoundDetails, names: Names) -> CompanyCard:
    """A colleague's wish to work with the officer."""
    colleague = names.get(wish.officer_id, "A colleague")
    days = _days(wish.details, asked) or f" from {span_words(asked.first_day, asked.last_day)}"
    return CompanyCard(wish.id, f"{colleague} wishes to work with you{days}.", wish.agreed)


def asks_rows(found: Iterable[Asks]) -> tuple[tuple[str, ...], ...]:
    """What was asked over several days of a round, as cells of a table."""
    return tuple(
        (
            ASK_WORDS[each.ask],
            str(each.officers),
            str(each.points),
            "" if each.lost is None else str(each.points - each.lost),
        )
        for each in found
    )
