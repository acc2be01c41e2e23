"""Data from outside, read value by value; each refusal names the file and the place in it."""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NoReturn, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rostering.errors import InputError

MOST_BYTES = 1 << 28
"""Bytes of a file: a hundred times a problem of a thousand officers."""

LONGEST_TEXT = 200

FIRST_YEAR, LAST_YEAR = 1971, 2199

_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:00(\.0+)?)?Z", re.ASCII)
_Moment = TypeVar("_Moment", date, datetime)
_PLAIN_KEY = re.compile(r"[A-Za-z_]\w*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a file together with where it stands.

    Every reading method raises `InputError` when the value is not what it asks for.

    Attributes:
        value: what `json` or `tomllib` made of it.
        where: its place in the file, such as `officers[3].skills`.
        path: the file as the caller named it.
    """

    value: object
    where: str = ""
    path: str | None = None

    def refused(self, message: str) -> InputError:
        """The error to raise about this value."""
        return InputError(message, self.path, self.where or None)

    def fields(self, required: Iterable[str], optional: Iterable[str] = ()) -> dict[str, Node]:
        """The fields of an object that has all the required ones and no unknown one."""
        found = self.entries()
        required = tuple(required)
        known = (*required, *optional)
        for key in found:
            if key not in known:
                raise self.refused(f"The field {quoted(key)} is unknown; use {_listed(known)}.")
        for key in required:
            if key not in found:
                raise self.refused(f"The field {quoted(key)} is missing.")
        return found

    def entries(self) -> dict[str, Node]:
        """The fields of an object whose keys are free."""
        if not isinstance(self.value, dict):
            raise self._wrong("an object")
        return {key: self._inside(str(key), value) for key, value in self.value.items()}

    def items(self, most: int) -> list[Node]:
        """The items of a list of at most `most`."""
        if not isinstance(self.value, list):
            raise self._wrong("a list")
        if len(self.value) > most:
            raise self.refused(f"The list has {len(self.value):,} items; the most is {most:,}.")
        return [
            Node(value, f"{self.where}[{index}]", self.path)
            for index, value in enumerate(self.value)
        ]

    def text(self) -> str:
        """A text of 1 to `LONGEST_TEXT` characters without control characters."""
        if not isinstance(self.value, str):
            raise self._wrong("a text")
        if not self.value.strip():
            raise self.refused("The text is empty.")
        if len(self.value) > LONGEST_TEXT:
            raise self.refused(f"The text is longer than {LONGEST_TEXT} characters.")
        if any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in self.value):
            raise self.refused("The text holds a control character.")
        return self.value

    def texts(self, most: int = 1000) -> frozenset[str]:
        """A list of texts, each given once."""
        found = [node.text() for node in self.items(most)]
        if len(set(found)) < len(found):
            raise self.refused("The list names something twice.")
        return frozenset(found)

    def one_of(self, known: Collection[str], what: str) -> str:
        """A text that must be one of `known`."""
        found = self.text()
        if found not in known:
            raise self.refused(f"{quoted(found)} is not {what}; known are {_listed(known)}.")
        return found

    def some_of(self, known: Collection[str], what: str) -> frozenset[str]:
        """A list of texts, each given once and one of `known`."""
        for node in self.items(1000):
            node.one_of(known, what)
        return self.texts()

    def whole(self, least: int, most: int) -> int:
        """A whole number between two limits; true and 3.0 are none."""
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            raise self._wrong("a whole number")
        if not least <= self.value <= most:
            raise self.refused(f"The number must lie between {least:,} and {most:,}.")
        return self.value

    def number(self, least: float, most: float) -> float:
        """A number, whole or with a fraction, between two limits."""
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            raise self._wrong("a number")
        if not least <= self.value <= most:
            raise self.refused(f"The number must lie between {least:,} and {most:,}.")
        return float(self.value)

    def flag(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            raise self._wrong("true or false")
        return self.value

    def clock(self) -> int:
        """A time of day such as "07:00", as minutes after midnight."""
        match = _CLOCK.fullmatch(self.text())
        if match is None:
            raise self.refused(f"{quoted(self.text())} is not a time of day such as 07:00.")
        return int(match[1]) * 60 + int(match[2])

    def date(self) -> date:
        """A date such as "2025-06-02"."""
        found = self.text()
        if not _DATE.fullmatch(found):
            raise self.refused(f"{quoted(found)} is not a date such as 2025-06-02.")
        return self._in_calendar(found, date.fromisoformat)

    def instant(self) -> int:
        """A UTC instant such as "2025-06-02T07:00:00Z", as minutes since 1970."""
        found = self.text()
        if not _INSTANT.fullmatch(found):
            raise self.refused(
                f"{quoted(found)} is not a UTC time on a whole minute such as 2025-06-02T07:00:00Z."
            )
        moment = self._in_calendar(found[:16], datetime.fromisoformat)
        return int(moment.replace(tzinfo=UTC).timestamp()) // 60

    def zone(self) -> str:
        """The IANA name of a time zone."""
        found = self.text()
        try:
            ZoneInfo(found)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise self.refused(
                f"The time zone {quoted(found)} is unknown; give an IANA name such as "
                "Europe/London."
            ) from None
        return found

    def _in_calendar(self, found: str, read: Callable[[str], _Moment]) -> _Moment:
        try:
            moment = read(found)
        except ValueError:
            raise self.refused(f"{quoted(found)} is not in the calendar.") from None
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise self.refused(f"The year must lie between {FIRST_YEAR} and {LAST_YEAR}.")
        return moment

    def _inside(self, key: str, value: object) -> Node:
        if not _PLAIN_KEY.fullmatch(key):
            return Node(value, f"{self.where}[{quoted(key)}]", self.path)
        return Node(value, f"{self.where}.{key}" if self.where else key, self.path)

    def _wrong(self, wanted: str) -> InputError:
        return self.refused(f"{_kind(self.value)} stands where {wanted} is needed.")


def read_json(path: str | Path) -> Node:
    """The whole of a JSON file.

    Raises:
        InputError: when it cannot be read, is too large, is not UTF-8, or is not strict JSON.
    """
    text = _text_of(path)
    name = str(path)
    try:
        value = json.loads(text, parse_constant=_no_constant, object_pairs_hook=_once_each)
    except json.JSONDecodeError as error:
        reason = error.msg.removesuffix(" at").lower()
        raise InputError(
            f"The file is not JSON: {reason} at column {error.colno}.",
            name,
            f"line {error.lineno}",
        ) from None
    except RecursionError:
        raise InputError("The file is nested too deeply.", name) from None
    except InputError as error:
        raise InputError(error.message, name) from None
    except ValueError:
        raise InputError("The file holds a number that is too long.", name) from None
    return Node(value, "", name)


def read_toml(path: str | Path) -> Node:
    """The whole of a TOML file.

    Raises:
        InputError: when it cannot be read, is too large, is not UTF-8, or is not TOML.
    """
    text = _text_of(path)
    try:
        return Node(tomllib.loads(text), "", str(path))
    except tomllib.TOMLDecodeError as error:
        reason = str(error)
    except RecursionError:
        reason = "it is nested too deeply"
    except ValueError:
        reason = "a number or a date in it is not possible"
    raise InputError(f"The file is not TOML: {reason[:1].lower()}{reason[1:]}.", str(path))


def quoted(text: str, longest: int = 40) -> str:
    """The text in double quotes, cut short, with control characters made visible."""
    shown = text if len(text) <= longest else text[: longest - 1] + "…"
    return '"' + "".join(c if c.isprintable() else repr(c)[1:-1] for c in shown) + '"'


def _text_of(path: str | Path) -> str:
    try:
        with Path(path).open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not a file name"
        raise InputError(f"The file cannot be read: {reason}.", str(path)) from None
    if len(raw) > MOST_BYTES:
        raise InputError(f"The file is larger than {MOST_BYTES >> 20} MB.", str(path))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError("The file is not UTF-8 text.", str(path), f"line {line}") from None


def _no_constant(text: str) -> NoReturn:
    raise InputError(f"{text} is not a number in JSON.")


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise InputError(f"The field {quoted(key)} stands twice in one object.")
        found[key] = value
    return found


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "True" if value else "False"
    names = {int: "A number", float: "A number with a fraction", str: "A text", list: "A list"}
    names |= {dict: "An object", type(None): "Nothing (null)"}
    return names.get(type(value), "A date or time")


def _listed(names: Iterable[str], most: int = 20) -> str:
    found = sorted(names)
    shown = ", ".join(quoted(name)[1:-1] for name in found[:most])
    return f"{shown} and {len(found) - most} more" if len(found) > most else shown or "none"
