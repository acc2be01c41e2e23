"""What is typed into the forms of people."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Annotated, cast
from uuid import UUID

from fastapi import Form

from app.errors import InvalidInput, Place
from app.people.service import (
    TERM_KINDS,
    Contract,
    Employment,
    HeldSkill,
    OfficerDetails,
    OutsideId,
    Term,
)

SPARE = 2
"""Empty lines at the end of a list that is changed as a whole."""

GIVE_A_DAY = "Give a day, such as 2026-11-29."
GIVE_HOURS = "Give hours a week, such as 37.5."

Said = Annotated[str, Form(max_length=400)]


@dataclass(frozen=True, slots=True)
class OfficerForm:
    """An officer's details as typed."""

    number: Said = ""
    name: Said = ""
    grade: Said = ""
    employment: Said = ""
    started: Said = ""
    left: Said = ""
    team_id: Said = ""

    @classmethod
    def of(cls, details: OfficerDetails) -> OfficerForm:
        """The form that says these details."""
        return cls(*(str(getattr(details, each.name) or "") for each in fields(cls)))

    def details(self) -> OfficerDetails:
        """The details that were typed.

        Raises:
            InvalidInput: naming every field that is no day.
        """
        started, left = _day(self.started), _day(self.left)
        wrong = {"started": started is None, "left": bool(self.left.strip()) and left is None}
        if started is None or any(wrong.values()):
            raise InvalidInput(Place(name, GIVE_A_DAY) for name, bad in wrong.items() if bad)
        return OfficerDetails(
            self.number.strip(),
            self.name.strip(),
            self.grade.strip(),
            cast("Employment", self.employment),
            started,
            left,
            _id(self.team_id),
        )


Line = dict[str, str]
"""One line of a list that is changed as a whole."""


def lines_of(typed: Mapping[str, str], names: tuple[str, ...]) -> list[Line]:
    """The lines that were typed; a line is there as long as its first field is sent."""
    lines: list[Line] = []
    while f"{names[0]}-{len(lines)}" in typed:
        at = len(lines)
        lines.append({name: typed.get(f"{name}-{at}", "").strip() for name in names})
    return lines


def spare(lines: list[Line], names: tuple[str, ...]) -> list[Line]:
    """The lines with some empty ones after them."""
    return lines + [dict.fromkeys(names, "") for _ in range(SPARE)]


SKILL = ("skill", "from", "until")
CONTRACT = ("hours", "from", "until")
OUTSIDE = ("system", "id")
TERM = ("what", "value", "weekdays", "from", "until")

PRESETS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "nights": (("time", "23:00-06:00"),),
    "young": (
        ("time", "22:00-06:00"),
        ("shift_hours", "8"),
        ("week_hours", "40"),
        ("rest_hours", "12"),
    ),
    "opted-out": (("opt_out", "7"),),
}
"""Lines to begin with: no night work (the night of Working Time Regulations 1998 reg 2), what
holds under the age of 18 (regs 5A, 6A, 10), and an agreement on more than 48 hours (reg 5)."""


def skill_lines(held: tuple[HeldSkill, ...]) -> list[Line]:
    """Skills as lines."""
    return [
        {"skill": str(s.skill_id), "from": str(s.from_day), "until": str(s.until_day or "")}
        for s in held
    ]


def contract_lines(agreed: tuple[Contract, ...]) -> list[Line]:
    """Contracts as lines."""
    return [
        {
            "hours": f"{each.weekly_minutes / 60:.4f}".rstrip("0").rstrip("."),
            "from": str(each.from_day),
            "until": str(each.until_day or ""),
        }
        for each in agreed
    ]


def outside_lines(ids: tuple[OutsideId, ...]) -> list[Line]:
    """Identifiers as lines."""
    return [{"system": each.system, "id": each.id} for each in ids]


def term_lines(own: tuple[Term, ...]) -> list[Line]:
    """Own terms as lines."""
    return [
        {
            "what": each.what,
            "value": each.value,
            "weekdays": each.weekdays,
            "from": str(each.from_day),
            "until": str(each.until_day or ""),
        }
        for each in own
    ]


def preset_lines(name: str, today: date) -> list[Line]:
    """Lines to begin with, from today on; none where there is no such preset."""
    blank = dict.fromkeys(TERM, "") | {"from": str(today)}
    return [blank | {"what": what, "value": value} for what, value in PRESETS.get(name, ())]


def skills_typed(lines: list[Line]) -> dict[int, HeldSkill]:
    """Skills by line; a line without a skill says nothing.

    Raises:
        InvalidInput: naming every field that cannot be read.
    """
    said, wrong = {}, []
    for at, line in enumerate(lines):
        if skill_id := _id(line["skill"]):
            days, faults = _days(at, line)
            wrong += faults
            if days:
                said[at] = HeldSkill(skill_id, *days)
    if wrong:
        raise InvalidInput(wrong)
    return said


def contracts_typed(lines: list[Line]) -> dict[int, Contract]:
    """Contracts by line; a line without hours says nothing; errors as for skills."""
    said, wrong = {}, []
    for at, line in enumerate(lines):
        if line["hours"]:
            days, faults = _days(at, line)
            minutes = _minutes(line["hours"])
            wrong += faults
            if minutes is None:
                wrong.append(Place(f"hours-{at}", GIVE_HOURS))
            elif days:
                said[at] = Contract(*days, minutes)
    if wrong:
        raise InvalidInput(wrong)
    return said


def terms_typed(lines: list[Line]) -> dict[int, Term]:
    """Own terms by line; a line about nothing says nothing; errors as for skills."""
    said, wrong = {}, []
    for at, line in enumerate(lines):
        for what in TERM_KINDS:
            if line["what"] == what:
                days, faults = _days(at, line)
                wrong += faults
                if days:
                    said[at] = Term(what, *days, line["weekdays"], line["value"])
    if wrong:
        raise InvalidInput(wrong)
    return said


def outside_typed(lines: list[Line]) -> dict[int, OutsideId]:
    """Identifiers by line; an empty line says nothing."""
    return {at: OutsideId(line["system"], line["id"])
            for at, line in enumerate(lines) if line["system"] or line["id"]}  # fmt: skip


def _days(at: int, line: Line) -> tuple[tuple[date, date | None] | None, list[Place]]:
    first, until = _day(line["from"]), _day(line["until"])
    wrong = [] if first else [Place(f"from-{at}", GIVE_A_DAY)]
    if line["until"] and until is None:
        wrong.append(Place(f"until-{at}", GIVE_A_DAY))
    return ((first, until) if first and not wrong else None), wrong


def _day(typed: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(typed.strip())
    return None


def _id(typed: str) -> UUID | None:
    with suppress(ValueError):
        return UUID(typed)
    return None


def _minutes(typed: str) -> int | None:
    try:
        minutes = Decimal(typed) * 60
    except ArithmeticError:  # no number, or one beyond all numbers
        return None
    if not minutes.is_finite() or not 0 <= minutes <= 10_080:
        return None
    return round(minutes)
