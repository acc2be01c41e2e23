"""People laid out for pages."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from app.people.schemas.imports import ChangeAnswer, PlanAnswer
from app.people.service import (
    Contract,
    Counts,
    Kind,
    PastShift,
    Person,
    Plan,
    Skill,
    Team,
    Term,
    term_words,
)
from app.web.words import clock, count, date_year, day_words, listed, number

A_PAGE = 100
"""People a page of the list: some screens, a few kilobytes."""

KINDS: dict[Kind, tuple[str, str]] = {
    "officer": ("person", "people"),
    "skill": ("held skill", "held skills"),
    "contract": ("contract", "contracts"),
    "term": ("own term", "own terms"),
    "shift": ("shift", "shifts"),
    "identifier": ("identifier", "identifiers"),
}
"""What files speak of, one and many."""

EMPLOYMENTS = {"officer": "Police officer", "staff": "Police staff"}


@dataclass(frozen=True, slots=True)
class Filters:
    """What part of a room's people is looked at.

    Attributes:
        text: part of a name or number.
        team: id of a team, or "".
        skill: id of a skill, or "".
        left: whether those who have left are meant instead of those who have not.
        skip: people before the first that is shown.
    """

    text: str = ""
    team: str = ""
    skill: str = ""
    left: bool = False
    skip: int = 0

    def href(self, **otherwise: object) -> str:
        """The address of the list with some of these otherwise."""
        said = {name: getattr(self, name) for name in self.__dataclass_fields__}
        said |= {"skip": 0} | otherwise
        asked = {name: "1" if value is True else value for name, value in said.items() if value}
        return f"?{urlencode(asked)}"

    @property
    def narrow(self) -> bool:
        """Whether anybody in service may be left out."""
        return bool(self.text or self.team or self.skill or self.left)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One line of the list of people."""

    id: UUID
    name: str
    number: str
    team: str
    skills: str
    hours: str
    note: str


@dataclass(frozen=True, slots=True)
class PeopleView:
    """The list of people.

    Attributes:
        good: how many there are.
        trouble: what some of them lack.
        rows: those that are shown.
        found: how many fit the filters.
        part: which of them are shown, "" where all are.
        following: address of the next part, or "".
    """

    good: str
    trouble: str
    rows: tuple[PersonRow, ...]
    found: int
    part: str
    following: str


def people_view(
    persons: Sequence[Person],
    teams: Sequence[Team],
    skills: Sequence[Skill],
    filters: Filters,
    today: date,
) -> PeopleView:
    """The people of a room that fit the filters, as of a day."""
    present = [each for each in persons if not _has_left(each, today)]
    fitting = [each for each in persons if _fits(each, filters, today)]
    shown = fitting[filters.skip : filters.skip + A_PAGE]
    names = {each.id: each.name for each in teams}
    codes = {each.id: each.code for each in skills}
    more = filters.skip + A_PAGE
    return PeopleView(
        _count_words(present),
        _lack_words(present, today),
        tuple(_row(each, names, codes, today) for each in shown),
        len(fitting),
        f"{filters.skip + 1} to {filters.skip + len(shown)}" if len(shown) < len(fitting) else "",
        filters.href(skip=more) if more < len(fitting) else "",
    )


def _count_words(present: Sequence[Person]) -> str:
    officers = sum(each.officer.details.employment == "officer" for each in present)
    total, staff = count(len(present), "person", "people"), len(present) - officers
    if not officers or not staff:
        return (
            f"{total}, all police {'staff' if staff else 'officers'}." if present else f"{total}."
        )
    return f"{total}: {count(officers, 'police officer')}, {staff} police staff."


def _lack_words(present: Sequence[Person], today: date) -> str:
    unskilled = sum(not skills_on(each, today) for each in present)
    free = sum(contract_on(each, today) is None for each in present)
    lacks = [
        f"{count(number, 'person', 'people')} without {what}"
        for number, what in ((unskilled, "a skill"), (free, "a contract"))
        if number
    ]
    return f"{listed(lacks)}: no roster can use them.".capitalize() if lacks else ""


def _fits(person: Person, filters: Filters, today: date) -> bool:
    said = person.officer.details
    return (
        filters.left == _has_left(person, today)
        and filters.text.casefold() in f"{said.name}\n{said.number}".casefold()
        and filters.team in {"", str(said.team_id)}
        and filters.skill in {"", *map(str, skills_on(person, today))}
    )


def _row(person: Person, teams: dict[UUID, str], codes: dict[UUID, str], today: date) -> PersonRow:
    said = person.officer.details
    contract = contract_on(person, today)
    return PersonRow(
        person.officer.id,
        said.name,
        said.number,
        teams.get(said.team_id, "") if said.team_id else "",
        ", ".join(sorted(codes[skill_id] for skill_id in skills_on(person, today))),
        hours_words(contract) if contract else "",
        _note(person, today),
    )


def _note(person: Person, today: date) -> str:
    said = person.officer.details
    if said.left is not None:
        return f"{'left' if said.left <= today else 'leaves'} {said.left.day} {said.left:%B %Y}"
    if said.started > today:
        return f"starts {said.started.day} {said.started:%B %Y}"
    return ""


def _has_left(person: Person, today: date) -> bool:
    left = person.officer.details.left
    return left is not None and left <= today


def skills_on(person: Person, day: date) -> set[UUID]:
    """The skills that a person holds on a day."""
    return {
        each.skill_id
        for each in (*person.skills, *person.earned)
        if each.from_day <= day and (each.until_day is None or day < each.until_day)
    }


def contract_on(person: Person, day: date) -> Contract | None:
    """The contract of a person that holds on a day."""
    for each in person.contracts:
        if each.from_day <= day and (each.until_day is None or day < each.until_day):
            return each
    return None


def hours_words(contract: Contract) -> str:
    """Contracted hours a week, such as `37.5`."""
    return number(contract.weekly_minutes / 60, 2).rstrip("0").rstrip(".")


def skill_rows(person: Person, skills: Sequence[Skill]) -> list[list[str]]:
    """A row a skill that is held: its code, from, until; those that service earns come last."""
    codes = {each.id: each.code for each in skills}
    given = [
        [codes[each.skill_id], date_year(each.from_day), _until(each.until_day)]
        for each in person.skills
    ]
    return given + [
        [codes[each.skill_id], date_year(each.from_day), "earned by service"]
        for each in person.earned
    ]


def contract_rows(agreed: Sequence[Contract]) -> list[list[str]]:
    """A row a contract: hours, from, until."""
    return [
        [f"{hours_words(each)} hours a week", date_year(each.from_day), _until(each.until_day)]
        for each in agreed
    ]


def term_rows(own: Sequence[Term]) -> list[list[str]]:
    """A row an own term: what it says, from, until."""
    return [[term_words(each), date_year(each.from_day), _until(each.until_day)] for each in own]


def stretch_words(from_day: date, until_day: date | None) -> str:
    """A stretch of days, such as `from Monday 6 January 2020 until further notice`."""
    return f"from {date_year(from_day)} until {_until(until_day)}"


def _until(day: date | None) -> str:
    return date_year(day) if day else "further notice"


def shift_rows(
    shifts: Sequence[PastShift], zone: str, *, newest_first: bool
) -> list[tuple[str, str, str]]:
    """Shifts in the order of time or the newest first: day, times, kind."""
    rows = []
    for each in sorted(shifts, key=lambda shift: shift.start, reverse=newest_first):
        day = each.start.astimezone(ZoneInfo(zone)).date()
        times = f"{clock(each.start, zone)} to {clock(each.end, zone)}"
        rows.append((day_words(day), times, " ".join(filter(None, (each.kind, each.code)))))
    return rows


@dataclass(frozen=True, slots=True)
class PlanView:
    """What an import would do.

    Attributes:
        good: what would be done, in a sentence.
        trouble: why it cannot be, or "".
        counts: a row a kind: name, added, changed, ended, unchanged.
        changes: a row a change: whose, what, how.
        left_out: changes that are not shown.
        refused: a row a refusal: file, line, column, words.
    """

    fingerprint: str
    good: str
    trouble: str
    made: str
    aside: tuple[str, ...]
    counts: list[list[str]]
    changes: list[list[str]]
    left_out: int
    refused: list[list[str]]
    refused_left_out: int
    can_apply: bool


SHOWN = 100
"""Changes, and refusals, that a page shows; the counts are of all."""


def plan_view(plan: Plan) -> PlanView:
    """A plan for the page on which it is confirmed."""
    answer = PlanAnswer.of(plan)
    changes = [_change_row(each) for each in answer.changes if each.kind != "shift"]
    shown, all_of_them = changes[:SHOWN], sum(map(len, plan.changes.values()))
    shifts = len(plan.changes.get("shift", ()))
    refused = [[each.file, str(each.line), each.column, each.words] for each in answer.refused]
    return PlanView(
        plan.fingerprint,
        "Everything is already so." if plan.changes_nothing else done_words(plan.counts),
        _refusal_words(plan),
        _made_words(plan),
        tuple(f"Not read from {name}: {listed(cols)}." for name, cols in plan.aside.items()),
        count_rows(plan.counts),
        shown,
        all_of_them - shifts - len(shown),
        refused[:SHOWN],
        len(plan.refused) - len(refused[:SHOWN]),
        not plan.refused and not plan.changes_nothing,
    )


def done_words(counts: dict[Kind, Counts]) -> str:
    """What an import does or did, such as `2 people added, 3 contracts changed.`."""
    parts = [
        f"{count(getattr(each, what), *KINDS[kind])} {what}"
        for kind, each in counts.items()
        for what in ("added", "changed", "ended")
        if getattr(each, what)
    ]
    return f"{listed(parts)}." if parts else "Nothing was otherwise."


def count_rows(counts: dict[Kind, Counts]) -> list[list[str]]:
    """A row a kind: name, added, changed, ended, unchanged."""
    return [
        [
            KINDS[kind][1].capitalize(),
            *(number(value) for value in (c.added, c.changed, c.ended, c.unchanged)),
        ]
        for kind, c in counts.items()
    ]


def _refusal_words(plan: Plan) -> str:
    if not plan.refused:
        return ""
    rows = count(len(plan.refused), "field cannot", "fields cannot")
    return f"{rows} be used, so nothing can be imported yet."


def _made_words(plan: Plan) -> str:
    made = [f"the team {name}" for name in plan.new_teams]
    made += [f"the skill {code}" for code in plan.new_skills]
    return f"New here and made with it: {listed(made)}." if made else ""


def _change_row(change: ChangeAnswer) -> list[str]:
    words = KINDS[change.kind][0].capitalize()
    if change.what == "changed":
        how = [f"{_field(f.field)}: {f.before or 'nothing'} → {f.after or 'nothing'}"
               for f in change.fields]  # fmt: skip
    else:
        said = [(f.field, f.after or f.before) for f in change.fields if f.field != "number"]
        how = [f"{_field(name)}: {value}" for name, value in said]
    return [change.number, f"{words} {change.what}", "; ".join(how)]


def _field(name: str) -> str:
    return name.removesuffix("_day").replace("_", " ")


def today_in(zone: str, instant: datetime) -> date:
    """The local day of an instant."""
    return instant.astimezone(ZoneInfo(zone)).date()


def chips(
    things: Collection[Team] | Collection[Skill], field: str, filters: Filters
) -> list[tuple[str, str, bool]]:
    """Chips of teams or skills; a chosen one leads to the list without it."""
    chosen = getattr(filters, field)
    return [
        (
            each.name if isinstance(each, Team) else each.code,
            filters.href(**{field: "" if chosen == str(each.id) else str(each.id)}),
            chosen == str(each.id),
        )
        for each in things
    ]


def team_options(teams: Collection[Team]) -> list[tuple[str, str]]:
    """What a person's team can be: values and words."""
    return [("", "none"), *((str(each.id), each.name) for each in teams)]
