"""What each role may do: the one table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args
from uuid import UUID

from app.auth.values import Grant, Role

Action = Literal[
    "me.read",
    "me.change",
    "rooms.read",
    "rooms.change",
    "people.read",
    "people.change",
    "rulebooks.read",
    "rulebooks.change",
    "hours.own",
    "hours.read",
    "fairness.own",
    "fairness.read",
    "demand.read",
    "demand.send",
    "demand.change",
    "forecasts.read",
    "forecasts.run",
    "requirements.read",
    "requirements.change",
    "preferences.own",
    "preferences.read",
    "preferences.change",
    "leave.own",
    "leave.read",
    "leave.change",
    "patterns.own",
    "patterns.read",
    "patterns.change",
    "rosters.read",
    "rosters.read_published",
    "rosters.make",
    "rosters.change",
    "rosters.publish",
    "rosters.authorise",
    "scenarios.read",
    "scenarios.run",
    "jobs.read",
    "jobs.cancel",
    "users.read",
    "users.change",
    "audit.read",
]
"""What can be done, as `slice.verb`."""

ACTIONS: frozenset[Action] = frozenset(get_args(Action))

OWN: frozenset[Action] = frozenset({"me.read", "me.change"})
"""Whoever is signed in may do these with what is their own, and needs no grant."""

WHOLE_FORCE: frozenset[Action] = frozenset(
    {"rooms.change", "users.read", "users.change", "audit.read"}
)
"""Where the path names no room, these take a grant over the caller's whole force."""

MAY: dict[Role, frozenset[Action]] = {
    "officer": OWN
    | {
        "rooms.read",
        "rulebooks.read",
        "hours.own",
        "fairness.own",
        "preferences.own",
        "patterns.own",
        "leave.own",
        "rosters.read_published",
    },
    "manager": ACTIONS - WHOLE_FORCE,
    "administrator": ACTIONS,
}
"""Role × action; an officer's and a manager's hold in the rooms of their grants."""


def covering(grants: Iterable[Grant], force_id: UUID, room_id: UUID) -> tuple[Grant, ...]:
    """The grants that reach a control room of a force."""
    return tuple(
        grant for grant in grants if grant.force_id == force_id and grant.room_id in {None, room_id}
    )


def allowed(grants: Iterable[Grant], action: Action) -> bool:
    """Whether one of the grants carries the action."""
    return action in OWN or any(action in MAY[grant.role] for grant in grants)


def allowed_without_room(grants: Iterable[Grant], action: Action, home: UUID) -> bool:
    """Whether a caller of that home force may do the action where the path names no room."""
    if action in WHOLE_FORCE:
        grants = [grant for grant in grants if grant.force_id == home and grant.room_id is None]
    return allowed(grants, action)
