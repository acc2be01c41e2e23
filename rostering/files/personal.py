"""What holds for one person alone, as plain data: limits and what counts in the average week."""

from __future__ import annotations

from rostering.files.node import Node
from rostering.personal import UNSAID, Elsewhere, Limit, Stretch, WorkingTime
from rostering.problem import MINUTES_A_DAY
from rostering.words import clock_words

FURTHEST = 40_000
"""Days from the period, either way: a century, which stands for "until further notice"."""

MOST_ITEMS = 1_000
A_WEEK = 7 * MINUTES_A_DAY


def limit_to_json(limit: Limit) -> dict[str, object]:
    """A limit as plain data; what it does not say is left out."""
    said: dict[str, object] = _stretch_to_json(limit.days)
    if limit.weekdays:
        said["weekdays"] = sorted(limit.weekdays)
    if limit.kinds:
        said["kinds"] = sorted(limit.kinds)
    if limit.closed:
        said["closed"] = [clock_words(minute) for minute in limit.closed]
    for name in ("most_minutes", "most_week_minutes", "least_rest"):
        if getattr(limit, name) is not None:
            said[name] = getattr(limit, name)
    return said


def limit_from(node: Node) -> Limit:
    """Read a limit.

    Raises:
        InputError: when it cannot be used, or says nothing that cannot be done.
    """
    found = node.fields(
        ["first", "last"],
        ["weekdays", "kinds", "closed", "most_minutes", "most_week_minutes", "least_rest"],
    )
    days = _stretch(found)
    if len(found) - ("weekdays" in found) == 2:
        raise node.refused("The limit does not say what cannot be done.")
    return Limit(
        days,
        weekdays=frozenset(it.whole(0, 6) for it in found["weekdays"].items(7))
        if "weekdays" in found
        else frozenset(),
        kinds=found["kinds"].texts() if "kinds" in found else frozenset(),
        closed=_closed(found["closed"]) if "closed" in found else None,
        most_minutes=_whole(found, "most_minutes", 2 * MINUTES_A_DAY),
        most_week_minutes=_whole(found, "most_week_minutes", A_WEEK),
        least_rest=_whole(found, "least_rest", A_WEEK),
    )


def _closed(node: Node) -> tuple[int, int]:
    items = node.items(2)
    if len(items) != 2:
        raise node.refused("Give two times of day, from and until.")
    return items[0].clock(), items[1].clock()


def _whole(found: dict[str, Node], name: str, most: int) -> int | None:
    return found[name].whole(0, most) if name in found else None


def working_time_to_json(said: WorkingTime) -> dict[str, object]:
    """What counts in an average week as plain data."""
    return {
        "opted_out": [_stretch_to_json(stretch) for stretch in said.opted_out],
        "left_out": [_stretch_to_json(stretch) for stretch in said.left_out],
        "elsewhere": [
            {**_stretch_to_json(job.days), "weekly_minutes": job.weekly_minutes}
            for job in said.elsewhere
        ],
    }


def working_time_from(node: Node) -> WorkingTime:
    """Read what counts in an average week.

    Raises:
        InputError: when it cannot be used.
    """
    found = node.fields([], ["opted_out", "left_out", "elsewhere"])
    said = WorkingTime(
        opted_out=_stretches(found, "opted_out"),
        left_out=_stretches(found, "left_out"),
        elsewhere=tuple(map(_elsewhere, found["elsewhere"].items(MOST_ITEMS)))
        if "elsewhere" in found
        else (),
    )
    return UNSAID if said == UNSAID else said


def _elsewhere(node: Node) -> Elsewhere:
    found = node.fields(["first", "last", "weekly_minutes"])
    return Elsewhere(_stretch(found), found["weekly_minutes"].whole(0, A_WEEK))


def _stretches(found: dict[str, Node], name: str) -> tuple[Stretch, ...]:
    if name not in found:
        return ()
    items = found[name].items(MOST_ITEMS)
    return tuple(_stretch(item.fields(["first", "last"])) for item in items)


def _stretch(found: dict[str, Node]) -> Stretch:
    stretch = Stretch(
        found["first"].whole(-FURTHEST, FURTHEST), found["last"].whole(-FURTHEST, FURTHEST)
    )
    if stretch.last < stretch.first:
        raise found["last"].refused("The last day comes before the first.")
    return stretch


def _stretch_to_json(stretch: Stretch) -> dict[str, object]:
    return {"first": stretch.first, "last": stretch.last}
