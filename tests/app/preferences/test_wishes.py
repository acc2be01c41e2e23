"""Wishes: points placed on days, and what came of them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import clock
from app.db.transaction import Database, Transaction
from app.errors import Conflict, InvalidInput, NotFound, ParadeError, Stale
from app.preferences import service as preferences
from app.preferences.checks import check_wish
from app.preferences.service import DayAsked, Outcome, Round, Wish, WishDetails
from tests.app.preferences.asking import AFTER, BEFORE, FIRST, JANUARY, Asking, asking, off


@pytest.fixture
def transaction(database: Database) -> Iterator[Transaction]:
    """A transaction that is open for the test, before the deadline."""
    with clock.stopped_at(BEFORE), database.write() as transaction:
        yield transaction


@pytest.fixture
def asked(transaction: Transaction) -> Asking:
    """A room that asks for wishes."""
    return asking(transaction)


def state(transaction: Transaction, asked: Asking, details: WishDetails) -> Wish:
    """A wish of the officer in the round."""
    return preferences.state_wish(
        transaction, asked.room_id, asked.officer_id, asked.round.id, details
    )


def test_wishes_are_kept_as_stated(transaction: Transaction, asked: Asking) -> None:
    """Read back by officer, by round, by days and alone, a wish is what was stated."""
    room_id, officer_id = asked.room_id, asked.officer_id
    late = WishDetails(date(2027, 1, 31), wants=True, points=2, kinds=("late", "night"))
    early = WishDetails(FIRST, wants=False, points=3, shifts=("E0700", "D10"))
    second, first = state(transaction, asked, late), state(transaction, asked, early)
    assert (first.details, second.details) == (early, late)
    assert preferences.wishes_of(transaction, room_id, officer_id) == (first, second)
    assert preferences.points_used(transaction, room_id, officer_id, asked.round.id) == 5
    theirs = preferences.state_wish(
        transaction, room_id, asked.colleague_id, asked.round.id, off(9)
    )
    everyone = preferences.wishes(transaction, room_id, FIRST, 28)
    assert everyone == {officer_id: (first, second), asked.colleague_id: (theirs,)}
    assert preferences.wishes(transaction, room_id, FIRST, 27)[officer_id] == (first,)
    assert preferences.wish(transaction, room_id, officer_id, first.id) == first


def test_wishes_are_an_officers_own(transaction: Transaction, asked: Asking) -> None:
    """A colleague and another room find no such wish, and an officer of another no such round."""
    wish = state(transaction, asked, off(9))
    other = asked.small.other_room.id
    for room_id, officer_id in [
        (asked.room_id, asked.colleague_id),
        (other, asked.officer_id),
        (other, asked.elsewhere_id),
    ]:
        with pytest.raises(NotFound):
            preferences.wish(transaction, room_id, officer_id, wish.id)
        with pytest.raises(NotFound):
            preferences.change_wish(transaction, room_id, officer_id, wish.id, 1, off(9, 1))
        with pytest.raises(NotFound):
            preferences.withdraw_wish(transaction, room_id, officer_id, wish.id, 1)
    for room_id in (asked.room_id, other):
        with pytest.raises(NotFound):
            preferences.state_wish(transaction, room_id, asked.elsewhere_id, asked.round.id, off(9))
    assert preferences.wishes(transaction, other, FIRST, 28) == {}


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (WishDetails(date(2027, 1, 3), wants=False, points=5), "day"),
        (WishDetails(date(2027, 2, 1), wants=False, points=5), "day"),
        (off(9, 0), "points"),
        (off(9, 11), "points"),
        (WishDetails(FIRST, wants=True, points=5, kinds=("evening",)), "kinds"),
        (WishDetails(FIRST, wants=True, points=5, kinds=("late", "late")), "kinds"),
        (WishDetails(FIRST, wants=False, points=5, kinds=preferences.KINDS), "kinds"),
        (WishDetails(FIRST, wants=True, points=5, kinds=("late",), shifts=("L",)), "shifts"),
        (WishDetails(FIRST, wants=True, points=5, shifts=("L", "L")), "shifts"),
        (WishDetails(FIRST, wants=True, points=5, shifts=("",)), "shifts"),
        (WishDetails(FIRST, wants=True, points=5, shifts=("L\n",)), "shifts"),
        (WishDetails(FIRST, wants=True, points=5, shifts=("L" * 65,)), "shifts"),
    ],
)
def test_a_wish_that_cannot_be_is_refused(
    transaction: Transaction, asked: Asking, details: WishDetails, field: str
) -> None:
    """The field at fault is named, for a new wish as for a changed one, and nothing is kept."""
    kept = state(transaction, asked, off(15))
    with pytest.raises(InvalidInput) as caught:
        state(transaction, asked, details)
    assert [place.field for place in caught.value.places] == [field]
    with pytest.raises(InvalidInput):
        preferences.change_wish(transaction, asked.room_id, asked.officer_id, kept.id, 1, details)
    assert preferences.wishes_of(transaction, asked.room_id, asked.officer_id) == (kept,)


def test_points_over_the_budget_are_refused(transaction: Transaction, asked: Asking) -> None:
    """The budget is an officer's own; a change counts the other wishes only."""
    first, second = state(transaction, asked, off(9, 10)), state(transaction, asked, off(10, 9))
    with pytest.raises(InvalidInput, match=r"1 left\. Take some from another wish\."):
        state(transaction, asked, off(11, 2))
    room_id, officer_id = asked.room_id, asked.officer_id
    preferences.change_wish(transaction, room_id, officer_id, second.id, 1, off(10, 10))
    with pytest.raises(InvalidInput, match=r"0 left\. Take some from another wish\."):
        state(transaction, asked, off(11, 1))
    preferences.state_wish(transaction, room_id, asked.colleague_id, asked.round.id, off(11, 10))
    preferences.withdraw_wish(transaction, room_id, officer_id, first.id, 1)
    state(transaction, asked, off(11, 10))


def test_a_day_has_one_wish(transaction: Transaction, asked: Asking) -> None:
    """A second wish for a day, stated or moved there, is refused."""
    state(transaction, asked, off(9))
    other = state(transaction, asked, off(10))
    with pytest.raises(Conflict, match="Saturday 9 January"):
        state(transaction, asked, WishDetails(date(2027, 1, 9), wants=True, points=1))
    with pytest.raises(Conflict, match="Saturday 9 January"):
        preferences.change_wish(transaction, asked.room_id, asked.officer_id, other.id, 1, off(9))


def test_nothing_changes_after_the_deadline(transaction: Transaction, asked: Asking) -> None:
    """Stating, changing and withdrawing are refused with the deadline in local time."""
    wish = state(transaction, asked, off(9))
    room_id, officer_id = asked.room_id, asked.officer_id
    words = "closed on Sunday 29 November at 23:59"
    with clock.stopped_at(AFTER):
        with pytest.raises(Conflict, match=words):
            state(transaction, asked, off(10))
        with pytest.raises(Conflict, match=words):
            preferences.change_wish(transaction, room_id, officer_id, wish.id, 1, off(9, 1))
        with pytest.raises(Conflict, match=words):
            preferences.withdraw_wish(transaction, room_id, officer_id, wish.id, 1)


def test_a_wish_is_changed_from_the_version_that_was_read(
    transaction: Transaction, asked: Asking
) -> None:
    """A stale change and a stale withdrawal change nothing; a withdrawn wish can come back."""
    room_id, officer_id = asked.room_id, asked.officer_id
    wish = state(transaction, asked, off(9))
    changed = preferences.change_wish(transaction, room_id, officer_id, wish.id, 1, off(9, 7))
    assert changed == replace(wish, version=2, details=off(9, 7))
    with pytest.raises(Stale):
        preferences.change_wish(transaction, room_id, officer_id, wish.id, 1, off(9, 1))
    with pytest.raises(Stale):
        preferences.withdraw_wish(transaction, room_id, officer_id, wish.id, 1)
    assert preferences.withdraw_wish(transaction, room_id, officer_id, wish.id, 2) == changed
    assert preferences.wishes_of(transaction, room_id, officer_id) == ()
    assert state(transaction, asked, changed.details).details == off(9, 7)


def test_outcomes_stand_with_their_wishes(transaction: Transaction, asked: Asking) -> None:
    """Told twice they stand once; told anew the latest holds; another room's are refused."""
    met, unmet = state(transaction, asked, off(9)), state(transaction, asked, off(10))
    first = {
        met.id: Outcome(uuid4(), met=True, words=""),
        unmet.id: Outcome(uuid4(), met=False, words="999 would have been two people short."),
    }
    for _ in range(2):
        preferences.record_outcomes(transaction, asked.room_id, first)
    found = preferences.wishes_of(transaction, asked.room_id, asked.officer_id)
    assert {wish.id: wish.outcome for wish in found} == first
    second = {unmet.id: Outcome(uuid4(), met=True, words="")}
    preferences.record_outcomes(transaction, asked.room_id, second)
    found = preferences.wishes_of(transaction, asked.room_id, asked.officer_id)
    assert {wish.id: wish.outcome for wish in found} == first | second
    with pytest.raises(NotFound):
        preferences.record_outcomes(transaction, asked.small.other_room.id, first)
    preferences.record_outcomes(transaction, asked.small.other_room.id, {})


def test_a_round_is_counted(transaction: Transaction, asked: Asking) -> None:
    """Officers, wishes, outcomes and, by day, who asks to be off and who for something else."""
    nothing = preferences.asked(transaction, asked.room_id, asked.round.id)
    assert (nothing.officers, nothing.wishes, nothing.answered, nothing.met) == (0, 0, 0, 0)
    assert nothing.days == ()
    mine = state(transaction, asked, off(9, 3))
    state(transaction, asked, off(12, 1))
    for details in (
        off(9, 4),
        WishDetails(date(2027, 1, 12), wants=False, points=2, kinds=("night",)),
        WishDetails(date(2027, 1, 13), wants=True, points=5),
    ):
        preferences.state_wish(
            transaction, asked.room_id, asked.colleague_id, asked.round.id, details
        )
    told = {mine.id: Outcome(uuid4(), met=True, words="")}
    preferences.record_outcomes(transaction, asked.room_id, told)
    figures = preferences.asked(transaction, asked.room_id, asked.round.id)
    assert (figures.officers, figures.wishes, figures.answered, figures.met) == (2, 5, 1, 1)
    assert figures.days == (
        DayAsked(date(2027, 1, 9), off=2, others=0, points=7),
        DayAsked(date(2027, 1, 12), off=1, others=1, points=3),
        DayAsked(date(2027, 1, 13), off=0, others=1, points=5),
    )


def test_two_hands_cannot_spend_the_same_points(database: Database) -> None:
    """Of two wishes stated at once that the budget cannot both hold, one is refused."""
    with clock.stopped_at(BEFORE):
        with database.write() as transaction:
            room = asking(transaction)
            state(transaction, room, off(9, 10))
        refused: list[ParadeError] = []
        gate = threading.Barrier(2)

        def hand(day: int) -> None:
            gate.wait()
            try:
                with database.write() as transaction:
                    state(transaction, room, off(day, 6))
            except ParadeError as error:
                refused.append(error)

        hands = [threading.Thread(target=hand, args=(day,)) for day in (10, 11)]
        for each in hands:
            each.start()
        for each in hands:
            each.join()
    assert [str(error) for error in refused] == ["points: 4 left. Take some from another wish."]


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(4, 31), st.integers(-1, 12)), max_size=12))
def test_what_is_taken_always_fits(asks: list[tuple[int, int]]) -> None:
    """However wishes arrive, those taken are one a day, 1 to 10 points each, within the budget."""
    asked_round = Round(uuid4(), uuid4(), 1, JANUARY, None, "open")
    taken: list[Wish] = []
    for day, points in asks:
        details = off(day, points)
        try:
            check_wish(asked_round, details, taken, 20 - sum(wish.points for wish in taken))
        except ParadeError:
            spent = sum(wish.points for wish in taken)
            days = {wish.day for wish in taken}
            assert details.day in days or not 1 <= points <= 10 or spent + points > 20
        else:
            taken.append(Wish(uuid4(), asked_round.id, uuid4(), 1, details))
    assert len({wish.day for wish in taken}) == len(taken)
    assert all(1 <= wish.points <= 10 for wish in taken)
    assert sum(wish.points for wish in taken) <= 20
