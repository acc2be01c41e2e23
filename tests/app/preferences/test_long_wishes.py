"""Wishes about several days: what can be asked, what it takes, and who has to agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from app import clock
from app.db.transaction import Database, Transaction
from app.errors import Conflict, InvalidInput, NotFound, Stale
from app.preferences import service as preferences
from app.preferences.service import Asks, LongOutcome, LongWish, LongWishDetails, RoundDetails
from tests.app.preferences.asking import AFTER, BEFORE, FIRST, JANUARY, LAST, Asking, asking, off

LATE_ON_TUESDAYS = LongWishDetails("times", 3, standing=True, weekdays=(1,), earliest=600)
NO_NIGHTS = LongWishDetails(
    "no_kind", 4, first_day=date(2027, 1, 11), last_day=date(2027, 1, 17), kinds=("night",)
)


@pytest.fixture
def transaction(database: Database) -> Iterator[Transaction]:
    """A transaction that is open for the test, before the deadline."""
    with clock.stopped_at(BEFORE), database.write() as transaction:
        yield transaction


@pytest.fixture
def asked(transaction: Transaction) -> Asking:
    """A room that asks for wishes."""
    return asking(transaction)


def state(transaction: Transaction, asked: Asking, details: LongWishDetails) -> LongWish:
    """A wish of the officer in the round."""
    return preferences.state_long_wish(
        transaction, asked.room_id, asked.officer_id, asked.round.id, details
    )


def company(asked: Asking, points: int = 4) -> LongWishDetails:
    """A wish to work with the colleague on the four Saturdays of the round."""
    return LongWishDetails("with", points, weekdays=(5,), colleague_id=asked.colleague_id)


def test_wishes_are_kept_as_stated_and_share_one_budget(
    transaction: Transaction, asked: Asking
) -> None:
    """Read back they are what was stated; with wishes about one day they spend the same points."""
    room_id, officer_id = asked.room_id, asked.officer_id
    first, second = (state(transaction, asked, each) for each in (LATE_ON_TUESDAYS, NO_NIGHTS))
    found = preferences.long_wishes_of(transaction, room_id, officer_id, asked.round.id)
    assert set(found) == {first, second}
    assert preferences.long_wish(transaction, room_id, officer_id, first.id) == first
    preferences.state_wish(transaction, room_id, officer_id, asked.round.id, off(9, 10))
    assert preferences.points_used(transaction, room_id, officer_id, asked.round.id) == 17
    with pytest.raises(InvalidInput) as error:
        state(transaction, asked, replace(NO_NIGHTS, points=4))
    assert error.value.places[0].words == "3 left. Take some from another wish."
    with pytest.raises(InvalidInput):
        preferences.state_wish(transaction, room_id, officer_id, asked.round.id, off(10, 4))
    more = replace(NO_NIGHTS, points=7)
    changed = preferences.change_long_wish(transaction, room_id, officer_id, second.id, 1, more)
    assert (changed.version, changed.points) == (2, 7)
    with pytest.raises(Stale):
        preferences.withdraw_long_wish(transaction, room_id, officer_id, second.id, 1)
    preferences.withdraw_long_wish(transaction, room_id, officer_id, second.id, 2)
    assert preferences.points_used(transaction, room_id, officer_id, asked.round.id) == 13
    assert preferences.long_wishes_asked(transaction, room_id, asked.round.id) == (
        Asks("times", 1, 3, None),
    )


def test_wishes_are_an_officers_own(transaction: Transaction, asked: Asking) -> None:
    """A colleague and another room find no such wish."""
    wish = state(transaction, asked, NO_NIGHTS)
    other = asked.small.other_room.id
    for room_id, officer_id in ((asked.room_id, asked.colleague_id), (other, asked.officer_id)):
        with pytest.raises(NotFound):
            preferences.long_wish(transaction, room_id, officer_id, wish.id)
        with pytest.raises(NotFound):
            preferences.withdraw_long_wish(transaction, room_id, officer_id, wish.id, 1)
        with pytest.raises(NotFound):
            preferences.answer_colleague(transaction, room_id, officer_id, wish.id, agreed=True)


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (replace(NO_NIGHTS, points=0), "points"),
        (replace(NO_NIGHTS, points=11), "points"),
        (replace(NO_NIGHTS, kinds=()), "kinds"),
        (replace(NO_NIGHTS, kinds=("noon",)), "kinds"),
        (replace(NO_NIGHTS, kinds=preferences.KINDS), "kinds"),
        (replace(NO_NIGHTS, earliest=60), "earliest"),
        (replace(NO_NIGHTS, standing=True), "first_day"),
        (replace(NO_NIGHTS, first_day=FIRST - timedelta(days=1)), "first_day"),
        (replace(NO_NIGHTS, last_day=date(2027, 1, 10)), "last_day"),
        (replace(NO_NIGHTS, weekdays=(1, 1)), "weekdays"),
        (replace(NO_NIGHTS, last_day=date(2027, 1, 12), weekdays=(5,)), "weekdays"),
        (replace(LATE_ON_TUESDAYS, earliest=None), "earliest"),
        (replace(LATE_ON_TUESDAYS, earliest=1440), "earliest"),
        (replace(LATE_ON_TUESDAYS, latest=540), "latest"),
        (replace(LATE_ON_TUESDAYS, latest=2880), "latest"),
        (LongWishDetails("work_run", 3), "most"),
        (LongWishDetails("work_run", 3, most=3, fewest=2), "most"),
        (LongWishDetails("work_run", 3, most=15), "most"),
        (LongWishDetails("work_run", 3, most=3, weekdays=(1,)), "weekdays"),
        (LongWishDetails("rest_run", 3, fewest=1), "fewest"),
        (LongWishDetails("rest_run", 3), "fewest"),
        (LongWishDetails("apart", 10, weekdays=(5,)), "colleague_id"),
        (LongWishDetails("apart", 10, weekdays=(5,), colleague_id=uuid4()), "colleague_id"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_at_its_field(
    transaction: Transaction, asked: Asking, details: LongWishDetails, field: str
) -> None:
    """Nothing is kept, and the field at fault is named."""
    with pytest.raises(InvalidInput) as error:
        state(transaction, asked, details)
    assert field in {place.field for place in error.value.places}
    assert preferences.long_wishes_of(transaction, asked.room_id, asked.officer_id) == ()


def test_working_together_takes_the_colleagues_word(
    transaction: Transaction, asked: Asking
) -> None:
    """It counts once the colleague agrees, and no more when they say otherwise or it changes."""

    def counted() -> set[UUID]:
        found = preferences.long_wishes(transaction, asked.room_id, FIRST, 28)
        return {wish.id for each in found.values() for _, wish in each}

    with pytest.raises(InvalidInput):
        state(transaction, asked, company(asked, points=3))  # four days, three points
    alone = replace(company(asked), colleague_id=asked.officer_id)
    with pytest.raises(InvalidInput):
        state(transaction, asked, alone)
    wish = state(transaction, asked, company(asked))
    assert counted() == set()
    (seen,) = preferences.asked_of(transaction, asked.room_id, asked.colleague_id)
    assert seen == wish
    answer = (transaction, asked.room_id, asked.colleague_id, wish.id)
    assert preferences.answer_colleague(*answer, agreed=True).agreed is True
    assert preferences.answer_colleague(*answer, agreed=True).version == 2
    assert counted() == {wish.id}
    assert preferences.answer_colleague(*answer, agreed=False).agreed is False
    assert counted() == set()
    preferences.answer_colleague(*answer, agreed=True)
    own = (transaction, asked.room_id, asked.officer_id, wish.id)
    more = preferences.change_long_wish(*own, 4, company(asked, points=6))
    assert more.agreed is True
    sundays = replace(company(asked), weekdays=(6,))
    assert preferences.change_long_wish(*own, 5, sundays).agreed is None
    rival = replace(company(asked), ask="apart", points=5)
    other = state(transaction, asked, rival)
    assert counted() == {other.id}
    assert len(preferences.asked_of(transaction, asked.room_id, asked.colleague_id)) == 1


def test_standing_wishes_go_on_into_the_next_round(transaction: Transaction, asked: Asking) -> None:
    """They take their points again, as far as these go; others do not go on."""
    state(transaction, asked, LATE_ON_TUESDAYS)
    state(transaction, asked, replace(company(asked), standing=True))
    state(transaction, asked, NO_NIGHTS)
    february = replace(JANUARY, first_day=LAST + timedelta(days=1), points=6)
    later = preferences.open_round(transaction, asked.room_id, february)
    found = preferences.long_wishes_of(transaction, asked.room_id, asked.officer_id, later.id)
    assert len(found) == 1
    assert found[0].details.standing
    march = replace(february, first_day=february.last_day + timedelta(days=1), points=20)
    last = preferences.open_round(transaction, asked.room_id, march)
    again = preferences.long_wishes_of(transaction, asked.room_id, asked.officer_id, last.id)
    assert [wish.details for wish in again] == [found[0].details]


def test_nothing_changes_once_the_round_is_closed(database: Database) -> None:
    """After the deadline a wish is neither stated, changed, withdrawn nor agreed to."""
    with clock.stopped_at(BEFORE), database.write() as transaction:
        asked = asking(transaction)
        wish = state(transaction, asked, company(asked))
        own = (asked.room_id, asked.officer_id, wish.id)
    with clock.stopped_at(AFTER), database.write() as transaction:
        with pytest.raises(Conflict):
            state(transaction, asked, NO_NIGHTS)
        with pytest.raises(Conflict):
            preferences.change_long_wish(transaction, *own, 1, NO_NIGHTS)
        with pytest.raises(Conflict):
            preferences.withdraw_long_wish(transaction, *own, 1)
        with pytest.raises(Conflict):
            preferences.answer_colleague(
                transaction, asked.room_id, asked.colleague_id, wish.id, agreed=True
            )
        assert preferences.asked_of(transaction, asked.room_id, asked.colleague_id) == ()


def test_outcomes_are_told_and_answer_the_round(transaction: Transaction, asked: Asking) -> None:
    """What was lost is kept with each wish; a wish of another room is refused."""
    wish = state(transaction, asked, LATE_ON_TUESDAYS)
    told = LongOutcome(uuid4(), 1, "1 shift goes against it.")
    with pytest.raises(NotFound):
        preferences.record_long_outcomes(transaction, asked.small.other_room.id, {wish.id: told})
    preferences.record_long_outcomes(transaction, asked.room_id, {wish.id: told})
    kept = preferences.long_wish(transaction, asked.room_id, asked.officer_id, wish.id)
    assert kept.outcome == told
    assert preferences.wish_round(transaction, asked.room_id, asked.round.id).state == "answered"
    assert preferences.long_wishes_asked(transaction, asked.room_id, asked.round.id) == (
        Asks("times", 1, 3, 1),
    )


def test_a_round_keeps_the_days_and_points_of_its_wishes(
    transaction: Transaction, asked: Asking
) -> None:
    """It can neither lose all days of a wish nor shrink below the points placed."""
    state(transaction, asked, NO_NIGHTS)
    for details in (replace(JANUARY, days=7), replace(JANUARY, points=3)):
        with pytest.raises(Conflict):
            preferences.change_round(transaction, asked.room_id, asked.round.id, 1, details)


def test_the_days_of_a_wish() -> None:
    """Between its ends, on its weekdays; all of the round where it names none."""
    asked = RoundDetails(FIRST, 14, BEFORE)
    assert len(LongWishDetails("off", 3).days_of(asked)) == 14
    weekend = LongWishDetails("off", 3, weekdays=(5, 6), last_day=date(2027, 1, 12))
    assert weekend.days_of(asked) == (date(2027, 1, 9), date(2027, 1, 10))
