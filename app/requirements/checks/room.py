"""What is wrong with what a room asks as a whole."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from app.errors import InvalidInput, Place
from app.requirements.checks.rules import (
    FLAG,
    NAME,
    WINDOW,
    Rule,
    known_skill,
    part_faults,
    row_faults,
    several,
    whole,
)
from app.requirements.values import Given
from forecasting.staffing.posts import MOST_PEOPLE

PEOPLE = whole(1, MOST_PEOPLE)

ROOM_RULES: Mapping[str, Rule] = {
    "reserve": whole(0, 50),
    "seats": whole(0, 10 * MOST_PEOPLE),
    "posts": several("posts"),
    "minimums": several("minimums"),
    "shrinkage": several("parts"),
}
"""For every field of a room's terms: whether a value fits, and what to give."""


def refuse_unusable_room(given: Given, skills: Collection[str]) -> None:
    """Refuse terms that cannot be used.

    Args:
        given: what the room gives.
        skills: codes of the force's skills.

    Raises:
        InvalidInput: naming every field that cannot be used.
    """
    faults = [
        Place(name, ROOM_RULES[name][1] if name in ROOM_RULES else "This is no term of a room.")
        for name, value in given.items()
        if name not in ROOM_RULES or not ROOM_RULES[name][0](value)
    ]
    wrong = {fault.field for fault in faults}
    usable = {name: value for name, value in given.items() if name not in wrong}
    faults += _rows(usable, skills)
    faults += part_faults(usable.get("shrinkage", []))
    if faults:
        raise InvalidInput(faults)


def _rows(given: Given, skills: Collection[str]) -> Iterator[Place]:
    """What is wrong with posts and minimums."""
    skill = known_skill(skills)
    minimum: Mapping[str, Rule] = {"skill": skill, "people": PEOPLE, "window": WINDOW}
    post: Mapping[str, Rule] = {"name": NAME, **minimum, "relief": FLAG}
    minimum = {**minimum, "must": FLAG}
    names: set[str] = set()
    for index, row in enumerate(given.get("posts", [])):
        where = f"posts[{index}]"
        found = tuple(row_faults(where, row, post, ("name", "skill")))
        yield from found
        if not found and row["name"] in names:
            yield Place(f"{where}.name", "Another post has this name.")
        if not found:
            names.add(row["name"])
    for index, row in enumerate(given.get("minimums", [])):
        yield from row_faults(f"minimums[{index}]", row, minimum, ("skill", "people"))
