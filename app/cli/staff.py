"""The staff file: officers and, where wanted, shift templates, in the words of a staff office."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import re
import unicodedata
from collections.abc import Iterable
from typing import Annotated, Literal, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails

from rostering.errors import InputError
from rostering.files.node import quoted, read_json

MOST_OFFICERS = 5_000
"""Officers of one room: several times the largest there is."""

_NUMBER = re.compile(r"\s*[+-]?[\d_.,]+([eE][+-]?\d+)?\s*|\s*[+-]?(inf|nan)\w*\s*", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)

_Moment = TypeVar("_Moment", dt.date, dt.datetime)


def _printable(text: str) -> str:
    if not text.strip() or any(unicodedata.category(c) in {"Cc", "Cs"} for c in text):
        raise ValueError("The text is empty or holds a control character.")
    return text


def _without_plus(text: str) -> str:
    if "+" in text:
        raise ValueError('A skill may not hold "+", which joins skills in roster.csv.')
    return text


def _moment(value: object) -> dt.date | dt.datetime:
    if isinstance(value, dt.date):
        return _in_our_time(value)
    text = value if isinstance(value, str) else ""
    moment: dt.date | dt.datetime | None = None
    with contextlib.suppress(ValueError):
        whole_day = _DATE.fullmatch(text) is not None
        moment = (dt.date if whole_day else dt.datetime).fromisoformat(text)
    if moment is None or (isinstance(moment, dt.datetime) and moment.tzinfo is None):
        raise ValueError(
            f"{quoted(str(value))} is neither a date such as 2025-06-02 nor a time with an offset."
        )
    return _in_our_time(moment)


def _in_our_time(moment: _Moment) -> _Moment:
    if not 1971 <= moment.year < 2199:
        raise ValueError("The year must lie between 1971 and 2198.")
    return moment


Text = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(_printable)]
Skill = Annotated[Text, AfterValidator(_without_plus)]
Moment = Annotated[dt.date | dt.datetime, PlainValidator(_moment)]
Instant = Annotated[AwareDatetime, AfterValidator(_in_our_time)]
Points = Annotated[int, Field(ge=1, le=1000)]


class Strict(BaseModel):
    """What all parts share: no unknown field, no value of another type."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class ShiftEntry(Strict):
    """A shift template; its kind goes by its start where none is given."""

    code: Text
    start: Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
    minutes: Annotated[int, Field(ge=60, le=1440)]
    kind: Text | None = None
    skills: list[Skill] = []


class Away(Strict):
    """A time away: instants with an offset, or dates, which stand for whole local days."""

    start: Moment
    end: Moment


class Wish(Strict):
    """A wish about one date: by default not to work; of some shifts or kinds, or of any."""

    date: dt.date
    points: Points = 5
    wants: bool = False
    shifts: list[Text] = []
    kinds: list[Text] = []


class FixedDay(Strict):
    """An officer-day that is fixed: a shift, a kind, a rest day or a free day of part-time work."""

    shift: Text | None = None
    kind: Text | None = None
    rest: Literal[True] | None = None
    free: Literal[True] | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> FixedDay:
        parts = (self.shift, self.kind, self.rest, self.free)
        if sum(part is not None for part in parts) != 1:
            raise ValueError("A fixed day has exactly one of shift, kind, rest and free.")
        return self


class Worked(Strict):
    """A shift worked or published before the rota period."""

    start: Instant
    end: Instant
    code: Text = "worked"
    kind: Text | None = None


class OwnTerm(Strict):
    """What an officer cannot do, and until when (not counted); as in files of own terms."""

    term: Text
    first: Annotated[dt.date, Field(alias="from")]
    until: dt.date | None = None
    weekdays: str = ""
    value: str = ""


class OfficerEntry(Strict):
    """One officer."""

    id: Text
    name: Text | None = None
    team: Text | None = None
    skills: Annotated[list[Skill], Field(min_length=1)]
    hours_per_week: Annotated[float, Field(gt=0, le=168)]
    unavailable: list[Away] = []
    preferences: list[Wish] = []
    days: dict[dt.date, FixedDay] = {}
    history: list[Worked] = []
    terms: dict[str, dict[str, int | str] | None] = {}
    own_terms: Annotated[list[OwnTerm], Field(max_length=200)] = []


class Staff(Strict):
    """A staff file: who there is and, where given, which shifts may be worked."""

    officers: Annotated[list[OfficerEntry], Field(min_length=1, max_length=MOST_OFFICERS)]
    shifts: Annotated[list[ShiftEntry], Field(min_length=1, max_length=200)] | None = None


def staff_number(text: str) -> int | None:
    """How many made-up officers `--staff` asks for; None when it names a file.

    A file whose name is a number can be given as `./60`.

    Raises:
        InputError: when it is a number, but not a whole one from 1 to `MOST_OFFICERS`.
    """
    if not _NUMBER.fullmatch(text):
        return None
    number = int(text) if re.fullmatch(r"\d{1,9}", text, re.ASCII) else 0
    if not 1 <= number <= MOST_OFFICERS:
        raise InputError(
            f"{quoted(text)} is not a number of officers; give a whole number from 1 to "
            f"{MOST_OFFICERS:,}, or a JSON file.",
            "--staff",
        )
    return number


def read_staff(path: str) -> Staff:
    """Read a staff file: a list of officers, or an object with `officers` and `shifts`.

    Raises:
        InputError: when anything in it cannot be used; it names file and field.
    """
    node = read_json(path)
    data = {"officers": node.value} if isinstance(node.value, list) else node.value
    if not isinstance(data, dict):
        raise InputError("A list of officers is needed here.", path)
    if data.get("officers") == []:
        raise InputError("The list of officers is empty.", path)
    try:
        staff = Staff.model_validate_json(json.dumps(data))
    except ValidationError as error:
        raise _refusal(error.errors(include_url=False)[0], path) from None
    except ValueError:
        raise InputError("The file is nested too deeply.", path) from None
    _check_unlike(path, "officers", [officer.id for officer in staff.officers])
    _check_unlike(path, "shifts", [shift.code for shift in staff.shifts or ()])
    return staff


WORDS = {
    "model_type": "An object is needed here.",
    "dict_type": "An object is needed here.",
    "list_type": "A list is needed here.",
    "string_type": "A text is needed here.",
    "float_type": "A number is needed here.",
    "int_type": "A whole number is needed here.",
    "bool_type": "True or false is needed here.",
    "literal_error": "Only true may stand here; leave the field out otherwise.",
    "date_type": "A date such as 2025-06-02 is needed here.",
    "date_parsing": "A date such as 2025-06-02 is needed here.",
    "timezone_aware": "A time with an offset or Z is needed here.",
    "datetime_type": "A time with an offset or Z is needed here.",
    "datetime_parsing": "A time with an offset or Z is needed here.",
    "string_pattern_mismatch": 'A time of day such as "07:00" is needed here.',
    "string_too_short": "The text is empty.",
    "string_too_long": "The text is longer than {max_length} characters.",
    "too_short": "The list is empty.",
    "too_long": "The list has {actual_length} items; the most is {max_length}.",
    "greater_than": "The number must be more than {gt:g}.",
    "greater_than_equal": "The number must be at least {ge:g}.",
    "less_than_equal": "The number must be at most {le:g}.",
}
"""What pydantic's kinds of fault are called here; its own words stand where none are given."""


def _refusal(error: ErrorDetails, path: str) -> InputError:
    """The first thing that pydantic found, in our words and with the place in ours."""
    loc, kind = error["loc"], error["type"]
    if loc and loc[-1] == "[key]":
        words = "Not every key is a date such as 2025-06-02."
        return InputError(words, path, _place(loc[:-2]))
    field = str(loc[-1]) if loc else ""
    if field == "skills" and kind in {"too_short", "missing"}:
        return InputError("An officer needs at least one skill.", path, _place(loc))
    if kind in {"missing", "extra_forbidden"}:
        fault = "missing" if kind == "missing" else "unknown"
        return InputError(f"The field {quoted(field)} is {fault}.", path, _place(loc[:-1]))
    own = error["msg"].removeprefix("Value error, ").rstrip(".") + "."
    words = WORDS[kind].format_map(error.get("ctx", {})) if kind in WORDS else own
    return InputError(words, path, _place(loc))


def _place(loc: tuple[int | str, ...]) -> str | None:
    """A place in the file, such as `officers[3].skills`; None for the whole of it."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc)
    return "".join(parts).lstrip(".") or None


def _check_unlike(path: str, what: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            raise InputError(f"{quoted(name)} stands twice.", path, f"{what}[{index}]")
        seen.add(name)
