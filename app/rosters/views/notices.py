"""Notice and its price on a page: of one proposal, and of everything that a roster changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.rosters.service import Judged
from app.web.words import count, hours
from rostering.notice import (
    KIND_WORDS,
    REASON_WORDS,
    Due,
    Kind,
    due_words,
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
            words=whole_words(each.due),
            sources=tuple(dict.fromkeys(award.source for award in each.due.awards)),
        )
        for each in judged
    )


def whole_words(due: Due) -> str:
    """Notice, what is due and unsocial hours, in sentences."""
    return " ".join(filter(None, (notice_words(due), unsocial_words(due))))


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
    found: dict[Kind, list[Due]] = {kind: [] for kind in KIND_WORDS}
    for each in judged:
        found[each.due.kind].append(each.due)
    return tuple(_row(kind, dues) for kind, dues in found.items() if dues)


def _row(kind: Kind, dues: Sequence[Due]) -> KindRow:
    minutes = sum(due.cost_minutes for due in dues)
    days = sum(float(award.days) for due in dues for award in due.awards)
    return KindRow(
        words=KIND_WORDS[kind],
        number=len(dues),
        hours=f"{hours(minutes / 60)} h" if minutes else "",
        days=f"{days:g}" if days else "",
        asked=sum(any(award.what in {"ask", "choice"} for award in due.awards) for due in dues),
    )


def cost_words(judged: Sequence[Judged]) -> str:
    """What everything together earns, as a sentence."""
    minutes = sum(each.due.cost_minutes for each in judged)
    days = sum(float(award.days) for each in judged for award in each.due.awards)
    parts = [f"{hours(minutes / 60)} h at their rates"] * bool(minutes)
    parts += [f"{days:g} {'day' if days == 1 else 'days'} off"] * bool(days)
    if not parts:
        return "No compensation is due." if not any(each.due.awards for each in judged) else (
            "What is due must be asked of payroll or chosen by the officers."
        )  # fmt: skip
    return f"Due for the changes: {' and '.join(parts)}."


def due_in_brief(due: Due) -> str:
    """What is due, without the notice."""
    return due_words(due)


def changed_words(number: int) -> str:
    """How many published duties change."""
    return f"{count(number, 'published duty', 'published duties')} of these change."
