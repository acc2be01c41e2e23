"""How far counts can be believed, laid out for its page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from app.demand.service import Check, Found, Layer, Observed, Trust
from app.web.charts.around import AroundChart, around_chart
from app.web.words import count, date_year, local, when

KINDS: Mapping[str, tuple[str, str]] = {
    "outage": ("No calls", "short"),
    "absent": ("No counts", "warn"),
    "spike": ("Spike", "short"),
    "doubled": ("Doubled", "short"),
    "copied": ("Copied", "short"),
    "shift": ("Level", "warn"),
    "hours": ("Hours", "warn"),
    "clock": ("Clock", "short"),
    "named": ("Named", ""),
}
"""What each kind is called in a tag, and its tone."""

DONE: Mapping[str, str] = {
    "exclude": "taken as not observed",
    "expected": "corrected to what was expected",
    "halve": "halved",
    "move": "moved to the right time",
    "total": "corrected to a total",
    "values": "corrected to figures given for each interval",
    "accept": "left as they are",
}

SHOWN = 40
"""Findings on a page at most, and gaps; those beyond come when these are decided."""


@dataclass(frozen=True, slots=True)
class Row:
    """A finding in the list.

    Attributes:
        tag: its kind in a word, and the tone.
        href: opens it in the panel.
        chosen: whether it is open there.
    """

    key: str
    tag: tuple[str, str]
    words: str
    chart: AroundChart
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision in the list; `done` says what became of the counts, `who` by whom and when."""

    layer: Layer
    tag: tuple[str, str]
    done: str
    who: str


def answer(trust: Trust) -> tuple[str, str]:
    """The sentence that the page opens with: what holds, and what does not."""
    check = trust.check
    if check is None:
        return f"The counts of {trust.queue.name} were not looked at yet.", ""
    share = check.observed / check.open_intervals if check.open_intervals else 0.0
    seen = f"{share_words(share)} of {_span(check)} observed"
    gaps = sum(each.kind == "absent" for each in trust.open_findings)
    number = len(trust.open_findings) - gaps
    told = f", {count(gaps, 'gap')}" if gaps else ""
    if not number:
        return f"{seen}{told}; nothing to look at.", ""
    return f"{seen}{told};", f"{count(number, 'thing')} to look at."


def looked_words(check: Check, zone: str) -> str:
    """When the counts were looked at last."""
    return f"Looked at on {when(check.at, zone)}."


def counted_words(observed: Observed, zone: str) -> str:
    """From when to when a queue has counts."""
    first, last = (
        date_year(each.astimezone(ZoneInfo(zone)).date())
        for each in (observed.first, observed.last)
    )
    return f"There are counts from {first} to {last}."


def share_words(share: float) -> str:
    """A share such as `97.8 %`; all but all is not told as all."""
    percent = min(round(100 * share, 1), 99.9) if share < 1 else 100.0
    return f"{percent:.1f} %".replace(".0 %", " %")


def _span(check: Check) -> str:
    """How long the counts reach, in round words."""
    days = max(1, round((check.end - check.first).total_seconds() / 86400))
    if days >= 700:
        return f"{days / 365.25:.1f} years".replace(".0 years", " years")
    return count(days, "day") if days < 60 else count(round(days / 30.44), "month")


@dataclass(frozen=True, slots=True)
class Listed:
    """What nobody has decided about yet.

    Attributes:
        findings: those that weigh most first.
        gaps: stretches without rows, from which nothing wrong is learned; the longest first.
        more: how many more there are when these are decided.
        opened: the one in the panel; None where there are only gaps and none is chosen.
    """

    findings: tuple[Row, ...]
    gaps: tuple[Row, ...]
    more: int
    opened: Found | None


def listed(trust: Trust, zone: str, chosen: str | None, href: str) -> Listed:
    """What to look at, as many as a page holds, and the one that is open."""
    ordered = sorted(trust.open_findings, key=lambda each: -abs(each.observed - each.expected))
    findings, gaps = (
        [each for each in ordered if (each.kind == "absent") is absent][:SHOWN]
        for absent in (False, True)
    )
    opened = next((each for each in (*findings, *gaps) if each.key == chosen), None)
    opened = opened or next(iter(findings), None)

    def laid_out(found: list[Found]) -> tuple[Row, ...]:
        return tuple(
            Row(
                each.key,
                KINDS[each.kind],
                each.words,
                chart(each, zone),
                f"{href}&{urlencode({'finding': each.key})}#panel",
                each is opened,
            )
            for each in found
        )

    more = len(ordered) - len(findings) - len(gaps)
    return Listed(laid_out(findings), laid_out(gaps), more, opened)


def chart(found: Found, zone: str) -> AroundChart:
    """A finding among the hours about it."""
    around = found.around
    first, after = (
        (each.timestamp() / 60 - around.start) / around.step for each in (found.start, found.end)
    )
    ends = (around.start, around.start + around.step * len(around.expected))
    labels = tuple(f"{local(each, zone):%-d %b %H:%M}" for each in ends)
    return around_chart(
        around.counted,
        around.expected,
        (first, after),
        (labels[0], labels[1]),
        f"Counted and expected from {labels[0]} to {labels[1]}. {found.words}",
    )


def decided(layers: Sequence[Layer], names: Mapping[UUID | None, str], zone: str) -> list[Decided]:
    """Decisions with who made them, and who took them back."""
    return [
        Decided(
            each,
            KINDS[each.kind],
            f"The counts are {DONE[each.way or each.decision]}.",
            _who(each, names, zone),
        )
        for each in layers
    ]


def _who(layer: Layer, names: Mapping[UUID | None, str], zone: str) -> str:
    def said(by: UUID | None, at: datetime) -> str:
        day = at.astimezone(ZoneInfo(zone)).date()
        return f"{names.get(by, 'Somebody')}, {date_year(day)}"

    made = said(layer.by, layer.at)
    if layer.undone_at is None:
        return f"{made}."
    return f"{made}. Taken back: {said(layer.undone_by, layer.undone_at)}."
