"""Terms out of tables: TOML or JSON to the frozen values of this library, and back.

A table has the names of the value's fields; what has a default may be left out. A window's hours
are minutes after midnight or a time such as "22:00", an end not after its start lying on the next
day; its days are numbers from 0, Monday, or names such as "sat".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, asdict, fields
from typing import TYPE_CHECKING, Any, TypeVar

from forecasting.errors import InputError, quoted
from forecasting.staffing.callers import CallBack, Redial, Turn
from forecasting.staffing.goals_at import GoalAt
from forecasting.staffing.posts import Minimum, Post
from forecasting.staffing.pots import Pot
from forecasting.staffing.shrinkage import ShrinkagePart
from forecasting.staffing.windows import DAY, Window

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)")


def read(kind: type[T], value: object, place: str) -> T:
    """A frozen value of this library from a table.

    Args:
        kind: its class, a dataclass of this package.
        value: a mapping of field names to values, or the value itself.
        place: what the table is, for the sentence that refuses it.

    Raises:
        InputError: no table, a field unknown, missing, of the wrong kind or out of its range.
    """
    if isinstance(value, kind):
        return value
    entries = _entries(value, place)
    values = read_fields(kind, entries, place)
    needed = [
        field.name
        for field in fields(kind)
        if field.default is MISSING and field.name not in entries
    ]
    if needed:
        raise InputError(f"{place} lacks {needed[0]}.")
    try:
        return kind(**values)
    except InputError as error:
        raise InputError(f"{place}: {error.message}") from None


def read_fields(
    kind: type[DataclassInstance], entries: Mapping[Any, object], place: str
) -> dict[str, Any]:
    """The values of those fields of a class that a table gives, in their own types.

    Raises:
        InputError: a field unknown or of the wrong kind.
    """
    readers = {field.name: _READERS[str(field.type)] for field in fields(kind)}
    for name in entries:
        if name not in readers:
            raise InputError(
                f"{place}: unknown field {quoted(str(name))}; known are "
                f"{', '.join(sorted(readers))}."
            )
    return {name: readers[name](value, f"{place}: {name}") for name, value in entries.items()}


def document(value: DataclassInstance) -> dict[str, Any]:
    """A frozen value of this library as plain JSON, which `read` takes back."""
    return asdict(value, dict_factory=_plain)


def _plain(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {name: sorted(it) if isinstance(it, frozenset) else it for name, it in pairs}


def _entries(value: object, place: str) -> Mapping[Any, object]:
    if not isinstance(value, Mapping):
        raise _wrong(value, place)
    return value


def _wrong(value: object, place: str) -> InputError:
    return InputError(f"{place} cannot be {quoted(repr(value))}.")


def _number(value: object, place: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise _wrong(value, place)
    return value


def _whole(value: object, place: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise _wrong(value, place)
    return value


def _flag(value: object, place: str) -> bool:
    if not isinstance(value, bool):
        raise _wrong(value, place)
    return value


def _text(value: object, place: str) -> str:
    if not isinstance(value, str):
        raise _wrong(value, place)
    return value


def _minute(value: object, place: str) -> int:
    """Minutes after midnight, from a number or a time of the day."""
    if not isinstance(value, str):
        return _whole(value, place)
    found = CLOCK.fullmatch(value)
    if found is None:
        raise _wrong(value, place)
    return 60 * int(found[1]) + int(found[2])


def _days(value: object, place: str) -> frozenset[int]:
    """Weekdays from numbers or names."""
    if not isinstance(value, (list, tuple, set, frozenset)):
        raise _wrong(value, place)
    return frozenset(_day(day, place) for day in value)


def _day(value: object, place: str) -> int:
    if not isinstance(value, str):
        return _whole(value, place)
    if value.lower()[:3] not in DAYS:
        raise _wrong(value, place)
    return DAYS.index(value.lower()[:3])


def read_window(value: object, place: str) -> Window:
    """A window from a table, its end on the next day where it is a time not after its start.

    Raises:
        InputError: no table, or hours or days that are none.
    """
    if isinstance(value, Window):
        return value
    entries: dict[Any, Any] = dict(_entries(value, place))
    by_the_clock = isinstance(entries.get("end"), str)
    for name in {"start", "end"} & set(entries):
        entries[name] = _minute(entries[name], f"{place}: {name}")
    if by_the_clock and entries["end"] <= entries.get("start", 0):
        entries["end"] += DAY
    return read(Window, entries, place)


def _optional(reader: Callable[[object, str], Any]) -> Callable[[object, str], Any]:
    return lambda value, place: None if value is None else reader(value, place)


def _one(kind: type[DataclassInstance]) -> Callable[[object, str], Any]:
    return lambda value, place: read(kind, value, place)


def _several(kind: type[DataclassInstance]) -> Callable[[object, str], Any]:
    """A tuple of values from a list of tables, each named by its number in the list."""

    def reader(value: object, place: str) -> tuple[Any, ...]:
        if not isinstance(value, (list, tuple)):
            raise _wrong(value, place)
        return tuple(read(kind, it, f"{place} {k}") for k, it in enumerate(value, start=1))

    return reader


_READERS: dict[str, Callable[[object, str], Any]] = {
    "str": _text,
    "ServiceLevel": _text,
    "Medium": _text,
    "Clock": _text,
    "bool": _flag,
    "int": _whole,
    "int | None": _optional(_whole),
    "float": _number,
    "float | None": _optional(_number),
    "Window": read_window,
    "frozenset[int]": _days,
    "Redial | None": _optional(_one(Redial)),
    "Turn | None": _optional(_one(Turn)),
    "CallBack | None": _optional(_one(CallBack)),
    "tuple[ShrinkagePart, ...]": _several(ShrinkagePart),
    "tuple[GoalAt, ...]": _several(GoalAt),
    "tuple[Pot, ...]": _several(Pot),
    "tuple[Post, ...]": _several(Post),
    "tuple[Minimum, ...]": _several(Minimum),
}
"""How a field is read, by its type as its class writes it."""
