"""JSON that comes in is taken for what it says and for nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.web.http.schema import Answer, Strict, When


class Inner(Strict):
    """A part."""

    id: UUID


class Sample(Strict):
    """One field of each kind."""

    id: UUID | None = None
    at: When | None = None
    day: date | None = None
    clock: time | None = None
    lasts: timedelta | None = None
    whole: int | None = None
    number: float | None = None
    words: str | None = None
    yes: bool | None = None
    ids: tuple[UUID, ...] | None = None
    parts: tuple[Inner, ...] | None = None
    by_name: dict[str, Inner] | None = None


class Told(Answer):
    """An instant going out."""

    at: When


ID = UUID("0198c5a2-7d7e-7b7a-9d5c-2f6b8f0e4a11")

TAKEN: list[tuple[str, Any, Any]] = [
    ("id", str(ID), ID),
    ("at", "2026-03-01T07:00:00+01:00", datetime(2026, 3, 1, 6, tzinfo=UTC)),
    ("at", "2026-03-01T07:00Z", datetime(2026, 3, 1, 7, tzinfo=UTC)),
    ("day", "2026-03-01", date(2026, 3, 1)),
    ("clock", "07:15", time(7, 15)),
    ("lasts", "PT7M30S", timedelta(minutes=7, seconds=30)),
    ("whole", 3, 3),
    ("number", 3, 3.0),
    ("words", "3", "3"),
    ("yes", True, True),
    ("ids", [str(ID)], (ID,)),
    ("parts", [{"id": str(ID)}], (Inner.model_construct(id=ID),)),
    ("by_name", {"a": {"id": str(ID)}}, {"a": Inner.model_construct(id=ID)}),
]


@pytest.mark.parametrize(("field", "given_", "meant"), TAKEN)
def test_what_is_documented_is_taken(field: str, given_: object, meant: object) -> None:
    """Ids, instants, days, times, durations and lists come as JSON writes them."""
    assert getattr(Sample.model_validate({field: given_}), field) == meant


REFUSED: list[tuple[str, Any]] = [
    ("id", 1),
    ("id", "not-an-id"),
    ("id", f"{{{ID}}}"),
    ("at", 1_700_000_000),
    ("at", "1700000000"),
    ("at", "2026-03-01"),
    ("at", "2026-03-01T07:00:00"),
    ("at", "2026-13-01T07:00:00Z"),
    ("day", "2026-02-30"),
    ("day", 20513),
    ("day", "2026-03-01T00:00:00Z"),
    ("clock", 60),
    ("lasts", 60),
    ("lasts", "P"),
    ("lasts", "PT"),
    ("whole", False),
    ("whole", "3"),
    ("whole", 3.0),
    ("number", "3"),
    ("number", True),
    ("words", 3),
    ("words", "a\0b"),
    ("words", "\ud800"),
    ("by_name", {"\0": {"id": str(ID)}}),
    ("yes", 1),
    ("yes", "true"),
    ("ids", str(ID)),
    ("ids", [1]),
    ("parts", [{"id": 1}]),
    ("parts", [{"id": str(ID), "more": 1}]),
    ("by_name", {"a": {"id": False}}),
    ("unknown", 1),
]


@pytest.mark.parametrize(("field", "given_"), REFUSED)
def test_what_it_is_not_is_refused(field: str, given_: object) -> None:
    """No number for a boolean, no text for a number, no stamp for an instant, no stray field."""
    with pytest.raises(ValidationError):
        Sample.model_validate({field: given_})


@given(st.datetimes(timezones=st.timezones()))
def test_an_instant_comes_back_as_it_went(at: datetime) -> None:
    """What goes out in UTC with Z is read as the same instant."""
    try:
        utc = at.astimezone(UTC)
    except OverflowError:
        return
    said = Told(at=at).model_dump(mode="json")["at"]
    assert said.endswith("Z")
    assert Sample.model_validate({"at": said}).at == utc


def test_the_documents_say_texts() -> None:
    """The description names the formats, not the objects of Python."""
    said = Sample.model_json_schema()["properties"]
    formats = {name: said[name]["anyOf"][0].get("format") for name in said}
    assert (formats["id"], formats["at"], formats["day"], formats["lasts"]) == (
        "uuid", "date-time", "date", "duration",
    )  # fmt: skip
