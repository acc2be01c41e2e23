"""Terms that few rooms give: goals of some hours, what callers do, pots, chats, clocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from app.errors import Place
from app.requirements.service import Terms
from app.requirements.views.fields import (
    figure,
    number_given,
    window_given,
    window_shown,
    window_words,
)
from app.web.words import listed, percent

Kind = Literal["share", "number", "whole", "text"]
"""A share is in per cent on the form."""

SINGLE: Mapping[str, Mapping[str, Kind]] = {
    "redial": {"share": "share", "after_seconds": "number"},
    "turn": {"to": "text", "share": "share"},
    "call_back": {
        "accepted": "share",
        "above_seconds": "number",
        "reached": "share",
        "attempts": "whole",
        "attempt_seconds": "number",
    },
}
"""Terms of several fields; without the first the term is not given."""

ROWS: Mapping[str, Mapping[str, Kind]] = {
    "goals_at": {
        "share": "share",
        "within_seconds": "number",
        "most_occupancy": "share",
        "most_abandonment": "share",
    },
    "pots": {
        "name": "text",
        "share": "share",
        "aht_seconds": "number",
        "goal_share": "share",
        "within_seconds": "number",
    },
}
"""Terms of several rows."""

PLAIN: Mapping[str, Kind] = {
    "medium": "text",
    "side_by_side": "whole",
    "deadline_seconds": "number",
    "transfer_seconds": "number",
    "clock": "text",
    "rate_variation": "share",
}

MOST_ROWS = 20

GROUPS: Mapping[str, tuple[str, ...]] = {
    "goals_at": ("goals_at",),
    "leaving": ("redial", "turn", "call_back"),
    "pots": ("pots",),
    "medium": ("medium", "side_by_side", "deadline_seconds"),
    "clock": ("transfer_seconds", "clock"),
    "level": ("rate_variation",),
}
"""Parts of the form that are folded until something in them is given or wrong."""


def callers_shown(terms: Terms) -> dict[str, str]:
    """What is given of these terms, as fields of the form."""
    said: dict[str, str] = {}
    for name in terms.given:
        value = getattr(terms.terms, name, None)
        if name in PLAIN:
            said[name] = _shown(value, PLAIN[name])
        elif name in SINGLE and value is not None:
            said |= _fields(name, value, SINGLE[name])
        elif name in ROWS:
            for index, row in enumerate(value or ()):
                said |= _fields(f"{name}-{index}", row, ROWS[name])
                if name == "goals_at":
                    said |= window_shown(f"{name}-{index}", row.window)
    return said


def callers_given(form: Mapping[str, str], faults: list[Place]) -> dict[str, Any]:
    """What the form gives of these terms."""
    given = _values(form, "", PLAIN, faults)
    for name, kinds in SINGLE.items():
        if form.get(f"{name}-{next(iter(kinds))}", "").strip():
            given[name] = _values(form, f"{name}-", kinds, faults)
    for name, kinds in ROWS.items():
        rows = [
            _values(form, f"{name}-{row}-", kinds, faults)
            | ({"window": window_given(form, f"{name}-{row}")} if name == "goals_at" else {})
            for row in filled_rows(form, name)
        ]
        given |= {name: rows} if rows else {}
    return given


def filled_rows(form: Mapping[str, str], name: str) -> list[int]:
    """The rows of a term in which anything is given."""
    return [
        row
        for row in range(MOST_ROWS)
        if any(form.get(f"{name}-{row}-{each}", "").strip() for each in ROWS[name])
    ]


def rows_of(form: Mapping[str, str], name: str) -> range:
    """Rows to show: those that are filled and an empty one."""
    filled = filled_rows(form, name)
    return range(min((filled[-1] + 1 if filled else 0) + 1, MOST_ROWS))


def callers_field(form: Mapping[str, str], field: str) -> str | None:
    """The field of the form that a field of these terms stands in; None of other terms."""
    name, _, rest = field.partition("[")
    if name in SINGLE:
        return f"{name}-{next(iter(SINGLE[name]))}"
    if name in ROWS:
        filled, place = filled_rows(form, name) or [0], rest.partition("]")[0]
        row = filled[int(place)] if place.isdecimal() else filled[0]
        return f"{name}-{row}-{next(iter(ROWS[name]))}"
    return None


def open_groups(given: Mapping[str, str], errors: Mapping[str, str]) -> set[str]:
    """The folded parts of the form to open."""
    named = {name for name, value in given.items() if value.strip()} | errors.keys()
    return {
        group
        for group, terms in GROUPS.items()
        if any(name == term or name.startswith(f"{term}-") for name in named for term in terms)
    }


def callers_words(terms: Terms) -> list[tuple[str, str, str]]:
    """What is given of these terms: field, label and words each."""
    said, found = terms.terms, []
    if said.goals_at:
        words = "; ".join(f"{window_words(g.window)}: {_goal(g.replaced)}" for g in said.goals_at)
        found.append(("goals_at", "Goals of some hours", words))
    if said.redial:
        words = f"{percent(said.redial.share, 0)} of those who hang up, "
        found.append(("redial", "Call again", f"{words}after {said.redial.after_seconds:g} s"))
    if said.turn:
        words = f"{percent(said.turn.share, 0)} of those who hang up and do not call again"
        found.append(("turn", f"Turn to {said.turn.to}", words))
    if said.call_back:
        words = f"above {said.call_back.above_seconds:g} s of waiting, accepted by "
        found.append(("call_back", "Call-backs", words + percent(said.call_back.accepted, 1)))
    if said.pots:
        words = listed(f"{pot.name} {percent(pot.share, 0)}" for pot in said.pots)
        found.append(("pots", "Kinds of callers", words))
    if said.medium == "chats":
        found.append(("medium", "Medium", f"chats, {said.side_by_side} side by side"))
    if said.medium == "backlog":
        found.append(("medium", "Medium", f"backlog, due after {said.deadline_seconds:g} s"))
    if said.transfer_seconds or said.clock == "published":
        published = said.own_within_seconds + said.transfer_seconds
        words = f"{said.own_within_seconds:g} s on the room's own, {published:g} s on the published"
        found.append(("clock", "Clocks", words))
    if said.rate_variation:
        found.append(("rate_variation", "Level of a day", f"± {percent(said.rate_variation, 0)}"))
    return found


def _goal(replaced: Mapping[str, float]) -> str:
    """Goals of some hours in words."""
    labels = {"share": "goal", "most_occupancy": "occupancy", "most_abandonment": "abandoned"}
    return listed(
        f"within {value:g} s" if name == "within_seconds" else f"{labels[name]} {percent(value, 0)}"
        for name, value in replaced.items()
    )


def _fields(prefix: str, value: object, kinds: Mapping[str, Kind]) -> dict[str, str]:
    return {
        f"{prefix}-{name}": _shown(getattr(value, name), kind)
        for name, kind in kinds.items()
        if getattr(value, name) is not None
    }


def _shown(value: Any, kind: Kind) -> str:
    if kind == "text":
        return str(value)
    return figure(value * 100 if kind == "share" else value)


def _values(
    form: Mapping[str, str], prefix: str, kinds: Mapping[str, Kind], faults: list[Place]
) -> dict[str, Any]:
    """The fields that are filled, by name."""
    found: dict[str, Any] = {}
    for name, kind in kinds.items():
        text = form.get(prefix + name, "").strip()
        if not text:
            continue
        if kind == "text":
            found[name] = text
        else:
            value = number_given(text, prefix + name, faults, whole=kind == "whole")
            found[name] = round(value / 100, 9) if kind == "share" else value
    return found


def other_queues(terms: Sequence[Terms], chosen: Terms) -> list[tuple[str, str]]:
    """Queues that callers of one may turn to."""
    names = [each.queue for each in terms if each.queue != chosen.queue]
    return [("", "nobody does"), *((name, name) for name in names)]
