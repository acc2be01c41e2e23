"""Read an instance from its text file, section by section; each file explains its own sections.

The format is that of the Shift Scheduling Benchmark instances of Curtois and Qu (2014).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from rostering.benchmark.fields import Field, fields_of
from rostering.benchmark.instance import Employee, Instance, Kind, Need, Request
from rostering.errors import InputError

LONGEST = 1100
"""Days of a horizon, at most: three years."""

LARGEST_FILE = 50_000_000
"""Bytes of a file, at most; a year of 150 people has three million."""


def read_instance(path: Path) -> Instance:
    """Read an instance.

    Raises:
        InputError: with file, line and column, when the file cannot be read or says something
            that no instance can.
    """
    return instance_of(_text_of(path), str(path))


def instance_of(said: str, path: str) -> Instance:
    """The instance that a text says; `path` is named where something is wrong.

    Raises:
        InputError: as `read_instance` does.
    """
    reader = _Reader(path)
    section: Callable[[list[Field]], None] | None = None
    for number, raw in enumerate(said.splitlines(), 1):
        text = raw.strip()
        if not text or text.startswith("#"):
            continue
        if text.startswith("SECTION_"):
            section = reader.begin(Field(text, path, number, 1))
        elif section is None:
            raise InputError("A section is to come first.", path, f"line {number}, column 1")
        else:
            section(fields_of(raw.rstrip(), path, number))
    return reader.instance()


def _text_of(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise InputError("The file is larger than any instance.", str(path))
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"The file cannot be read: {error.strerror}.", str(path)) from error
    except UnicodeDecodeError as error:
        raise InputError("The file is no text in UTF-8.", str(path)) from error


@dataclass
class _Reader:
    """What has been read so far, one method per section."""

    path: str
    days: int | None = None
    kinds: dict[str, Kind] = field(default_factory=dict)
    following: list[Field] = field(default_factory=list)
    employees: dict[str, Employee] = field(default_factory=dict)
    days_off: dict[str, frozenset[int]] = field(default_factory=dict)
    requests: dict[tuple[str, int, str, bool], Request] = field(default_factory=dict)
    needs: dict[tuple[int, str], Need] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def begin(self, name: Field) -> Callable[[list[Field]], None]:
        """Begin a section; give back what reads its lines."""
        readers = {
            "SECTION_HORIZON": self._horizon,
            "SECTION_SHIFTS": self._kind,
            "SECTION_STAFF": self._employee,
            "SECTION_DAYS_OFF": self._off,
            "SECTION_SHIFT_ON_REQUESTS": self._wish_for,
            "SECTION_SHIFT_OFF_REQUESTS": self._wish_against,
            "SECTION_COVER": self._need,
        }
        name.one_of(readers, "a section")
        if name.text in self.begun:
            raise name.refused("The section has been before.")
        if list(readers).index(name.text) > 2 and not {*list(readers)[:3]} <= self.begun:
            raise name.refused("Horizon, shifts and staff are to come before this section.")
        self.begun.add(name.text)
        return readers[name.text]

    def instance(self) -> Instance:
        """The whole of it, once every line is read."""
        for what, found in (
            ("horizon", self.days),
            ("shifts", self.kinds),
            ("staff", self.employees),
        ):
            if not found:
                raise InputError(f"The section of {what} is missing or empty.", self.path)
        return Instance(
            days=self.days or 0,
            kinds=tuple(self.kinds.values()),
            employees=tuple(self.employees.values()),
            days_off=self.days_off,
            requests=tuple(self.requests.values()),
            needs=tuple(self.needs.values()),
        )

    def _horizon(self, fields: list[Field]) -> None:
        (days,) = _just(fields, "days")
        if self.days is not None:
            raise days.refused("The horizon has been given.")
        self.days = days.whole(1, LONGEST)

    def _kind(self, fields: list[Field]) -> None:
        name, minutes, after = _just(fields, "name, minutes, shifts that may not follow")
        if name.name() in self.kinds:
            raise name.refused(f'The shift "{name.text}" is there twice.')
        others = after.parts("|")
        self.following += others
        not_after = frozenset(other.text for other in others)
        # Longer than a day a shift would be there on the next one as well.
        self.kinds[name.text] = Kind(name.text, minutes.whole(1, 1440), not_after)

    def _employee(self, fields: list[Field]) -> None:
        for other in self.following:
            other.one_of(self.kinds, "a shift")
        self.following.clear()
        columns = "name, most of each shift, most and least minutes, five limits"
        name, most_of, *limits = _just(fields, columns, 8)
        if name.name() in self.employees:
            raise name.refused(f'"{name.text}" is there twice.')
        most: dict[str, int] = {}
        for part in most_of.parts("|"):
            shift, *number = part.parts("=") or [part]
            shift.one_of(self.kinds, "a shift")
            if len(number) != 1 or shift.text in most:
                raise part.refused(f'"{part.text[:40]}" is no shift with one number.')
            most[shift.text] = number[0].whole()
        self.employees[name.text] = Employee(name.text, most, *(each.whole() for each in limits))

    def _off(self, fields: list[Field]) -> None:
        name, *days = fields
        self._one(name)
        if name.text in self.days_off:
            raise name.refused(f'The days off of "{name.text}" are there twice.')
        self.days_off[name.text] = frozenset(self._day(day) for day in days)

    def _wish_for(self, fields: list[Field]) -> None:
        self._wish(fields, wants=True)

    def _wish_against(self, fields: list[Field]) -> None:
        self._wish(fields, wants=False)

    def _wish(self, fields: list[Field], *, wants: bool) -> None:
        name, day, shift, weight = _just(fields, "employee, day, shift, weight")
        key = (self._one(name), self._day(day), shift.one_of(self.kinds, "a shift"), wants)
        if key in self.requests:
            raise name.refused("The request is there twice.")
        self.requests[key] = Request(*key[:3], weight.whole(), wants)

    def _need(self, fields: list[Field]) -> None:
        day, shift, required, under, over = _just(
            fields, "day, shift, people needed, weight for under, weight for over"
        )
        key = (self._day(day), shift.one_of(self.kinds, "a shift"))
        if key in self.needs:
            raise day.refused("The need is there twice.")
        self.needs[key] = Need(*key, required.whole(), under.whole(), over.whole())

    def _one(self, name: Field) -> str:
        return name.one_of(self.employees, "an employee")

    def _day(self, day: Field) -> int:
        return day.whole(0, (self.days or 1) - 1)


def _just(fields: list[Field], columns: str, number: int = 0) -> list[Field]:
    """The fields, if they are as many as the columns."""
    wanted = number or columns.count(",") + 1
    if len(fields) != wanted:
        raise fields[-1].refused(
            f"The line has {len(fields)} fields where {wanted} belong: {columns}."
        )
    return fields
