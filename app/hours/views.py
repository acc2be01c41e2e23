"""How people stand, laid out for pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.hours.service import PersonHours, RoomHours
from app.people.service import Term, term_words
from app.web.words import count, date_year
from rostering.words import hours_words

REFERENCE_DAYS = 119
"""Known days below which it is said for how long shifts are known: 17 weeks."""


FULL_WEEK = 7 * 13 * 60
"""Minutes that 7 days can hold with 11 hours of rest in each."""

TROUBLES = {
    "over the week": "The average week is over its limit.",
    "over the night": "The average of a night worker is over its limit.",
    "no assessment": "A night worker without a health assessment on record.",
}
"""Notes that stand in the way, as sentences."""


@dataclass(frozen=True, slots=True)
class HoursRow:
    """One line of the list."""

    id: UUID
    name: str
    week: str
    left: str
    night: str
    notes: str


@dataclass(frozen=True, slots=True)
class HoursView:
    """The list: what holds, what does not, and a row a person."""

    good: str
    trouble: str
    rows: tuple[HoursRow, ...]


def room_view(found: RoomHours) -> HoursView:
    """Everyone in service, those over a limit first."""
    over = sum(each.standing.is_over for each in found.people)
    due = sum(each.assessment_is_due for each in found.people)
    total = count(len(found.people), "person", "people")
    trouble = [f"{count(over, 'person is', 'people are')} over a limit."] if over else []
    if due:
        workers = count(due, "night worker has", "night workers have")
        trouble.append(f"{workers} no health assessment on record.")
    return HoursView(
        f"{total}, by hours worked until {date_year(found.until)}."
        if found.until
        else f"{total}. No worked shifts are known, so no average can be told.",
        " ".join(trouble),
        tuple(map(_row, found.people)),
    )


def _row(person: PersonHours) -> HoursRow:
    standing = person.standing
    return HoursRow(
        person.officer.id,
        person.officer.details.name,
        hours_words(standing.week.average) if standing.week else "",
        left_words(standing.left),
        hours_words(standing.night.average) if standing.night else "",
        "; ".join(notes_of(person)),
    )


def left_words(left: int | None) -> str:
    """What is left until the limit, such as `39 h`; nothing is left below zero."""
    if left is None:
        return ""
    return hours_words(left) if left > 0 else "none"


def notes_of(person: PersonHours) -> Iterator[str]:
    """What else to know of how a person stands."""
    standing = person.standing
    if standing.week and standing.week.is_over and not standing.opted_out:
        yield "over the week"
    if standing.night and standing.night.is_over:
        yield "over the night"
    if person.opt_out:
        until = person.opt_out.until_day
        yield f"agreed to more{f' until {date_year(until)}' if until else ''}"
    if person.assessment_is_due:
        yield "no assessment"
    if 0 < standing.known_days < REFERENCE_DAYS:
        yield f"known for {count(standing.known_days, 'day')}"


def person_facts(person: PersonHours) -> list[tuple[str, str]]:
    """How one person stands, label and value."""
    standing = person.standing
    facts = [("Worked", f"{hours_words(standing.worked)} in the "
                        f"{count(standing.known_days, 'day')} that are known")]  # fmt: skip
    if standing.week:
        week = standing.week
        facts.append(("Average week", f"{hours_words(week.average)}, other jobs included; "
                                      f"the most is {hours_words(week.most)}"))  # fmt: skip
    if standing.night:
        night = standing.night
        facts.append(("Night worker", f"{hours_words(night.average)} in each 24 hours on average; "
                                      f"the most is {hours_words(night.most)}"))  # fmt: skip
        facts.append(("Health assessment", date_year(person.assessed) if person.assessed
                      else "none on record"))  # fmt: skip
    if person.opt_out:
        until = person.opt_out.until_day
        notice = count(int(person.opt_out.value), "day")
        facts.append(("Agreed to more than the average week",
                      f"until {date_year(until) if until else 'further notice'}; "
                      f"{notice} of notice end it"))  # fmt: skip
    facts.append(("Left until the limit", _left_ahead(standing.left)))
    return facts


def own_terms(terms: Iterable[Term], today: date) -> list[tuple[str, str]]:
    """What holds for one person alone now or later: what it says, and for how long."""
    return [
        (
            term_words(each),
            f"from {date_year(each.from_day)} until "
            f"{date_year(each.until_day) if each.until_day else 'further notice'}",
        )
        for each in terms
        if each.until_day is None or each.until_day > today
    ]


def _left_ahead(left: int | None) -> str:
    """What is left in the next 7 days; more than they can hold is as good as no limit."""
    if left is None:
        return "no limit holds"
    if left >= FULL_WEEK:
        return f"out of reach in the next 7 days ({left_words(left)})"
    return f"{left_words(left)} in the next 7 days"


def person_answer(person: PersonHours | None, until: date | None) -> tuple[str, str]:
    """The answer of a person's page: what holds, then what does not."""
    if person is None:
        return "Not in service now, so no hours are counted.", ""
    if until is None:
        return "No worked shifts are known, so no average can be told.", ""
    worked = f"by hours worked until {date_year(until)}"
    week = person.standing.week
    said = (
        f"{hours_words(week.average)} a week on average, {worked}. The most is "
        f"{hours_words(week.most)}."
        if week
        else f"B{worked[1:]}."
    )
    trouble = [TROUBLES[words] for words in notes_of(person) if words in TROUBLES]
    return said, " ".join(trouble)
