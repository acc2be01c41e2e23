"""What the page of the room shows, and what its form says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from app.errors import InvalidInput, Place
from app.requirements.service import RoomAsks
from app.requirements.views.fields import (
    figure,
    number_given,
    part_field,
    parts_given,
    parts_shown,
    window_given,
    window_shown,
    window_words,
)
from app.web.words import count, listed

MOST_ROWS = 20
"""Posts, and minimums, that a form takes."""

SPARE = 1
"""Empty rows below those that are filled."""

NUMBERS = ("reserve", "seats")
"""Fields of the form in whole numbers."""

HEADS = {"post": "name", "minimum": "skill"}
"""The field of a row without which the row is empty."""


def room_words(asks: RoomAsks) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What is in force: a label, and a line for each thing."""
    terms = asks.terms
    posts = tuple(
        f"{post.name}: {count(post.people, 'person', 'people')} with {post.skill}, "
        f"{window_words(post.window)}" + ("" if post.relief else ", empty in breaks")
        for post in terms.posts
    )
    minimums = tuple(
        f"{count(each.people, 'person', 'people')} with {each.skill}, {window_words(each.window)}"
        + (", before everything else" if each.must else "")
        for each in terms.minimums
    )
    seats = "as many as are needed" if terms.seats is None else str(terms.seats)
    lost = listed(
        f"{part.name} {100 * part.share:.3g} %" for part in terms.shrinkage if part.in_shift
    )
    return (
        ("Idle reserve", (f"{count(terms.reserve, 'person', 'people')} where staff is shared",)),
        ("Seats", (seats,)),
        ("Posts", posts or ("none",)),
        ("Fewest people on duty", minimums or ("none beyond those of the queues",)),
        ("Away from posts", (lost or "never",)),
    )


def room_form_values(asks: RoomAsks) -> dict[str, str]:
    """What the form shows at first."""
    terms = asks.terms
    said = {name: figure(getattr(terms, name)) for name in NUMBERS if name in asks.given}
    for index, post in enumerate(terms.posts):
        row = f"post-{index}"
        said |= {f"{row}-name": post.name, f"{row}-skill": post.skill}
        said |= {f"{row}-people": figure(post.people)} | window_shown(row, post.window)
        if not post.relief:
            said[f"{row}-alone"] = "yes"
    for index, each in enumerate(terms.minimums):
        row = f"minimum-{index}"
        said |= {f"{row}-skill": each.skill, f"{row}-people": figure(each.people)}
        said |= window_shown(row, each.window)
        if each.must:
            said[f"{row}-must"] = "yes"
    return said | parts_shown(terms.shrinkage)


def rows_shown(given: Mapping[str, str], kind: str) -> range:
    """Rows of posts or minimums on the form: those that are filled and an empty one."""
    filled = _filled(given, kind)
    return range(min((filled[-1] + 1 if filled else 0) + SPARE, MOST_ROWS))


def room_given_by(form: Mapping[str, str], before: RoomAsks) -> dict[str, Any]:
    """What a form gives of a room's terms; what it leaves empty is not given.

    Raises:
        InvalidInput: naming every field that is not a number.
    """
    faults: list[Place] = []
    given: dict[str, Any] = {}
    for name in NUMBERS:
        if form.get(name, "").strip():
            given[name] = number_given(form[name], name, faults, whole=True)
    posts = [_post(form, f"post-{index}", faults) for index in _filled(form, "post")]
    minimums = [
        {
            "skill": form[f"minimum-{index}-skill"],
            **_when(form, f"minimum-{index}", faults),
            **({"must": True} if form.get(f"minimum-{index}-must") else {}),
        }
        for index in _filled(form, "minimum")
    ]
    given |= {"posts": posts} if posts else {}
    given |= {"minimums": minimums} if minimums else {}
    parts = parts_given(form, faults)
    assumed = [asdict(part) for part in before.terms.shrinkage]
    if parts and ("shrinkage" in before.given or parts != assumed):
        given["shrinkage"] = parts
    if faults:
        raise InvalidInput(faults)
    return given


def room_faults(form: Mapping[str, str], faults: Mapping[str, str]) -> dict[str, str]:
    """Faults by field of the form, whose empty rows do not count."""
    return {_field(form, field): words for field, words in faults.items()}


def _field(form: Mapping[str, str], field: str) -> str:
    """The field of the form that a field of the terms stands in."""
    if field.startswith("shrinkage"):
        return part_field(field)
    kind, _, rest = field.partition("s[")
    if kind not in HEADS:
        return field
    place, _, name = rest.partition("]")
    name = "start" if name == ".window" else name.removeprefix(".") or HEADS[kind]
    return f"{kind}-{_filled(form, kind)[int(place)]}-{name}"


def _filled(form: Mapping[str, str], kind: str) -> list[int]:
    """The rows that are not empty."""
    head = HEADS[kind]
    return [row for row in range(MOST_ROWS) if form.get(f"{kind}-{row}-{head}", "").strip()]


def _post(form: Mapping[str, str], row: str, faults: list[Place]) -> dict[str, Any]:
    return {
        "name": form[f"{row}-name"].strip(),
        "skill": form.get(f"{row}-skill", ""),
        **_when(form, row, faults),
        "relief": not form.get(f"{row}-alone"),
    }


def _when(form: Mapping[str, str], row: str, faults: list[Place]) -> dict[str, Any]:
    """People and hours of a row."""
    people = form.get(f"{row}-people", "").strip() or "1"
    return {
        "people": number_given(people, f"{row}-people", faults, whole=True),
        "window": window_given(form, row),
    }
