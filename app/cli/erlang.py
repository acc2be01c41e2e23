"""`parade erlang`: the people that calls at a steady rate need, and what callers feel."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any, get_args

import click

from app.web.words import count, number, percent
from forecasting.errors import InputError, quoted
from forecasting.staffing.erlang import ServiceLevel
from forecasting.staffing.needs import Goals
from forecasting.staffing.steady import HOUR, Answer, SteadyCalls, answer

UNITS = {"h": 3600.0, "m": 60.0, "s": 1.0}
TIME = re.compile(r"(?:\d+(?:\.\d+)?[hms])+|\d+(?:\.\d+)?", re.ASCII)
DAY = 86_400.0
ENDLESS = ("inf", "endless")
MOST_AROUND = 50

FIGURES: dict[str, tuple[str, str]] = {
    "answered_in_time_of_offered": ("Answered within {within}, of all offered", "share"),
    "answered_in_time_of_answered": ("Answered within {within}, of those answered", "share"),
    "virtual_wait_in_time": ("Would be answered within {within} if nobody hung up", "share"),
    "wait_in_time": ("Answered or gone within {within}, of all offered", "share"),
    "abandoned": ("Abandoned, of all offered", "share"),
    "waiting": ("Finds nobody idle, of all offered", "share"),
    "asa": ("Mean wait of all, who hang up included", "time"),
    "occupancy": ("Occupancy", "share"),
}
"""Every figure: its words, and whether it is a share or a time."""


def seconds_of(text: str) -> float:
    """A length of time such as `300`, `300s`, `5m` or `1m30s`, in seconds.

    Raises:
        InputError: when it is none, or longer than a day.
    """
    given = text.strip().lower()
    if not TIME.fullmatch(given):
        raise InputError(f"{quoted(text)} is not a length of time such as 5m, 300s or 300.")
    parts = re.findall(r"([\d.]+)([hms]?)", given)
    seconds = sum(float(value) * UNITS[unit or "s"] for value, unit in parts)
    if seconds > DAY:
        raise InputError(f"{quoted(text)} is longer than a day.")
    return seconds


def patience_of(text: str) -> float:
    """A mean patience in seconds, `inf` where nobody hangs up.

    Raises:
        InputError: when it is no length of time above 0.
    """
    if text.strip().lower() in ENDLESS:
        return math.inf
    seconds = seconds_of(text)
    if seconds == 0:
        raise InputError("patience must be more than 0; inf means that nobody hangs up.")
    return seconds


def share_of(text: str) -> float:
    """A share such as `0.9` or `90%`.

    Raises:
        InputError: when it is no number from 0 to 1.
    """
    given = text.strip()
    try:
        share = float(given.removesuffix("%")) / (100 if given.endswith("%") else 1)
    except ValueError:
        share = math.nan
    if not 0 <= share <= 1:
        raise InputError(f"{quoted(text)} is not a share such as 0.9 or 90%.")
    return round(share, 12)


def _length(text: str) -> float:
    """The stretch in which calls come, above 0."""
    if not (seconds := seconds_of(text)):
        raise InputError("calls cannot come in no time; give 1h or 15m.")
    return seconds


def _read(how: Callable[[str], float]) -> Callable[[click.Context, click.Parameter, Any], Any]:
    """An option's callback that reads its text in this way, a fault named by the option."""

    def read(_: click.Context, __: click.Parameter, given: str | None) -> float | None:
        try:
            return None if given is None else how(given)
        except InputError as error:
            raise click.BadParameter(error.message) from None

    return read


@click.command()
@click.option("--calls", type=float, required=True, help="Mean calls offered in the time --per.")
@click.option("--per", default="1h", show_default=True, metavar="TIME", callback=_read(_length))
@click.option("--aht", required=True, metavar="TIME", callback=_read(seconds_of),
              help="Average handling time, such as 5m, 300s or 300.")  # fmt: skip
@click.option("--patience", default="inf", show_default=True, metavar="TIME",
              callback=_read(patience_of),
              help="Mean time before a caller hangs up; inf: nobody does.")  # fmt: skip
@click.option("--within", required=True, metavar="TIME", callback=_read(seconds_of),
              help='What "in time" means.')  # fmt: skip
@click.option("--share", metavar="SHARE", callback=_read(share_of),
              help="Goal: least share in time, such as 0.9 or 90%.")  # fmt: skip
@click.option("--definition", type=click.Choice(get_args(ServiceLevel)), show_default=True,
              default="answered_in_time_of_offered", help="What --share speaks of.")  # fmt: skip
@click.option("--most-abandonment", metavar="SHARE", callback=_read(share_of), help="Goal.")
@click.option("--most-occupancy", metavar="SHARE", callback=_read(share_of), help="Goal.")
@click.option("--people", type=click.IntRange(0, 100_000), help="People on the phones.")
@click.option("--around", "reach", type=click.IntRange(0, MOST_AROUND), default=3,
              show_default=True, help="How many fewer and more to show.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def erlang(
    *,
    calls: float,
    per: float,
    aht: float,
    patience: float,
    within: float,
    share: float | None,
    definition: ServiceLevel,
    most_abandonment: float | None,
    most_occupancy: float | None,
    people: int | None,
    reach: int,
    as_json: bool,
) -> None:
    """Say how many people calls need, and what callers feel with fewer and with more.

    Calls arrive at random at a steady rate and are answered in the order in which they come
    (Erlang A; Erlang C where nobody hangs up). Give a goal by --share, or --people, or both.
    People are on the phones: shrinkage is not included.
    """
    if share is None and people is None:
        raise InputError("give a goal by --share, or --people.")
    if share is None and (most_abandonment is not None or most_occupancy is not None):
        raise InputError("most abandonment and most occupancy go with --share.")
    goals = (
        None
        if share is None
        else Goals(share, within, definition, most_abandonment, most_occupancy)
    )
    found = answer(
        SteadyCalls(calls * HOUR / per, aht, patience),
        within,
        goals=goals,
        people=people,
        reach=reach,
    )
    if as_json:
        click.echo(json.dumps(document(found), indent=2))
        return
    for line in lines(found):
        click.echo(line)


def lines(found: Answer) -> Iterator[str]:
    """The calls, the people they need, and the table."""
    yield _load_words(found.calls)
    if found.goals is not None:
        yield need_words(found)
    yield ""
    yield from _table(found)


def _load_words(calls: SteadyCalls) -> str:
    """The calls and their load."""
    patience = (
        "nobody hangs up"
        if math.isinf(calls.patience_seconds)
        else f"patience {calls.patience_seconds:,.6g} s"
    )
    return (
        f"{calls.calls_per_hour:,.6g} calls an hour of {calls.aht_seconds:,.6g} s are "
        f"{calls.erlangs:,.4g} erlangs; {patience}."
    )


def need_words(found: Answer) -> str:
    """The people needed and for which goals."""
    goals = found.goals
    if goals is None or found.need is None:
        return ""
    if found.calls.calls_per_hour == 0:
        return "Without calls nobody is needed."
    words = FIGURES[goals.definition][0].format(within=f"{goals.within:g} s")
    asked = [f"{words[0].lower()}{words[1:]}: {_share(goals.share)}"]
    if goals.most_abandonment is not None:
        asked.append(f"abandoned at most {_share(goals.most_abandonment)}")
    if goals.most_occupancy is not None:
        asked.append(f"occupancy at most {_share(goals.most_occupancy)}")
    if not found.need:
        return f"Nobody is needed for this goal, as who hangs up in time counts ({asked[0]})."
    meet = "meets" if found.need == 1 else "meet"
    people = count(found.need, "person", "people")
    return f"{people} on the phones {meet} the goal ({'; '.join(asked)})."


def _share(share: float) -> str:
    return f"{share * 100:.6g} %"


def _table(found: Answer) -> Iterator[str]:
    """A line a figure, a column a number of people, the one in question between brackets."""
    heads = [f"[{n}]" if n == found.middle else str(n) for n in found.people]
    rows = [("People on the phones", heads)]
    for name, (words, kind) in FIGURES.items():
        values = getattr(found.figures, name)
        cells = [_time(v) if kind == "time" else percent(v, 2) for v in values]
        rows.append((words.format(within=f"{found.within_seconds:g} s"), cells))
    if found.met is not None:
        rows.append(("Meets the goal", ["yes" if each else "no" for each in found.met]))
    first = max(len(words) for words, _ in rows)
    wide = max(len(cell) for _, cells in rows for cell in cells) + 2
    for words, cells in rows:
        yield f"{words:<{first}}" + "".join(f"{cell:>{wide}}" for cell in cells)


def _time(seconds: float) -> str:
    return "endless" if math.isinf(seconds) else f"{number(seconds, 1)} s"


def document(found: Answer) -> dict[str, Any]:
    """The same as plain JSON: endless times are null."""
    goal = None
    if found.goals is not None:
        goal = asdict(found.goals)
        goal["within_seconds"] = goal.pop("within")
    return {
        "calls_per_hour": found.calls.calls_per_hour,
        "aht_seconds": found.calls.aht_seconds,
        "patience_seconds": _finite(found.calls.patience_seconds),
        "erlangs": found.calls.erlangs,
        "within_seconds": found.within_seconds,
        "goal": goal,
        "people_needed": found.need,
        "rows": [_row(found, index) for index in range(found.people.size)],
    }


def _row(found: Answer, index: int) -> dict[str, Any]:
    """What callers feel with one number of people."""
    row: dict[str, Any] = {"people": int(found.people[index])}
    if found.met is not None:
        row["meets_goal"] = bool(found.met[index])
    for name in FIGURES:
        value = float(getattr(found.figures, name)[index])
        row["asa_seconds" if name == "asa" else name] = _finite(value)
    return row


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
