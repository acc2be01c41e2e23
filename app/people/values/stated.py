"""What files say of people, in the words of files: numbers, codes and names instead of our ids."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Literal
from uuid import UUID

from app.people.values.kept import Employment, ShiftState
from app.people.values.terms import TermKind

Key = tuple[str | date | datetime, ...]
"""What makes two statements speak of the same thing."""


@dataclass(frozen=True, slots=True)
class StatedOfficer:
    """An officer; `team` is the name of one, or None."""

    KEY: ClassVar = ("number",)

    number: str
    name: str
    grade: str
    employment: Employment
    started: date
    left: date | None
    team: str | None


@dataclass(frozen=True, slots=True)
class StatedSkill:
    """A skill, by its code, that an officer holds for some days."""

    KEY: ClassVar = ("number", "skill", "from_day")

    number: str
    skill: str
    from_day: date
    until_day: date | None


@dataclass(frozen=True, slots=True)
class StatedContract:
    """A contract of an officer, in minutes a week."""

    KEY: ClassVar = ("number", "from_day")

    number: str
    from_day: date
    until_day: date | None
    weekly_minutes: int


@dataclass(frozen=True, slots=True)
class StatedTerm:
    """A term of a person's own, in the form that is kept."""

    KEY: ClassVar = ("number", "term", "weekdays", "value", "from_day")

    number: str
    from_day: date
    until_day: date | None
    term: TermKind
    weekdays: str
    value: str


@dataclass(frozen=True, slots=True)
class StatedShift:
    """A shift of an officer; `start` and `end` are instants in UTC."""

    KEY: ClassVar = ("number", "state", "start")

    number: str
    state: ShiftState
    start: datetime
    end: datetime
    kind: str
    code: str


@dataclass(frozen=True, slots=True)
class StatedId:
    """What an outside system calls an officer."""

    KEY: ClassVar = ("system", "id")

    number: str
    system: str
    id: str


Stated = StatedOfficer | StatedSkill | StatedContract | StatedTerm | StatedShift | StatedId
"""What a row of a file says."""

Kind = Literal["officer", "skill", "contract", "term", "shift", "identifier"]
"""What a file is about."""

KINDS: dict[Kind, type[Stated]] = {
    "officer": StatedOfficer,
    "skill": StatedSkill,
    "contract": StatedContract,
    "term": StatedTerm,
    "shift": StatedShift,
    "identifier": StatedId,
}
"""Kinds in the order in which they must be written."""


def key_of(stated: Stated) -> Key:
    """What the statement is about."""
    return tuple(getattr(stated, field) for field in stated.KEY)


@dataclass(frozen=True, slots=True)
class At:
    """A line of a file, the head being line 1."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Row:
    """A statement and where it stands."""

    at: At
    stated: Stated


@dataclass(frozen=True, slots=True)
class Refusal:
    """A field that cannot be used; `column` is empty where the whole line is meant."""

    at: At
    column: str
    words: str

    def __str__(self) -> str:
        """The refusal as one sentence, naming file, line and column."""
        column = f", {self.column}" if self.column else ""
        return f"{self.at.file}, line {self.at.line}{column}: {self.words}"


@dataclass(frozen=True, slots=True)
class Told:
    """What files say.

    Attributes:
        rows: in the order of the files.
        refused: fields that cannot be read.
        aside: columns that are not known, by file.
        files: their names, in order.
    """

    rows: tuple[Row, ...]
    refused: tuple[Refusal, ...]
    aside: dict[str, tuple[str, ...]]
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that will be otherwise: `before` None when it is added, `after` when it ends."""

    before: Stated | None
    after: Stated | None

    @property
    def what(self) -> Literal["added", "changed", "ended"]:
        """What happens to it."""
        if self.before is None:
            return "added"
        return "ended" if self.after is None else "changed"

    @property
    def stated(self) -> Stated:
        """It, as it will be, or as it was when it ends."""
        known = self.after or self.before
        if known is None:
            raise ValueError("a change has at least one side")
        return known


@dataclass(frozen=True, slots=True)
class Counts:
    """How many things of a kind are added, changed, ended and left as they are."""

    added: int
    changed: int
    ended: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do.

    Attributes:
        fingerprint: the same exactly when the same would be done.
        new_teams: names of teams that would be made.
        new_skills: codes of skills that would be made.
        changes: by kind.
        counts: by kind, of those that a file is about.
        refused: what stands in the way; with any of them nothing can be applied.
        aside: columns that are not known and not read, by file.
    """

    fingerprint: str
    new_teams: tuple[str, ...]
    new_skills: tuple[str, ...]
    changes: dict[Kind, tuple[Change, ...]]
    counts: dict[Kind, Counts]
    refused: tuple[Refusal, ...]
    aside: dict[str, tuple[str, ...]]

    @property
    def changes_nothing(self) -> bool:
        """Whether everything is already as the files say."""
        return not (self.new_teams or self.new_skills or any(self.changes.values()))


@dataclass(frozen=True, slots=True)
class Import:
    """Files that somebody gave, kept until they are applied; at most for a day.

    Attributes:
        asked_by: the user who gave them; None for the command line.
        counts: what was done, by kind; empty until applied.
    """

    id: UUID
    room_id: UUID
    asked_by: UUID | None
    asked_at: datetime
    applied_at: datetime | None
    counts: dict[Kind, Counts]
