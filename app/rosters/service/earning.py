"""What published changes earn, posted to the ledgers of their officers, and taken back again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from app.db.transaction import Transaction
from app.leave import service as leave
from app.rosters.values import PublishedChange
from app.web.words import date_year
from rostering.notice import KIND_WORDS, Award

CHOSEN = {"pay": "pay", "time": "time off"}

DAY_MINUTES = 480
"""A day off in minutes: days off are held in hours, a day as 8 (PNB circular 2014/9)."""


def book(
    transaction: Transaction,
    room_id: UUID,
    gone: Iterable[PublishedChange],
    new: Iterable[PublishedChange],
    by: UUID,
) -> None:
    """Post what changes earn, once what their days earned before is taken back.

    Args:
        transaction: the caller's.
        room_id: the control room.
        gone: changes that hold no more, as they were kept.
        new: the changes that hold now.
        by: the user who published them.
    """
    for change in gone:
        for entries in (_earned(change), _taken(change), _chosen(change)):
            for source in dict.fromkeys(entry.source for entry in entries):
                leave.reverse(transaction, room_id, source, by)
    post(transaction, room_id, (it for each in new for it in (*_earned(each), *_taken(each))), by)


def spend(transaction: Transaction, room_id: UUID, change: PublishedChange, by: UUID) -> None:
    """Post that the rest day which a change earned is named."""
    post(transaction, room_id, _taken(change), by)


def post(transaction: Transaction, room_id: UUID, entries: Iterable[leave.Entry], by: UUID) -> None:
    """Post entries, where there are any."""
    found = tuple(entries)
    if found:
        leave.post(transaction, room_id, found, by)


def source_of(change: PublishedChange) -> str:
    """What the ledger calls a published change."""
    return f"publication:{change.number}:{change.officer_id}:{change.day}"


def _earned(change: PublishedChange) -> Iterator[leave.Entry]:
    """What a change earned; of what is to be asked nothing is booked.

    Of pay or time off pay stands until the officer chooses, of days off or pay the days off.
    """
    if change.notice is None:
        return
    about = f"{KIND_WORDS[change.notice.due.kind]}, {date_year(change.day)}"
    for award in change.notice.due.awards:
        for account, amount in _amounts(award):
            yield leave.Entry(
                officer_id=change.officer_id,
                account=account,
                amount=amount,
                day=change.day,
                expires=None,
                rate=award.percent if account == "pay" else None,
                words=f"{about}: {award.words}.",
                source=source_of(change),
            )


def _amounts(award: Award) -> Iterator[tuple[leave.Account, int]]:
    """Accounts and amounts."""
    if award.what == "time":
        yield "pay", award.minutes
        if award.form == "pay_and_time":
            yield "toil", award.minutes
    elif award.what == "rest_day":
        yield "rest_days", int(award.days)
    elif award.what == "day_off":
        yield "public_holidays", int(award.days * DAY_MINUTES)


def choose(transaction: Transaction, room_id: UUID, change: PublishedChange, by: UUID) -> None:
    """Post what the officer chose for a change in place of what stood there before."""
    post(transaction, room_id, _chosen(change), by)


def _chosen(change: PublishedChange) -> Iterator[leave.Entry]:
    """What a choice puts in place of what was posted, which stands until something is chosen."""
    notice = change.notice
    if notice is None or notice.choice not in {"pay", "time"}:
        return
    about = f"{KIND_WORDS[notice.due.kind]}, {date_year(change.day)}"
    for award in notice.due.awards:
        for account, amount, rate in _in_place(award, notice.choice):
            yield leave.Entry(
                officer_id=change.officer_id,
                account=account,
                amount=amount,
                day=change.day,
                expires=None,
                rate=rate,
                words=f"{about}: {CHOSEN[notice.choice]} chosen.",
                source=f"choice:{change.number}:{change.officer_id}:{change.day}",
            )


def _in_place(award: Award, choice: str) -> Iterator[tuple[leave.Account, int, int | None]]:
    """Account, amount and rate: time off in hours that the rate makes; pay in place of days off."""
    if award.form == "pay_or_time" and choice == "time":
        yield "pay", -award.minutes, award.percent
        yield "toil", round(award.minutes * (award.rate or 1)), None
    elif award.instead and choice == "pay":
        for account, amount in _amounts(award):
            yield account, -amount, None
        for each in award.instead:
            for account, amount in _amounts(each):
                yield account, amount, each.percent if account == "pay" else None


def _taken(change: PublishedChange) -> Iterator[leave.Entry]:
    """The rest day that was named in place of the one worked."""
    if change.notice is None or change.notice.named is None:
        return
    yield leave.Entry(
        officer_id=change.officer_id,
        account="rest_days",
        amount=-1,
        day=change.notice.named,
        expires=None,
        rate=None,
        words=f"Rest day in place of {date_year(change.day)}.",
        source=f"rest-day:{change.number}:{change.officer_id}:{change.day}",
    )
