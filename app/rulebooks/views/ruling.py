"""One rule in words: its history, what the law says of it, what a change would do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.rulebooks.service import BookInForce, Choice, Effect, History, RuleChange, titles
from app.rulebooks.views.listing import WHO, change_words, on
from app.web.words import count, period_words, when
from rostering.rulebooks.law import LAW, law_words
from rostering.rules.base import Rule

MOST_SHOWN = 10
"""Breaches that are told in full."""


@dataclass(frozen=True, slots=True)
class Seen:
    """That a change was looked at and can be kept now; None: no roster is published."""

    effect: Effect | None

    @property
    def words(self) -> str:
        """What the change would do to the present published roster."""
        if self.effect is None:
            return "No roster is published now that could be judged by it."
        it = self.effect
        roster = f"Judged by it, the published roster {it.roster}"
        if not it.broken and not it.broken_now:
            return f"{roster} keeps the rule."
        times = count(len(it.broken), "place")
        places = count(it.broken_now, "place") if it.broken_now else "none"
        now = f"without the change in {places}"
        points = f", for {count(it.points, 'point')} ({it.points_now} without)" if it.points else ""
        if not it.broken:
            return f"{roster} no longer breaks the rule; {now}."
        return f"{roster} breaks the rule in {times}; {now}{points}."

    @property
    def shown(self) -> tuple[tuple[str, str], ...]:
        """The rule's title and a sentence for each of the first breaches."""
        if self.effect is None:
            return ()
        return tuple((self.effect.title, each) for each in self.effect.broken[:MOST_SHOWN])

    @property
    def more(self) -> int:
        """How many more there are."""
        return max(len(self.effect.broken) - MOST_SHOWN, 0) if self.effect else 0


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One change of a rule; `can_go` is whether it can still be taken back."""

    number: int
    since: str
    words: str
    reason: str
    said: str
    gone: str
    can_go: bool


def history_rows(
    book: BookInForce, history: History, names: Mapping[UUID, str], today: date, zone: str
) -> tuple[HistoryRow, ...]:
    """All that was said of a rule, the newest first; names only of those that are given."""
    rule_titles = {rule.code: rule.title for rule in book.book.rules}
    return tuple(
        HistoryRow(
            number=each.number,
            since=on(each),
            words=change_words(rule_titles.get(each.rule, ""), each, book.book.asked),
            reason=each.said.reason
            + (f" Allowed by: {each.said.authority}." if each.said.authority else ""),
            said=_who(names, each.by, when(each.at, zone)),
            gone=_gone(each, names, zone),
            can_go=each.withdrawn is None and each.said.from_day >= today,
        )
        for each in history.changes
    )


def _gone(change: RuleChange, names: Mapping[UUID, str], zone: str) -> str:
    gone = change.withdrawn
    if gone is None:
        return ""
    return f"Taken back: {gone.reason} ({_who(names, gone.by, when(gone.at, zone))})"


def _who(names: Mapping[UUID, str], user_id: UUID, at: str) -> str:
    return f"{names[user_id]}, {at}" if user_id in names else at


def people_of(history: History) -> Iterator[UUID]:
    """Who said and took back."""
    for change in history.changes:
        yield change.by
        if change.withdrawn is not None:
            yield change.withdrawn.by


def law_words_of(shipped: Rule) -> str:
    """What the law says of a rule and what it takes to go below it; "" where it says nothing."""
    law = LAW.get(shipped.code)
    if law is None:
        return ""
    return f"The law’s own is {law_words(shipped)}. What is weaker needs {law.needs}."


def choice_rows(choices: Sequence[Choice], names: Mapping[UUID, str], zone: str) -> list[list[str]]:
    """Which books a room has chosen, the newest first: from, for whom, book, why, who."""
    return [
        [
            period_words(each.from_day, each.from_day),
            WHO[each.employment],
            titles().get(each.book, each.book),
            each.reason,
            _who(names, each.by, when(each.at, zone)),
        ]
        for each in reversed(choices)
    ]
