"""The list of rosters, and what a new one would be made from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from app.db.transaction import Reading
from app.people import service as people
from app.preferences import service as preferences
from app.requirements import service as requirements
from app.rosters import service
from app.rosters.service import Roster
from app.rulebooks import service as rulebooks
from app.web.shell import Tone
from app.web.words import count, date_year, day_words, hours, listed, percent, period_words

FOUR_WEEKS = 28
"""Days of a rota period, where nothing else is known."""

STATES: dict[str, tuple[str, Tone]] = {
    "draft": ("Draft", ""),
    "published": ("Published", "ok"),
    "superseded": ("Replaced by a later one", ""),
    "discarded": ("Discarded", ""),
}
"""State of a roster: its words and the tone of its tag."""


@dataclass(frozen=True, slots=True)
class Row:
    """One roster of the list."""

    id: UUID
    name: str
    period: str
    state: str
    tone: Tone
    short: str
    distance: str
    when: str


@dataclass(frozen=True, slots=True)
class Ready:
    """What a roster of a period would be made from.

    Attributes:
        things: whether it is there, what it is, and how it stands: people, need, shifts, wishes.
        complete: whether a roster can be asked for.
        step: where the first missing thing is given: address within the room, and words.
    """

    things: tuple[tuple[bool, str, str], ...]
    complete: bool
    step: tuple[str, str]


def listing(
    found: Iterable[Roster], busy: Collection[UUID], zone: str, today: date
) -> tuple[Row, ...]:
    """Rosters as rows, in the order given; `busy` are being made."""
    return tuple(_row(roster, roster.id in busy, zone, today) for roster in found)


def standing(found: Sequence[Roster], busy: Collection[UUID], today: date) -> tuple[str, str]:
    """Until when shifts are published and what waits, then what is wrong, in sentences."""
    until = max((each.last_day for each in found if each.state == "published"), default=None)
    said, wrong = [], []
    if until is None or until < today:
        wrong.append("No shift is published from now on.")
    else:
        said.append(f"Shifts are published until {date_year(until)}.")
    drafts = [each for each in found if each.state == "draft" and each.id not in busy]
    if drafts:
        verb = "is" if len(drafts) == 1 else "are"
        said.append(f"{count(len(drafts), 'draft')} {verb} not published yet.")
    if broken := sum(breaks_rules(each) for each in drafts):
        alone = "It" if len(drafts) == 1 else str(broken)
        wrong.append(f"{alone} {'breaks' if broken == 1 else 'break'} the rules.")
    if busy:
        said.append(f"{len(busy)} {'is' if len(busy) == 1 else 'are'} being made.")
    return " ".join(said), " ".join(wrong)


def breaks_rules(roster: Roster) -> bool:
    """Whether the search ended without a lawful roster."""
    return roster.objective is None and bool(roster.stopped)


def state_tag(roster: Roster, *, busy: bool) -> tuple[str, Tone]:
    """The state of a roster in a word or two, with its tone."""
    if busy:
        return "Being made", "warn"
    if roster.state == "draft" and breaks_rules(roster):
        return "Breaks the rules", "short"
    return STATES[roster.state]


def _row(roster: Roster, busy: bool, zone: str, today: date) -> Row:
    state, tone = state_tag(roster, busy=busy)
    asked = roster.asked_at.astimezone(ZoneInfo(zone))
    day = (day_words if asked.year == today.year else date_year)(asked.date())
    missing = roster.missing_minutes
    return Row(
        id=roster.id,
        name=roster.name,
        period=period_words(roster.first_day, roster.last_day),
        state=state,
        tone=tone,
        short="" if missing is None else f"{hours(missing / 60)} h" if missing else "none",
        distance=_distance(roster),
        when=f"{day} {asked:%H:%M}",
    )


def _distance(roster: Roster) -> str:
    if roster.objective is None or roster.bound is None:
        return ""
    if roster.objective <= roster.bound or roster.objective == 0:
        return "the best possible"
    return f"within {percent(1 - max(roster.bound, 0) / roster.objective)}"


def materials(
    reading: Reading, room_id: UUID, first_day: date, days: int, chosen: UUID | None = None
) -> Ready:
    """What a roster of that period would be made from, and what is missing.

    Args:
        reading: the caller's.
        room_id: the control room.
        first_day: local.
        days: how many.
        chosen: the requirement that was chosen; None for the newest that covers the days.
    """
    last = first_day + timedelta(days=days - 1)
    crew = [
        officer
        for officer in people.everyone(reading, room_id)
        if officer.details.started <= last
        and (officer.details.left is None or officer.details.left > first_day)
    ]
    need = (
        requirements.newest(reading, room_id, (first_day, days))
        if chosen is None
        else requirements.requirement(reading, room_id, chosen)
    )
    shifts = [t for t in service.templates(reading, room_id) if t.details.active]
    wishes = preferences.wishes(reading, room_id, first_day, days)
    stated = sum(map(len, wishes.values()))
    things = (
        (bool(crew), "People", count(len(crew), "officer") if crew else "Nobody yet."),
        (need is not None, "Need", _need_words(need)),
        (
            True,
            "Shifts",
            count(len(shifts), "shift template")
            if shifts
            else f"{len(service.offered_templates())} templates of 8 and 10 hours, assumed",
        ),
        (True, "Rules", _rules_words(reading, room_id, first_day)),
        (
            True,
            "Wishes",
            f"{count(stated, 'wish', 'wishes')} from {count(len(wishes), 'officer')}"
            if stated
            else "None for these days",
        ),
    )
    step = ("people/import", "Bring people in") if not crew else ("demand", "Make a forecast")
    return Ready(things, bool(crew) and need is not None, step)


def covered_days(reading: Reading, room_id: UUID, first_day: date) -> int:
    """Days from a day on that the newest requirement covers, four weeks at most and by default."""
    newest = requirements.newest(reading, room_id, (first_day, 1))
    if newest is None:
        return FOUR_WEEKS
    return min((newest.until_day - first_day).days, FOUR_WEEKS)


def _need_words(need: requirements.Requirement | None) -> str:
    if need is None:
        return "No requirement covers these days: forecast them and work out the people needed."
    if need.purpose is not None:
        return f"Worked out for a question: {need.purpose}"
    made = need.made_at
    return f"Worked out {made.day} {made:%B %Y}"


def _rules_words(reading: Reading, room_id: UUID, first_day: date) -> str:
    """The rulebooks that a roster from that day on would be judged by."""
    books = rulebooks.in_force(reading, room_id, first_day)
    own = sum(len(book.own) for book in books.each)
    said = listed(book.book.title for book in books.each)
    return f"{said}, with {count(own, 'number')} of the force’s own" if own else said
