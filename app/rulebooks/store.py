"""Every query about rulebooks; each is held to one force or one control room."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import RowMapping, func, insert, select

from app.db.transaction import Reading, Transaction
from app.rulebooks.tables import book_choices, rule_changes
from app.rulebooks.values import Choice, History, RuleChange, Said, Withdrawal

SPEAKING = 0x52554C45
"""With a force's number the PostgreSQL advisory lock under which one at a time speaks ("RULE")."""

Key = tuple[str, str]
"""Name of a book, and code of one of its rules."""

CHOICE = tuple(Choice.__dataclass_fields__)


def hold(transaction: Transaction, force_id: UUID) -> None:
    """Let nobody else say anything of a force's rules until the transaction ends.

    What goes together is judged together, and two at once would each be judged by themselves.
    """
    if transaction.dialect.name == "postgresql":  # a writer on SQLite is alone
        whose = force_id.int & 0x7FFFFFFF
        transaction.execute(select(func.pg_advisory_xact_lock(SPEAKING, whose)))


def histories(
    reading: Reading, force_id: UUID, book: str | None = None, rule: str | None = None
) -> dict[Key, History]:
    """What a force has said, by book and rule; of one book or one rule where that is named."""
    query = select(rule_changes).where(rule_changes.c.force_id == force_id)
    for column, wanted in ((rule_changes.c.book, book), (rule_changes.c.rule, rule)):
        if wanted is not None:
            query = query.where(column == wanted)
    rows: dict[Key, list[RowMapping]] = {}
    for row in reading.execute(query.order_by(rule_changes.c.number)).mappings():
        rows.setdefault((row["book"], row["rule"]), []).append(row)
    return {key: _history(said) for key, said in rows.items()}


def _history(rows: list[RowMapping]) -> History:
    gone = {
        row["withdraws"]: Withdrawal(row["reason"], row["by"], row["at"])
        for row in rows
        if row["withdraws"] is not None
    }
    changes = [_change(row, gone) for row in rows if row["withdraws"] is None]
    return History(rows[-1]["number"], tuple(reversed(changes)))


def _change(row: RowMapping, gone: Mapping[int, Withdrawal]) -> RuleChange:
    said = Said(row["numbers"], row["from_day"], row["reason"], row["authority"])
    return RuleChange(
        row["book"], row["rule"], row["number"], said, row["by"], row["at"], gone.get(row["number"])
    )


def add_change(transaction: Transaction, force_id: UUID, change: RuleChange) -> None:
    """Keep what a force says of a rule."""
    row = _row(force_id, change.book, change.rule, change.number, change.by, change.at)
    said = change.said
    row |= {"numbers": dict(said.numbers), "from_day": said.from_day, "withdraws": None}
    row |= {"reason": said.reason, "authority": said.authority}
    transaction.execute(insert(rule_changes).values(row))


def add_withdrawal(
    transaction: Transaction, force_id: UUID, change: RuleChange, number: int, gone: Withdrawal
) -> None:
    """Keep that a change is taken back."""
    row = _row(force_id, change.book, change.rule, number, gone.by, gone.at)
    row |= {"numbers": {}, "from_day": None, "withdraws": change.number}
    row |= {"reason": gone.reason, "authority": ""}
    transaction.execute(insert(rule_changes).values(row))


def _row(
    force_id: UUID, book: str, rule: str, number: int, by: UUID, at: datetime
) -> dict[str, object]:
    return {
        "force_id": force_id, "book": book, "rule": rule, "number": number, "by": by, "at": at,
    }  # fmt: skip


def choices(reading: Reading, room_id: UUID) -> tuple[Choice, ...]:
    """Which books a room has chosen, in the order in which that was said."""
    query = select(*(book_choices.c[name] for name in CHOICE))
    query = query.where(book_choices.c.room_id == room_id).order_by(book_choices.c.number)
    return tuple(Choice(**row) for row in reading.execute(query).mappings())


def add_choice(transaction: Transaction, room_id: UUID, choice: Choice) -> None:
    """Keep which book a room chooses."""
    row = {name: getattr(choice, name) for name in CHOICE}
    transaction.execute(insert(book_choices).values(room_id=room_id, **row))
