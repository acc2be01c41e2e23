"""Notice and its price on a page: of one proposal, and of everything that a roster changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from app.rosters.service import Duty, Judged
from app.web.words import count, hours, number
from rostering.notice import (
    KIND_WORDS,
    REASON_WORDS,
    Due,
    Kind,
    notice_words,
    unsocial_words,
)

HINTS = {
    "own_request": "The officer asked for it. No compensation is due.",
    "agreement": "With the branch board; for police staff, with the person.",
    "exigency": "Pressing and not reasonably avoidable; not for money alone.",
}
"""What each reason means, as it stands under it."""


@dataclass(frozen=True, slots=True)
class NoticeView:
    """What a change is to one officer.

    Attributes:
        name: of the officer.
        words: notice and what is due, as sentences.
        sources: where the numbers come from.
    """

    name: str
    words: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WhyView:
    """What a change needs before it is made.

    Attributes:
        options: each reason that may be given: value, words, hint.
        refused: those that may not, in a sentence each.
        authority: whose authority is needed; "" for nobody's.
    """

    options: tuple[tuple[str, str, str], ...]
    refused: tuple[str, ...]
    authority: str


@dataclass(frozen=True, slots=True)
class KindRow:
    """One kind of change: how many days, what they cost, and how many payroll must be asked of."""

    words: str
    number: int
    hours: str
    days: str
    asked: int


def notice_views(judged: Iterable[Judged], names: Mapping[UUID, str]) -> tuple[NoticeView, ...]:
    """What changes are to their officers."""
    return tuple(
        NoticeView(
            name=names.get(each.change.officer_id, ""),
            words=whole_words(each.due, each.before),
            sources=tuple(dict.fromkeys(award.source for award in each.due.awards)),
        )
        for each in judged
    )


def whole_words(due: Due, before: Due | None = None) -> str:
    """Notice, what is due and unsocial hours, in sentences; and whether it was due before."""
    is_same = before is not None and before.awards and before.awards == due.awards
    same = "It was due before the change too." if is_same else ""
    return " ".join(filter(None, (notice_words(due), same, unsocial_words(due))))


def why_view(judged: Sequence[Judged]) -> WhyView | None:
    """The reasons for which all of some changes may be made; None where nothing told changes."""
    changed = [each for each in judged if each.is_change]
    if not changed:
        return None
    refused = {
        reason: next((each.reasons[reason] for each in changed if each.reasons[reason]), "")
        for reason in REASON_WORDS
    }
    return WhyView(
        options=tuple(
            (reason, words, HINTS[reason])
            for reason, words in REASON_WORDS.items()
            if not refused[reason]
        ),
        refused=tuple(words for words in refused.values() if words),
        authority=next((each.authority for each in changed if each.authority), ""),
    )


def kind_rows(judged: Iterable[Judged]) -> tuple[KindRow, ...]:
    """Changes by kind in the order in which kinds are told, with what each kind costs."""
    found: dict[Kind, list[Judged]] = {kind: [] for kind in KIND_WORDS}
    for each in judged:
        found[each.due.kind].append(each)
    return tuple(_row(kind, of_it) for kind, of_it in found.items() if of_it)


def _row(kind: Kind, judged: Sequence[Judged]) -> KindRow:
    minutes = sum(each.more_minutes for each in judged)
    days = sum(each.more_days for each in judged)
    return KindRow(
        words=KIND_WORDS[kind],
        number=len(judged),
        hours=f"{hours(minutes / 60)} h" if minutes else "",
        days=number(days, 1).removesuffix(".0") if days else "",
        asked=sum(is_open(each.due) for each in judged),
    )


def is_open(due: Due) -> bool:
    """Whether something that is due is to be asked of payroll or chosen by the officer."""
    return any(award.what in {"ask", "choice"} for award in due.awards)


def cost_words(judged: Sequence[Judged]) -> str:
    """What everything together earns beside what was due before, as a sentence."""
    minutes = sum(each.more_minutes for each in judged)
    days = sum(each.more_days for each in judged)
    parts = [f"{hours(minutes / 60)} h at their rates"] * bool(minutes)
    if days:
        noun = "day" if abs(days) == 1 else "days"
        parts.append(f"{number(days, 1).removesuffix('.0')} {noun} off")
    was_due = any(each.before and each.before.awards for each in judged)
    about = "Against what was due before" if was_due else "Due for the changes"
    said = f"{about}: {' and '.join(parts)}." if parts else ""
    asked = sum(is_open(each.due) for each in judged)
    if asked:
        said += f" {count(asked, 'day')} to ask payroll or the officers about."
    return said.strip() or "No compensation is due."


def times_words(duty: Duty | None, zone: str) -> str:
    """A duty by its local times, such as `07:00–15:00`, or `rest`."""
    if duty is None:
        return "rest"
    start, end = (each.astimezone(ZoneInfo(zone)) for each in (duty.start, duty.end))
    return f"{start:%H:%M}–{end:%H:%M}"
