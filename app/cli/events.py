"""The events file: local events and school holidays, as TOML, one table for each.

    ["Bonfire night"]
    month = 11
    day = 5                    # or weekday = "Saturday" and nth = 1 to 4, or -1 for the last
    from = "17:00"             # the whole day where no hours are given
    until = "01:00"            # the next day's, since it lies before `from`
    effect = "learned"         # by hour from past occurrences; "like last time"; or per cent: 20
    since = "2019-11-01"       # first and last day on which it may begin, where it was not or will
    last = "2027-11-05"        # not be for ever
    queues = ["999"]           # in which it is felt; in all where none are given

    ["School holidays"]
    dates = [["2025-07-23", "2025-09-01"], ["2025-10-27", "2025-10-31"]]

A dated event may last several `days`. What was learned is shrunk where an event is rare.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from app.cli.inputs import placed
from forecasting.errors import InputError, quoted
from forecasting.event_file import EFFECTS, WEEKDAYS
from forecasting.events import (
    LARGEST_PERCENT,
    MINUTES_PER_DAY,
    Effect,
    Event,
    Given,
    Learned,
    NthWeekday,
    Span,
    Stated,
    When,
    Yearly,
)
from rostering.files.node import Node, read_toml

MOST_DATES = 1000

KEYS = (
    "month", "day", "weekday", "nth", "dates", "days", "from", "until", "effect", "since", "last",
    "queues",
)  # fmt: skip


def events_of(path: str | None) -> tuple[Event, ...]:
    """The events of a file; none without one.

    Raises:
        InputError: when the file cannot be used, naming the place in it.
    """
    if path is None:
        return ()
    found = []
    for name, node in read_toml(path).entries().items():
        with placed(f"{path}, {node.where}"):
            found.append(_event(name, node))
    return tuple(found)


def check_queues(path: str | None, events: Iterable[Event], known: Collection[str]) -> None:
    """Refuse events of queues that the counts do not have: a slip would silently lose them.

    Raises:
        InputError: naming the file, the event and the queue.
    """
    for event in events:
        for queue in event.queues:
            if queue not in known:
                with placed(f"{path}, {event.name}.queues"):
                    raise InputError(f"The counts have no queue called {quoted(queue)}.")


def _event(name: str, node: Node) -> Event:
    given = node.fields((), KEYS)
    begins = given["from"].clock() if "from" in given else 0
    until = given["until"].clock() if "until" in given else 0
    minutes = (until - begins) % MINUTES_PER_DAY or MINUTES_PER_DAY
    effect = _effect(given["effect"]) if "effect" in given else Learned()
    since, last = (given[key].date() if key in given else None for key in ("since", "last"))
    queues = tuple(sorted(given["queues"].texts())) if "queues" in given else ()
    return Event(name, _when(node, given), begins, minutes, effect, since, last, queues)


def _when(node: Node, given: Mapping[str, Node]) -> When:
    """The dates, said in one of three ways."""
    said = {"dates", "month", "day", "weekday", "nth"} & given.keys()
    days = given["days"].whole(1, 92) if "days" in given else 1
    if said == {"dates"} and "days" not in given:
        return Given(tuple(_span(each) for each in given["dates"].items(MOST_DATES)))
    if said == {"month", "day"}:
        return Yearly(given["month"].whole(1, 12), given["day"].whole(1, 31), days)
    if said == {"month", "weekday", "nth"}:
        weekday = WEEKDAYS.index(given["weekday"].one_of(WEEKDAYS, "a day of the week"))
        return NthWeekday(given["month"].whole(1, 12), weekday, given["nth"].whole(-1, 4), days)
    raise node.refused(
        "An event needs month and day, or month, weekday and nth, each perhaps with days, or dates."
    )


def _span(node: Node) -> Span:
    """A date, or a first and a last one."""
    if isinstance(node.value, str):
        return node.date(), node.date()
    days = [each.date() for each in node.items(2)]
    if len(days) != 2:
        raise node.refused("Give a date, or a list of the first and the last date.")
    return days[0], days[1]


def _effect(node: Node) -> Effect:
    if isinstance(node.value, str):
        return EFFECTS[node.one_of(tuple(EFFECTS), "an effect; give per cent or words")]
    return Stated(node.number(-100, LARGEST_PERCENT))
