"""Demand laid out for its pages: a file's columns with what each means, and words for what is kept.

A form says a mapping field by field: `map-<n>` what column n means, `of-<n>` the queue that it
counts where columns count a queue each, `source-<n>` and `name-<n>` a queue of the file and ours.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, cast, get_args
from zoneinfo import ZoneInfo

from app.demand.service import (
    Batch,
    ColumnMapping,
    DayQuality,
    Measure,
    Measured,
    Observed,
    Preview,
    Queue,
    Received,
)
from app.web.words import count, day_words

TARGETS = (
    ("", "leave out"),
    ("start", "date, or date and time"),
    ("time", "time of day"),
    ("queue", "queue"),
    ("category", "category of calls"),
    ("offered", "calls offered"),
    ("answered", "calls answered"),
    ("abandoned", "calls abandoned"),
    ("offered answered", "answered, a part of offered"),
    ("offered abandoned", "abandoned, a part of offered"),
    ("answered abandoned", "outcome of a call"),
    ("handled_seconds", "handling time, total"),
    ("average_handled_seconds", "handling time, average"),
    ("minutes handled_seconds", "handling time, total, in minutes"),
    ("minutes average_handled_seconds", "handling time, average, in minutes"),
    ("answered_in_time", "calls answered in time"),
    ("answered_in_time_of_offered", "answered in time, a share of offered"),
    ("answered_in_time_of_answered", "answered in time, a share of answered"),
)
"""What a column may be, as the form says it; words of one value stand apart by a blank."""

CHOICES: Mapping[str, Sequence[tuple[str, str]]] = {
    "rows": (("intervals", "an interval"), ("calls", "a single call")),
    "day_order": (("dmy", "day first"), ("mdy", "month first"), ("ymd", "year first")),
    "decimal": ((".", "point, 1,234.5"), (",", "comma, 1.234,5")),
    "marks": (("start", "beginning"), ("end", "end")),
    "doubled_hour": (("by_order", "told apart by their order"), ("leave_out", "left out")),
    "interval_minutes": (
        ("", "as the file shows"),
        ("15", "15 minutes"),
        ("30", "30 minutes"),
        ("60", "60 minutes"),
    ),
}
"""Settings of a mapping beside its columns."""

MOST_NAMES = 200
"""Queues of a file whose names the form asks for."""

LATELY = 40
"""Days that need a look, shown one by one."""


@dataclass(frozen=True)
class MappingForm:
    """A mapping as the form shows it.

    Attributes:
        chosen: what each column is, one of `TARGETS`.
        counted: columns that count a queue of their own, by number, with header and queue.
        names: queues of the file with ours; "" leaves one out.
    """

    chosen: tuple[str, ...]
    counted: tuple[tuple[int, str, str], ...]
    names: tuple[tuple[str, str], ...]
    values: Mapping[str, str]


def mapping_form(
    headers: Sequence[str], mapping: ColumnMapping, sources: Sequence[str]
) -> MappingForm:
    """A mapping laid out for its form."""
    meant: dict[str, list[str]] = {}
    queues: dict[str, str] = {}
    for name, header in (
        ("start", mapping.start),
        ("time", mapping.time),
        ("queue", mapping.queue),
        ("category", mapping.category),
    ):
        if header:
            meant.setdefault(header, []).append(name)
    for measure in mapping.measures:
        words = meant.setdefault(measure.column, [])
        if measure.unit == "minutes" and "minutes" not in words:
            words.append("minutes")
        words.append(measure.measures)
        queues[measure.column] = measure.queue or ""
    known = {value for value, _ in TARGETS}
    chosen = [" ".join(meant.get(header, [])) for header in headers]
    of_queue = mapping.queue is None
    return MappingForm(
        tuple(each if each in known else "" for each in chosen),
        tuple(
            (place, header, queues[header])
            for place, header in enumerate(headers)
            if of_queue and header in queues
        ),
        tuple((name, mapping.names.get(name, name) or "") for name in sources[:MOST_NAMES])
        if not of_queue
        else (),
        {
            "clock": mapping.clock,
            "complete": "yes" if mapping.complete else "",
            **{name: str(getattr(mapping, name) or "") for name in CHOICES},
        },
    )


def typed_mapping(headers: Sequence[str], typed: Mapping[str, str]) -> ColumnMapping:
    """The mapping that a form says; what it cannot say is told when the file is read by it."""
    chosen = [(header, typed.get(f"map-{n}", "").split()) for n, header in enumerate(headers)]
    keys = {
        name: next((header for header, words in chosen if name in words), None)
        for name in ("start", "time", "queue", "category")
    }
    return ColumnMapping(
        keys["start"] or "",
        tuple(_measures(chosen, typed, named=keys["queue"] is not None)),
        typed.get("clock", "").strip(),
        time=keys["time"],
        queue=keys["queue"],
        category=keys["category"],
        interval_minutes=int(_choice(typed, "interval_minutes") or 0) or None,
        complete=typed.get("complete") == "yes",
        names=_names(typed),
        **{
            name: cast("Any", _choice(typed, name))
            for name in ("rows", "day_order", "decimal", "marks", "doubled_hour")
        },
    )


def _choice(typed: Mapping[str, str], name: str) -> str:
    """What was chosen, or the first choice where that is none."""
    values = [value for value, _ in CHOICES[name]]
    said = typed.get(name, "")
    return said if said in values else values[0]


def _measures(
    chosen: Iterable[tuple[str, list[str]]], typed: Mapping[str, str], *, named: bool
) -> Iterator[Measure]:
    kinds = get_args(Measured)
    for place, (header, words) in enumerate(chosen):
        unit: Literal["seconds", "minutes"] = "minutes" if "minutes" in words else "seconds"
        queue = None if named else typed.get(f"of-{place}", "").strip() or None
        for kind in kinds:
            if kind in words:
                yield Measure(header, cast("Any", kind), queue, unit)


def _names(typed: Mapping[str, str]) -> dict[str, str | None]:
    """Queues of the file whose name is not ours."""
    names: dict[str, str | None] = {}
    for place in range(MOST_NAMES):
        source = typed.get(f"source-{place}")
        if source is None:
            break
        ours = typed.get(f"name-{place}", "").strip()
        if ours != source:
            names[source] = ours or None
    return names


def preview_answer(preview: Preview) -> tuple[str, str]:
    """The sentence that opens a preview, and what is doubtful about it."""
    new, revised, unchanged = (
        sum(getattr(each, name) for each in preview.queues)
        for name in ("new", "revised", "unchanged")
    )
    if not new + revised and not preview.divided:
        return f"Nothing would change: all {count(unchanged, 'interval')} are kept already.", ""
    good = f"{count(new, 'interval')} would be new"
    good += f", {revised:,} revised" if revised else ""
    good += f" and {unchanged:,} unchanged." if unchanged else "."
    trouble = count(len(preview.warnings), "thing")
    return good, f"{trouble} to look at first." if preview.warnings else ""


def seen(preview: Preview) -> str:
    """A word for exactly this effect by this mapping, by which a page knows what was looked at."""
    effect = [asdict(each) for each in preview.queues]
    told = json.dumps([preview.mapping.document(), effect], default=str, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def queue_rows(preview: Preview, zone: str) -> list[list[str]]:
    """What would change, queue by queue."""
    return [
        [
            f"{each.queue} (new)" if each.is_new else each.queue,
            f"{each.first.astimezone(ZoneInfo(zone)):%-d %b %Y %H:%M}",
            f"{each.last.astimezone(ZoneInfo(zone)):%-d %b %Y %H:%M}",
            f"{each.new:,}",
            f"{each.revised:,}",
            f"{each.unchanged:,}",
            f"{each.gaps:,}",
        ]
        for each in preview.queues
    ]


def sample_rows(preview: Preview, zone: str) -> list[list[str]]:
    """The first rows of a file as they were understood."""
    return [
        [
            str(each.line),
            f"{each.queue}: {each.category}" if each.category else each.queue,
            f"{each.start.astimezone(ZoneInfo(zone)):%a %-d %b %Y %H:%M}",
            *(
                "–" if value is None else f"{value:,.0f}"
                for value in (
                    each.figures.offered,
                    each.figures.answered,
                    each.figures.abandoned,
                    each.figures.handled_seconds,
                    each.figures.answered_in_time,
                )
            ),
        ]
        for each in preview.sample
    ]


def received_words(received: Received) -> str:
    """What came of an import."""
    if received.batch_id is None:
        return "Nothing changed: every interval was kept already."
    parts = f" {count(received.categorised, 'count')} of categories new or revised."
    words = f"Imported. {count(received.new, 'interval')} new, {received.revised:,} revised, "
    words += f"{received.unchanged:,} unchanged."
    words += parts if received.categorised else ""
    return f"{words} The former figures are kept." if received.revised else words


def kept_words(observed: Sequence[Observed], zone: str) -> str:
    """The sentence that says what is kept."""
    if not observed:
        return "No counts yet. A telephony export as it is will do."
    last = max(each.last for each in observed).astimezone(ZoneInfo(zone))
    total = sum(each.intervals for each in observed)
    return (
        f"{count(total, 'interval')} of {count(len(observed), 'queue')} are kept, "
        f"the last of {day_words(last.date())} {last:%Y %H:%M}."
    )


def batch_rows(batches: Sequence[Batch], zone: str) -> list[list[str]]:
    """Batches, the newest first."""
    local = ZoneInfo(zone)
    return [
        [
            f"{each.received_at.astimezone(local):%-d %b %Y %H:%M}",
            f"{each.source}: {each.file_name}" if each.file_name else each.source,
            f"{each.first.astimezone(local):%-d %b %Y} to {each.last.astimezone(local):%-d %b %Y}",
            f"{each.new:,}",
            f"{each.revised:,}",
            f"{each.unchanged:,}",
        ]
        for each in batches
    ]


def doubtful_rows(days: Sequence[DayQuality], queues: Sequence[Queue]) -> list[list[str]]:
    """Days that need a look, the latest first: mark, day, queue, why."""
    names = {each.id: each for each in queues}
    rows = [
        [f"{day_words(each.day)} {each.day:%Y}", names[each.queue_id].name, mark, words]
        for each in sorted(days, key=lambda each: each.day, reverse=True)
        for mark, words in _doubts(each, names[each.queue_id])
    ]
    return rows[:LATELY]


def _doubts(day: DayQuality, queue: Queue) -> Iterator[tuple[str, str]]:
    if day.missing:
        interval = {30: "half hour", 60: "hour"}.get(queue.interval_minutes or 15, "quarter hour")
        were = "was" if day.missing == 1 else "were"
        yield (
            "?",
            f"{count(day.missing, interval)} {were} not counted; left out, not taken as zero.",
        )
    if day.disagreeing:
        yield (
            "≠",
            f"Answered and abandoned differ from offered by {count(day.disagreeing, 'call')}.",
        )
    if day.beyond_answered:
        yield (
            "≠",
            f"{count(day.beyond_answered, 'call')} more answered in time than answered at all.",
        )
    if day.unusual:
        yield "↑", day.unusual
