"""The bases of what comes in and goes out as JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    PlainSerializer,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from app.web.http.texts import GIVE_TEXT, can_be_kept

TEXTS: Mapping[str, re.Pattern[str]] = {
    "uuid": re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
    "datetime": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)"),
    "date": re.compile(r"\d{4}-\d\d-\d\d"),
    "time": re.compile(r"\d\d:\d\d(:\d\d)?"),
    "timedelta": re.compile(r"P(?=.)(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?"),
}
"""What JSON has no type for, and the one text in which each is written."""

EXAMPLES: Mapping[str, str] = {
    "uuid": "Give an id.",
    "datetime": "Give an instant with its offset, such as 2026-03-01T07:00:00Z.",
    "date": "Give a day, such as 2026-03-01.",
    "time": "Give a time of day, such as 07:00.",
    "timedelta": "Give a duration, such as PT7M30S.",
}

LISTS = frozenset({"tuple", "set", "frozenset"})
"""What JSON writes as a list."""


def _zulu(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


When = Annotated[AwareDatetime, PlainSerializer(_zulu, return_type=str, when_used="json")]
"""An instant: RFC 3339 with an offset coming in, in UTC with Z going out."""

Weekday = Literal["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
"""A day of the week by its name."""


def _from_json(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_from_json(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    kind = schema.get("type")
    if kind == "str":
        return core_schema.no_info_after_validator_function(_kept, schema)
    if kind == "model-field" or kind not in {*TEXTS, *LISTS}:
        return {
            key: part if key in {"metadata", "serialization"} else _from_json(part)
            for key, part in schema.items()
        }
    if kind in LISTS:
        rest = {key: _from_json(part) for key, part in schema.items() if key != "strict"}
        return {**rest, "strict": False}
    return core_schema.no_info_before_validator_function(
        _text_of(str(kind)), {**schema, "strict": False}
    )


def _kept(text: str) -> str:
    if not can_be_kept(text):
        raise PydanticCustomError("form", "{words}", {"words": GIVE_TEXT})
    return text


def _text_of(kind: str) -> Any:
    def check(value: object) -> object:
        if isinstance(value, str | int | float | bool | list | dict) and not (
            isinstance(value, str) and TEXTS[kind].fullmatch(value)
        ):
            raise PydanticCustomError("form", "{words}", {"words": EXAMPLES[kind]})
        return value

    return check


class Strict(BaseModel):
    """What comes in: no field but those named, and nothing taken for what it is not.

    `false` is no number, `"1"` neither; ids, instants, days, times and durations are the texts that
    the API documents.
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """The schema, reading from JSON what Python's strictness would only take as an object."""
        schema: CoreSchema = _from_json(handler(source))
        return schema


class Answer(BaseModel):
    """What goes out."""

    model_config = ConfigDict(frozen=True, from_attributes=True)
