"""What is left of what was owed, and what becomes of it when it expires.

What is spent takes the soonest to expire first of what is owed on that day; what was spent beyond
takes from what is owed next. So nothing expires that was spent before, and entries that come late,
for days gone by, are reckoned on their day.
"""

from __future__ import annotations

import dataclasses
from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.leave.values import (
    Account,
    Lapse,
    Lot,
    Movement,
    Standing,
    YearStart,
    amount_words,
)
from app.web.words import date_year

SPENT_BY_LOTS: tuple[Account, ...] = ("leave", "toil", "rest_days", "public_holidays")
"""What is to be paid is not spent: payroll takes it from the export."""


def standing(
    entries: Iterable[Movement],
    on: date,
    year_start: YearStart | None,
    carried: Callable[[date], int],
) -> Standing:
    """How the ledger of one person stands on a day.

    Args:
        entries: all of theirs, of later days too.
        on: the day; what expires on it has gone.
        year_start: when the leave year begins; None where the room has not said.
        carried: minutes of leave that may be carried into the leave year that begins on a day.
    """
    given = tuple(entries)
    lots: list[Lot] = []
    lapses: list[Lapse] = []
    debts: dict[Account, int] = {}
    for account in SPENT_BY_LOTS:
        run = _Run(account, year_start, carried)
        for entry in _in_force(given, account):
            if entry.day > on:
                break
            run.take(entry)
        run.expire(on)
        lots += (Lot(account, lot.amount, lot.day, lot.expires) for lot in run.lots)
        lapses += run.lapses
        if run.debt:
            debts[account] = run.debt
    return Standing(tuple(lots), tuple(_unwritten(lapses, given, on)), debts)


def _in_force(entries: Sequence[Movement], account: Account) -> list[Movement]:
    """What was posted to an account and not taken back, by day; what is owed before what is spent.

    Lapses are left out: they are worked out anew.
    """
    back = {each.source for each in entries if each.kind == "reversed"}
    return sorted(
        (
            each
            for each in entries
            if each.account == account and each.kind == "posted" and each.source not in back
        ),
        key=lambda it: (it.day, it.amount < 0, it.number, it.place),
    )


@dataclass
class _Open:
    """A lot that can be spent; `fresh` while it was not carried over before."""

    amount: int
    day: date
    expires: date | None
    fresh: bool = True


@dataclass
class _Run:
    """One account, entry after entry by day.

    Attributes:
        lots: what is left, the soonest to expire first.
        debt: what was spent beyond.
        lapses: what has expired so far.
    """

    account: Account
    year_start: YearStart | None
    carried: Callable[[date], int]
    lots: list[_Open] = field(default_factory=list)
    debt: int = 0
    lapses: list[Lapse] = field(default_factory=list)

    def take(self, entry: Movement) -> None:
        """Let an entry of the next day, or of the same, count."""
        self.expire(entry.day)
        if entry.amount < 0:
            self.debt += self._spend(-entry.amount)
            return
        settled = min(self.debt, entry.amount)
        self.debt -= settled
        self._owe(_Open(entry.amount - settled, entry.day, entry.expires))

    def expire(self, on: date) -> None:
        """Let go what has expired by a day, in order of time."""
        while self.lots and (day := self.lots[0].expires) is not None and day <= on:
            gone = [lot for lot in self.lots if lot.expires == day]
            self.lots = [lot for lot in self.lots if lot.expires != day]
            left, kept = sum(lot.amount for lot in gone), 0
            if self.account == "leave" and self.year_start and self.year_start.is_on(day):
                kept = min(sum(lot.amount for lot in gone if lot.fresh), self.carried(day))
                until = self.year_start.year_of(day).until
                self._owe(_Open(kept, day, until, fresh=False))
            self.lapses += _lapses(self.account, day, left - kept, kept)

    def _owe(self, lot: _Open) -> None:
        if lot.amount > 0:
            insort(self.lots, lot, key=lambda it: it.expires or date.max)

    def _spend(self, amount: int) -> int:
        """Take from the lots; what they cannot give is left."""
        for lot in self.lots:
            taken = min(lot.amount, amount)
            lot.amount -= taken
            amount -= taken
        self.lots = [lot for lot in self.lots if lot.amount]
        return amount


def _lapses(account: Account, day: date, lost: int, kept: int) -> Iterator[Lapse]:
    """What is written when so much of an account expires, of which some was carried over."""
    if not lost:
        return
    said = amount_words(account, lost)
    if account == "toil":
        yield Lapse("toil", day, -lost, f"{said} not taken by {date_year(day)}: paid up.")
        yield Lapse("pay", day, lost, f"{said} of time off in lieu not taken: paid up.")
    elif account == "leave" and kept:
        more = amount_words(account, kept)
        yield Lapse(account, day, -lost, f"{said} not taken: lost; {more} are carried over.")
    else:
        yield Lapse(account, day, -lost, f"{said} not taken by {date_year(day)}: lost.")


def _unwritten(lapses: Iterable[Lapse], entries: Iterable[Movement], on: date) -> Iterator[Lapse]:
    """By how much what is written of lapses up to a day differs from what they are."""
    written: dict[tuple[Account, date], int] = defaultdict(int)
    for each in entries:
        if each.kind == "lapsed" and each.day <= on:
            written[each.account, each.day] += each.amount
    for lapse in lapses:
        before = written.pop((lapse.account, lapse.day), 0)
        if not before:
            yield lapse
        elif lapse.amount != before:
            words = f"Put right: {lapse.words}"
            yield dataclasses.replace(lapse, amount=lapse.amount - before, words=words)
    for (account, day), amount in written.items():
        if amount:
            yield Lapse(account, day, -amount, "Put right: it was taken before it expired.")
