"""What a published shift-scheduling instance says, as plain data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of shift: its name, its minutes, and the types that may not be worked a day after."""

    name: str
    minutes: int
    not_after: frozenset[str]


@dataclass(frozen=True, slots=True)
class Employee:
    """One person and the limits of the person's line; the fields are the file's columns."""

    name: str
    most_of: dict[str, int]
    most_minutes: int
    least_minutes: int
    most_days_on: int
    fewest_days_on: int
    fewest_days_off: int
    most_weekends: int


@dataclass(frozen=True, slots=True)
class Request:
    """A shift that an employee asks to work (`wants`) or not to; what not meeting it costs."""

    employee: str
    day: int
    shift: str
    weight: int
    wants: bool


@dataclass(frozen=True, slots=True)
class Need:
    """People that a shift of a day needs, and what each one too few or too many costs."""

    day: int
    shift: str
    required: int
    under: int
    over: int


@dataclass(frozen=True, slots=True)
class Instance:
    """A whole instance; days are counted from 0, which is a Monday.

    Attributes:
        days: length of the horizon.
        kinds: types of shift, in the file's order.
        employees: people, in the file's order.
        days_off: days that each employee named there does not work.
        requests: shifts asked for, and asked not to have.
        needs: people needed.
    """

    days: int
    kinds: tuple[Kind, ...]
    employees: tuple[Employee, ...]
    days_off: dict[str, frozenset[int]]
    requests: tuple[Request, ...]
    needs: tuple[Need, ...]
