"""What is left and what expires, against units of which each is spent or lost by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.leave.service.lots import standing
from app.leave.values import Account, Entry, Kind, Posted, Standing, YearStart
from tests.app.leave.owing import MAY

WHO = UUID(int=1)
START = YearStart(4, 1)
AT = datetime(2026, 5, 4, tzinfo=UTC)
CARRIED = 3


def posted(
    number: int,
    amount: int,
    day: date,
    expires: date | None = None,
    kind: Kind = "posted",
    account: Account = "leave",
    source: str = "",
) -> Posted:
    """An entry of the person's ledger."""
    entry = Entry(WHO, account, amount, day, expires, None, "x", source or f"s:{number}")
    return Posted(number, 1, entry, kind, AT, None)


def stands(entries: Sequence[Posted], on: date) -> Standing:
    """How the ledger stands on a day; the leave year begins in April and 3 are carried over."""
    return standing([each.movement for each in entries], on, START, lambda _: CARRIED)


def written(entries: Sequence[Posted], on: date) -> list[Posted]:
    """The ledger once all that expired by a day is written."""
    due = stands(entries, on).due
    return [*entries] + [
        posted(
            1000 + len(entries) + at, each.amount, each.day, None, "lapsed", each.account, "lapse"
        )
        for at, each in enumerate(due)
    ]


def balance(entries: Sequence[Posted], account: Account, on: date) -> int:
    """The sum of the entries of an account up to a day."""
    return sum(
        each.entry.amount
        for each in entries
        if each.entry.account == account and each.entry.day <= on
    )


def day(ahead: int) -> date:
    """So many days after 4 May 2026."""
    return MAY + timedelta(days=ahead)


def test_the_soonest_to_expire_is_spent_first() -> None:
    """Of two lots the one that goes first pays; what is left of it is lost on its day."""
    entries = [
        posted(1, 10, MAY),
        posted(2, 8, MAY, day(30)),
        posted(3, -5, day(10)),
    ]
    before, after = stands(entries, day(29)), stands(entries, day(30))
    assert [(lot.amount, lot.expires) for lot in before.lots] == [(3, day(30)), (10, None)]
    assert before.due == ()
    assert [(lot.amount, lot.expires) for lot in after.lots] == [(10, None)]
    assert [(each.day, each.amount) for each in after.due] == [(day(30), -3)]


def test_time_off_in_lieu_is_paid_up_when_it_expires() -> None:
    """What was not taken leaves the account and is to be paid (Police Staff Council handbook)."""
    entries = [posted(1, 480, MAY, date(2026, 8, 4), account="toil")]
    due = stands(entries, date(2026, 8, 4)).due
    assert [(each.account, each.amount) for each in due] == [("toil", -480), ("pay", 480)]
    assert due[1].words == "8 h of time off in lieu not taken: paid up."
    assert stands(written(entries, date(2026, 8, 4)), date(2026, 9, 1)).due == ()


def test_some_leave_is_carried_into_the_next_year_once() -> None:
    """Of 10 left in April 3 stay a year, then go; what is carried over is not carried again."""
    first, second = START.year(2027).first, START.year(2028).first
    entries = [posted(1, 10, MAY, first)]
    at_first = stands(entries, first)
    assert [(lot.amount, lot.expires) for lot in at_first.lots] == [(3, second)]
    assert [each.amount for each in at_first.due] == [-7]
    assert "3 min are carried over" in at_first.due[0].words
    ledger = written(entries, first)
    assert balance(ledger, "leave", first) == 3
    assert [each.amount for each in stands(ledger, second).due] == [-3]


def test_what_is_posted_late_puts_a_lapse_right() -> None:
    """Leave told of after it was written off comes back to the account, and nets to nothing."""
    entries = written([posted(1, 8, MAY, day(30))], day(30))
    assert balance(entries, "leave", day(30)) == 0
    late = [*entries, posted(9, -5, day(20))]
    right = written(late, day(40))
    assert balance(right, "leave", day(40)) == 0
    assert right[-1].entry.amount == 5
    assert stands(right, day(40)).due == ()
    without = written([*late, posted(10, -8, MAY, None, "reversed", source="s:1")], day(40))
    assert balance(without, "leave", day(40)) == -5


def test_what_was_spent_beyond_is_made_good_first() -> None:
    """A debt takes from the next that is owed, so only the rest of it can expire."""
    entries = [posted(1, -5, MAY), posted(2, 8, day(10), day(30))]
    assert [lot.amount for lot in stands(entries, day(10)).lots] == [3]
    assert [each.amount for each in stands(entries, day(30)).due] == [-3]


def by_units(entries: Sequence[Posted], on: date) -> tuple[int, dict[date, int]]:
    """What is left on a day, and what was lost when: every minute by itself."""
    back = {each.entry.source for each in entries if each.kind == "reversed"}
    live = [each for each in entries if each.kind == "posted" and each.entry.source not in back]
    pool: list[tuple[date, bool]] = []  # when each minute goes, and whether it may be carried
    debt, lost = 0, dict[date, int]()
    last = (on - MAY).days
    for ahead in range(last + 1):
        today = MAY + timedelta(days=ahead)
        gone = [each for each in pool if each[0] == today]
        pool = [each for each in pool if each[0] != today]
        kept = min(sum(fresh for _, fresh in gone), CARRIED) if START.is_on(today) else 0
        pool += [(START.year_of(today).until, False)] * kept
        if len(gone) > kept:
            lost[today] = len(gone) - kept
        amounts = [each.entry for each in live if each.entry.day == today]
        for entry in sorted(amounts, key=lambda it: it.amount < 0):
            for _ in range(abs(entry.amount)):
                if entry.amount > 0 and debt:
                    debt -= 1
                elif entry.amount > 0:
                    pool.append((entry.expires or date.max, True))
                elif pool:
                    pool.remove(min(pool))
                else:
                    debt += 1
    return len(pool) - debt, lost


@st.composite
def ledgers(draw: st.DrawFn) -> list[Posted]:
    """Entries of a year, some taken back, with lapses written in between at odd times."""
    entries: list[Posted] = []
    for number in range(1, draw(st.integers(1, 8)) + 1):
        on = day(draw(st.integers(0, 350)))
        amount = draw(st.integers(-6, 9).filter(bool))
        goes = draw(st.none() | st.integers(1, 400)) if amount > 0 else None
        if goes == 400:
            goes = (date(2027, 4, 1) - on).days
        entries.append(posted(number, amount, on, on + timedelta(days=goes) if goes else None))
        if draw(st.integers(0, 4)) == 0:
            back = draw(st.sampled_from([e for e in entries if e.kind == "posted"]))
            if not any(
                e.kind == "reversed" and e.entry.source == back.entry.source for e in entries
            ):
                undone = (100 + number, -back.entry.amount, back.entry.day)
                entries.append(posted(*undone, None, "reversed", source=back.entry.source))
        if draw(st.booleans()):
            entries = written(entries, day(draw(st.integers(0, 500))))
    return entries


@settings(max_examples=150)
@given(ledgers(), st.integers(0, 800))
def test_a_ledger_always_adds_up(entries: list[Posted], ahead: int) -> None:
    """Whatever was posted, spent, taken back and written when: the sum is what is left.

    What is left and what was lost on which day is what counting every minute by itself finds, so
    nothing expires that was spent before and the soonest to expire is spent first.
    """
    on = day(ahead)
    ledger = written(entries, on)
    left, lost = by_units(entries, on)
    assert balance(ledger, "leave", on) == left
    assert stands(ledger, on).due == ()
    assert stands(ledger, on).lots == stands(entries, on).lots
    assert sum(lot.amount for lot in stands(entries, on).lots) == max(left, 0)
    for gone in range(0, ahead + 1, 50):
        before = day(gone)
        assert balance(ledger, "leave", before) == by_units(entries, before)[0]
    by_day = dict[date, int]()
    for each in ledger:
        if each.kind == "lapsed" and each.entry.day <= on:
            by_day[each.entry.day] = by_day.get(each.entry.day, 0) - each.entry.amount
    assert {when: amount for when, amount in by_day.items() if amount} == lost


@pytest.mark.parametrize("account", ["rest_days", "public_holidays"])
def test_other_accounts_lose_what_expires(account: Account) -> None:
    """A rest day or a public holiday that is not taken in time is lost, and nothing is paid."""
    due = stands([posted(1, 2, MAY, day(10), account=account)], day(10)).due
    assert [(each.account, each.amount) for each in due] == [(account, -2)]
    assert "lost" in due[0].words
