"""What the headers of telephony exports mean, by their words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.demand.reading.sheet import normal
from app.demand.values import Measure, Measured

UNWANTED = re.compile(
    r"%|<|>|\b(percent|pct|rate|level|sl|sla|speed|asa|wait\w*|longest|max\w*|minimum|within|delay"
    r"|staff\w*|agents?|occupancy|available|target|ratio|forecast|transfer\w*|outbound|outgoing|out"
    r"|callbacks?|total in queue|id|to answer|to abandon|threshold|backlog)\b|\bin \d"
)
DURATION = re.compile(
    r"\b(time|times|aht|att|talk|talking|hold|held|wrap|wrapup|acw|handle|handling|duration"
    r"|seconds|secs|sec|after call)\b"
)
WHOLE = re.compile(r"\b(aht|handle|handling|handled|duration|service time)\b")
PIECE = re.compile(r"\b(talk|talking|att|hold|held|wrap|wrapup|acw|after call|conversation)\b")
AVERAGE = re.compile(r"\b(avg|average|mean|aht|att)\b")
ANSWERED = re.compile(r"\b(answered|handled|answers?|accepted|acd calls|acdcalls|connected)\b")
ABANDONED = re.compile(r"\b(abandon(ed|s)?|abandonments?|aband?|abn|lost|hung up)\b")
OFFERED = re.compile(
    r"\b(offered|offrd|received|presented|entered|incoming|inbound|arrivals?|arrived|queued)\b"
)
CALLS = re.compile(r"\b(calls?|contacts?|volume|count|demand|total calls)\b")
TOTAL = re.compile(r"\b(total|totals|all|sum)\b")
START = re.compile(
    r"\b(start\w*|begin\w*|interval|from|arriv\w*|received|queued|offered|entered)\b"
)
END = re.compile(r"\b(end|ended|finish\w*|until|stop|to|answered|disconnect\w*)\b")
CLOCK = re.compile(r"\b(time|interval|start|from|hour|period|half hour|quarter|begin)\b")
DATE = re.compile(r"\b(date|day|datum)\b")
QUEUE = (
    re.compile(r"\bqueue\b"),
    re.compile(r"\b(csq|split|skill|vdn|workgroup|hunt group|skillset|contact type)\b"),
    re.compile(r"\b(application|service|call type|line|channel|pilot|group|dnis|ddi|name)\b"),
)
CATEGORY = re.compile(r"^((call|contact|incident) )?categor(y|ies)$")
CALL = re.compile(r"\b(call id|caller|cli|unique id|contact id|conversation id|session id|ani)\b")
OUTCOME = re.compile(r"\b(disposition|outcome|result|status|answered|abandoned|type)\b")
LIMIT = r"(sl|sla|service level|svc level|target|threshold|time|\d+ ?(s|secs?|seconds)?)"
IN_TIME = re.compile(
    rf"(<|\b(within|in|inside|under|met|meeting)) ?(the )?{LIMIT}\b"
    r"|\b(sl|sla|service level|svc level) (met|answered|handled|calls|contacts)\b"
)
LEVEL = re.compile(r"\b(sl|sla|service level|svc level|gos|grade of service|tsf)\b")
SHARE = re.compile(r"%|\b(percent|percentage|pct|share|rate)\b")
OF_ANSWERED = re.compile(r"\bof (all )?(calls )?(answered|handled)\b(?! (with)?in\b| <)")
OF_OFFERED = re.compile(r"\bof (all )?(calls )?offered\b")
MINUTES = re.compile(r"[(\[]\s*(min|mins|minutes)\s*[)\]]", re.IGNORECASE)


def meaning(header: str) -> Measured | None:
    """What a column counts by its header alone, or None."""
    words = normal(header)
    if counts_in_time(words) or UNWANTED.search(words):
        return "answered_in_time" if counts_in_time(words) else None
    if DURATION.search(words) and not _counts_calls(words):
        if ABANDONED.search(words) or not (WHOLE.search(words) or PIECE.search(words)):
            return None
        return "average_handled_seconds" if AVERAGE.search(words) else "handled_seconds"
    if ABANDONED.search(words):
        return "abandoned"
    if ANSWERED.search(words) and not OFFERED.search(words):
        return "answered"
    return "offered" if OFFERED.search(words) or CALLS.search(words) else None


def counts_in_time(words: str) -> bool:
    """Whether these words speak of a number of calls answered in time."""
    if not IN_TIME.search(words) or SHARE.search(words) or ABANDONED.search(words):
        return False
    if OFFERED.search(words) or AVERAGE.search(words):
        return False
    return bool(ANSWERED.search(words) or CALLS.search(words))


def share_in_time(header: str) -> Measured | None:
    """What a column of shares counts by its header alone: answered in time, of which calls."""
    words = normal(header)
    known = LEVEL.search(words) or IN_TIME.search(words)
    if not known or ABANDONED.search(words) or AVERAGE.search(words):
        return None
    if OFFERED.search(words) and not OF_OFFERED.search(words):
        return None
    if re.search(r"\b(goal|forecast|target)\b", words) and not IN_TIME.search(words):
        return None
    answered = OF_ANSWERED.search(words)
    return "answered_in_time_of_answered" if answered else "answered_in_time_of_offered"


def _counts_calls(words: str) -> bool:
    """Whether "handled" or "held" speaks of calls, not of time."""
    return bool(CALLS.search(words)) and not re.search(r"\b(time|aht|avg|average|sec\w*)\b", words)


def measures_of(headers: Iterable[str], queue: str | None = None) -> tuple[Measure, ...]:
    """The columns among these that count, for one queue; each thing once.

    Handling time is one column if one says it, else the sum of its pieces; where nobody counts
    calls offered, they are those answered and those abandoned.
    """
    found: dict[Measured, list[str]] = {}
    for header in headers:
        kind = meaning(header)
        if kind is not None:
            found.setdefault(kind, []).append(header)
    measures = [
        Measure(_best(kind, found[kind]), kind, queue)
        for kind in ("offered", "answered", "abandoned")
        if kind in found
    ]
    if "offered" not in found:
        measures = [Measure(each.column, "offered", queue) for each in measures] + measures
    if "answered_in_time" in found:
        measures.append(Measure(found["answered_in_time"][0], "answered_in_time", queue))
    kinds: tuple[Measured, ...] = ("handled_seconds", "average_handled_seconds")
    for kind in kinds:
        columns = found.get(kind, [])
        whole = [header for header in columns if WHOLE.search(normal(header))][:1]
        if columns:
            measures += [
                Measure(each, kind, queue, "minutes" if MINUTES.search(each) else "seconds")
                for each in whole or columns
            ]
            break
    return tuple(measures)


def _best(kind: Measured, headers: list[str]) -> str:
    """The header that says the thing most plainly, else the first."""
    if kind != "offered":
        return headers[0]
    return next((each for each in headers if OFFERED.search(normal(each))), headers[0])


def without_measure(header: str) -> str:
    """What is left of a header such as "999 Calls Offered" without the words of its measure."""
    words = re.sub(r"[_\-–:/()\[\]]+", " ", header)
    for pattern in (IN_TIME, AVERAGE, WHOLE, PIECE, ANSWERED, ABANDONED, OFFERED, CALLS):
        words = re.sub(pattern.pattern, " ", words, flags=re.IGNORECASE)
    words = re.sub(r"\b(time|secs?|seconds|in|mins?)\b", " ", words, flags=re.IGNORECASE)
    return " ".join(words.split())
