"""What the pages of wishes show, in words and figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from app.people.service import PastShift
from app.preferences.service import KINDS, Asked, DayAsked, Round, Wish, WishDetails
from app.preferences.views.long_wishes import LongCard, Tone
from app.web.views.answer import Figure
from app.web.words import clock, count, day_words, listed, percent, period_words

MOST_CONTESTED = 10
"""Days shown at first: more than a manager can settle by talking."""

OFF, KEEP = "off", "keep"

CHOICES: tuple[tuple[str, str], ...] = (
    (OFF, "The day off"),
    *((f"not-{kind}", f"No {kind} shift") for kind in KINDS),
    *((kind, f"A{'n' if kind == 'early' else ''} {kind} shift") for kind in KINDS),
    ("on", "To work, on any shift"),
)
"""What a page lets an officer wish for: value of the radio button, and its words."""


@dataclass(frozen=True, slots=True)
class WishCard:
    """One wish as a page shows it.

    Attributes:
        title: such as `Saturday 16 January off`.
        said: the same within a sentence.
        others: what colleagues ask of that day, or "".
        outcome: `Met`, `Not met` or "" while unknown, with its tone.
        why: the reason that was told, or "".
    """

    id: UUID
    version: int
    title: str
    said: str
    points: int
    others: str
    outcome: str
    tone: Tone
    why: str


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round as its officer sees it.

    Attributes:
        period: such as `4 to 31 January 2027`.
        deadline: a sentence on when it closes, closed, or was answered.
        left: such as `2 days left`, or "".
        used: points placed, of `points`, those of wishes over several days included.
        cards: wishes about one day.
        several: wishes about several days.
    """

    id: UUID
    state: str
    period: str
    deadline: str
    left: str
    used: int
    points: int
    cards: tuple[WishCard, ...]
    several: tuple[LongCard, ...] = ()


def wish_words(details: WishDetails) -> str:
    """A wish within a sentence, such as `Saturday 16 January off` or `no night on …`."""
    day = day_words(details.day)
    about = listed(details.kinds or details.shifts, "or")
    if not about:
        return f"any shift on {day}" if details.wants else f"{day} off"
    if not details.wants:
        return f"no {about} on {day}"
    article = "an" if about.startswith("early") else "a"
    return f"{article} {about} on {day}" if details.kinds else f"{about} on {day}"


def choice_of(details: WishDetails) -> str:
    """The choice of the page that says this wish; `keep` where none does."""
    if details.shifts or len(details.kinds) > 1:
        return KEEP
    if not details.kinds:
        return "on" if details.wants else OFF
    return details.kinds[0] if details.wants else f"not-{details.kinds[0]}"


def chosen(day: date, points: int, choice: str, kept: WishDetails | None = None) -> WishDetails:
    """The wish that a choice of the page says.

    Args:
        day: the day it is about.
        points: placed on it.
        choice: one of `CHOICES`, or `keep` for what `kept` asks.
        kept: the wish as it was.

    Raises:
        ValueError: when there is no such choice.
    """
    if choice == KEEP and kept is not None:
        return WishDetails(day, kept.wants, points, kept.kinds, kept.shifts)
    if choice not in dict(CHOICES):
        raise ValueError(choice)
    kind = choice.removeprefix("not-")
    wants = choice not in {OFF, f"not-{kind}"}
    return WishDetails(day, wants, points, (kind,) if kind in KINDS else ())


def round_view(
    asked: Round,
    wishes: Sequence[Wish],
    others: Asked,
    now: datetime,
    zone: str,
    several: Sequence[LongCard] = (),
) -> RoundView:
    """A round with the wishes of one officer in it.

    Args:
        asked: the round.
        wishes: the officer's wishes in it.
        others: what everyone asked in it.
        now: the room's present.
        zone: the room's time zone.
        several: the officer's wishes about several days of it.
    """
    by_day = {day.day: day for day in others.days}
    return RoundView(
        id=asked.id,
        state=asked.state,
        period=period_words(asked.first_day, asked.details.last_day),
        deadline=deadline(asked, zone),
        left=_left(asked, now, zone) if asked.state == "open" else "",
        used=sum(wish.points for wish in wishes) + sum(each.points for each in several),
        points=asked.points,
        cards=tuple(card(wish, by_day.get(wish.day)) for wish in wishes),
        several=tuple(several),
    )


def deadline(asked: Round, zone: str) -> str:
    """When a round closes or closed, and when officers are told."""
    closes = asked.closes.astimezone(ZoneInfo(zone))
    when = f"{day_words(closes.date())}, {closes:%H:%M}"
    answers = asked.details.answers
    told = f" You are told by {day_words(answers)}." if answers else ""
    if asked.state == "open":
        return f"Closes {when}.{told}"
    if asked.state == "closed":
        return f"Closed {when}; nothing can be changed now.{told}"
    answered = (asked.answered_at or asked.closes).astimezone(ZoneInfo(zone))
    return f"Answered {day_words(answered.date())}."


def _left(asked: Round, now: datetime, zone: str) -> str:
    local = ZoneInfo(zone)
    days = (asked.closes.astimezone(local).date() - now.astimezone(local).date()).days
    return "closes today" if days == 0 else f"{count(days, 'day')} left"


NO_REASON_YET = "Why is being worked out: look again in a moment."


def card(wish: Wish, asked: DayAsked | None = None) -> WishCard:
    """A wish; `asked` is what everyone asked of its day, this wish included."""
    said = wish_words(wish.details)
    outcome, tone, why = "", "", ""
    if wish.outcome is not None:
        outcome, tone = ("Met", "ok") if wish.outcome.met else ("Not met", "short")
        why = wish.outcome.words or ("" if wish.outcome.met else NO_REASON_YET)
    return WishCard(
        id=wish.id,
        version=wish.version,
        title=said[0].upper() + said[1:],
        said=said,
        points=wish.points,
        others=_others(wish, asked),
        outcome=outcome,
        tone=tone,
        why=why,
    )


def _others(wish: Wish, asked: DayAsked | None) -> str:
    """How many colleagues ask for the same day off."""
    is_off = not wish.wants and not wish.kinds and not wish.shifts
    if asked is None or not is_off:
        return ""
    others, is_told = asked.off - 1, wish.outcome is not None
    if others <= 0:
        return f"Nobody else {'asked' if is_told else 'asks'} for that day off."
    one, many = ("asked", "asked") if is_told else ("asks", "ask")
    return f"{count(others, f'other {one}', f'others {many}')} for that day off too."


def duty_words(shifts: Iterable[PastShift], zone: str) -> str:
    """What an officer is published to do on a day, by the shifts that start on it."""
    times = [f"{clock(shift.start, zone)}–{clock(shift.end, zone)}" for shift in shifts]
    return f"You are rostered {listed(times)}." if times else "You are off that day."


def sentence(wish: Wish) -> tuple[str, str]:
    """What was wished and what came of it: what holds, then what does not."""
    points = count(wish.points, "point")
    wished = f"You wished for {wish_words(wish.details)}, with {points}."
    if wish.outcome is None:
        return wished, ""
    if wish.outcome.met:
        return f"{wished} It is met.", ""
    return wished, "It is not met."


@dataclass(frozen=True, slots=True)
class RoomRound:
    """A round as the manager of its room sees it.

    Attributes:
        good: the answer sentence.
        figures: how many were asked, have sent wishes, and what came of them.
        contested: the days most asked to be off, most first, as cells of a table.
        days: every day that was asked for anything, likewise by day.
    """

    period: str
    good: str
    figures: tuple[Figure, ...]
    contested: tuple[tuple[str, ...], ...]
    days: tuple[tuple[str, ...], ...]


def tab_words(asked: Round) -> str:
    """A round among others, such as `4 to 31 January 2027, open`."""
    return f"{period_words(asked.first_day, asked.details.last_day)}, {asked.state}"


def room_round(asked: Round, figures: Asked, officers: int, zone: str) -> RoomRound:
    """A round with what was asked in it, of so many officers in service."""
    period = period_words(asked.first_day, asked.details.last_day)
    sent = f"{figures.officers} of {count(officers, 'officer')}"
    have = "has" if figures.officers == 1 else "have"
    wishes = count(figures.wishes, "wish", "wishes")
    contested = sorted((day for day in figures.days if day.off), key=lambda day: -day.off)
    return RoomRound(
        period=period,
        good=f"{sent} {have} placed {wishes} for {period}. {_until(asked, zone)}",
        figures=tuple(_figures(asked, figures, officers)),
        contested=_rows(contested[:MOST_CONTESTED]),
        days=_rows(figures.days),
    )


def _until(asked: Round, zone: str) -> str:
    closes = asked.closes.astimezone(ZoneInfo(zone))
    verb = "Wishes are taken until" if asked.state == "open" else "Wishes closed on"
    return f"{verb} {day_words(closes.date())}, {closes:%H:%M}."


def _figures(asked: Round, figures: Asked, officers: int) -> Iterable[Figure]:
    share = f"{percent(figures.officers / officers, 0)} of those in service" if officers else ""
    yield Figure("Officers with a wish", f"{figures.officers} of {officers}", note=share)
    yield Figure("Wishes", str(figures.wishes), note=f"budget of {asked.points} points each")
    if figures.answered:
        met = f"{figures.met} of {figures.answered}"
        yield Figure("Met", met, note=percent(figures.met / figures.answered, 0))


def _rows(days: Iterable[DayAsked]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (day_words(day.day), str(day.off), str(day.others), str(day.points)) for day in days
    )
