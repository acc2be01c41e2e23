"""A force says its own numbers, takes back what does not hold yet, and chooses its books."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from datetime import date
from uuid import UUID

from app import clock
from app.db.transaction import Transaction
from app.errors import Conflict, NotFound, Stale, invalid
from app.people import service as people
from app.rulebooks import checks, series, store
from app.rulebooks.service.reading import book as book_on
from app.rulebooks.service.reading import history, present_day
from app.rulebooks.values import Choice, History, RuleChange, Said, Withdrawal
from app.web.words import date_year
from rostering.errors import InputError

CHANGED = "Somebody said something else of this meanwhile: read again, then change."


def set_numbers(
    transaction: Transaction,
    room_id: UUID,
    book: str,
    rule: str,
    version: int,
    said: Said,
    by: UUID,
    also: Collection[str] = (),
) -> RuleChange:
    """Let these be the force's own numbers of a rule from a day on; None: the book's own again.

    Args:
        transaction: the caller's.
        room_id: a room of the force whose they are.
        book: name of a rulebook.
        rule: code of one of its rules, path of one of its parts, or `asked` for answers to what
            the book asks.
        version: of what was read.
        said: the numbers, from when, and why.
        by: who says so.
        also: other books in which the same is said, since a rule must be hard in all books of a
            room or in none.

    Raises:
        InvalidInput: naming every field that cannot be used.
        NotFound: when there is no such rulebook or rule.
        Stale: when something else was said of the rule meanwhile.
        Conflict: when the rule would be hard in one book of a room and priced in the other.
    """
    said = dataclasses.replace(said, reason=said.reason.strip(), authority=said.authority.strip())
    _hold(transaction, room_id)
    found = history(transaction, room_id, book, rule)
    if found.version != version:
        raise Stale(CHANGED)
    change = _say(transaction, room_id, book, rule, found, said, by)
    for other in sorted({*also} - {book}):
        checks.check_book(other, series.titles())
        if rule in series.shipped(book).sources:
            checks.check_rule(series.shipped(other), rule)
        theirs = history(transaction, room_id, other, rule)
        _say(transaction, room_id, other, rule, theirs, said, by)
    _check_together(transaction, room_id, said.from_day)
    return change


def _say(
    transaction: Transaction,
    room_id: UUID,
    book: str,
    rule: str,
    found: History,
    said: Said,
    by: UUID,
) -> RuleChange:
    shipped = series.shipped(book)
    checks.check_from(said.from_day, present_day(transaction, room_id))
    before = book_on(transaction, room_id, book, said.from_day)
    if rule == series.ASKED:
        checks.check_answers(shipped, before, said, series.CHOICES)
    elif rule not in shipped.sources:
        checks.check_part_said(shipped, before, rule, said)
    else:
        checks.check_said(checks.check_rule(shipped, rule), before, said)
    new = RuleChange(book, rule, found.version + 1, said, by, clock.now())
    store.add_change(transaction, people.room(transaction, room_id).force_id, new)
    return new


def withdraw(
    transaction: Transaction,
    room_id: UUID,
    book: str,
    rule: str,
    version: int,
    number: int,
    reason: str,
    by: UUID,
) -> History:
    """Take a change back that does not hold yet; it stays known.

    Args:
        transaction: the caller's.
        room_id: a room of the force whose it is.
        book: name of a rulebook.
        rule: code of one of its rules, or `asked`.
        version: of what was read.
        number: of the change.
        reason: why.
        by: who takes it back.

    Raises:
        NotFound: when there is no such change.
        Stale: when something else was said of the rule meanwhile.
        InvalidInput: when there is no reason.
        Conflict: when it holds already, or is taken back.
    """
    force_id = _hold(transaction, room_id)
    found = history(transaction, room_id, book, rule)
    change = next((each for each in found.changes if each.number == number), None)
    if change is None:
        raise NotFound("There is no such change of this rule.")
    if found.version != version:
        raise Stale(CHANGED)
    said = checks.check_line("reason", reason)
    if change.withdrawn is not None:
        raise Conflict("It is taken back already.")
    if change.said.from_day < present_day(transaction, room_id):
        raise Conflict(
            f"It has held since {date_year(change.said.from_day)} and stays part of what was. "
            "Say another number from a later day."
        )
    gone = Withdrawal(said, by, clock.now())
    store.add_withdrawal(transaction, force_id, change, found.version + 1, gone)
    _check_together(transaction, room_id, change.said.from_day)
    return history(transaction, room_id, book, rule)


def choose_book(
    transaction: Transaction,
    room_id: UUID,
    version: int,
    wanted: Choice,
) -> Choice:
    """Let a rulebook hold for officers or for staff of a room from a day on.

    Args:
        transaction: the caller's.
        room_id: the room.
        version: number of the last choice that was read; 0 before the first.
        wanted: the choice; its number and instant are given here.

    Raises:
        NotFound: when there is no such room.
        Stale: when the room has chosen something else meanwhile.
        InvalidInput: naming what cannot be used.
        Conflict: when a rule would be hard in one book of the room and priced in the other.
    """
    _hold(transaction, room_id)
    made = store.choices(transaction, room_id)
    if version != (made[-1].number if made else 0):
        raise Stale(CHANGED)
    if wanted.employment not in series.DEFAULTS:
        raise invalid("employment", "Give officer or staff.")
    checks.check_book(wanted.book, series.titles())
    checks.check_from(wanted.from_day, present_day(transaction, room_id))
    new = dataclasses.replace(
        wanted,
        number=version + 1,
        reason=checks.check_line("reason", wanted.reason),
        at=clock.now(),
    )
    if series.chosen(made, new.employment, new.from_day)[0] == new.book:
        raise invalid("book", "This rulebook holds on that day already.")
    store.add_choice(transaction, room_id, new)
    _check_together(transaction, room_id, new.from_day)
    return new


def _hold(transaction: Transaction, room_id: UUID) -> UUID:
    """Let nobody else say anything of the force's rules until the transaction ends; its id."""
    force_id = people.room(transaction, room_id).force_id
    store.hold(transaction, force_id)
    return force_id


def _check_together(transaction: Transaction, room_id: UUID, since: date) -> None:
    """Refuse books that cannot hold together in a room of the force, on a day from then on."""
    force_id = people.room(transaction, room_id).force_id
    said = store.histories(transaction, force_id)
    for room in people.rooms(transaction, force_id):
        choices = store.choices(transaction, room.id)
        for day in series.turning_days(choices, said, since):
            try:
                _ = series.books_of(choices, said, day).rules
            except InputError as error:
                words = f"{room.name}, from {date_year(day)}: {error.message}"
                raise Conflict(f"{words} Say it in both rulebooks.") from error
