"""Leave of a year: by length of service, part of a year, part of a week, never below the law."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.leave.reading import leave_terms
from app.leave.service.entitlement import entitlement, months_later
from app.leave.values import LeaveTerms, YearStart
from app.people.service import Contract, OfficerDetails
from rostering.errors import InputError
from rostering.files.node import Node
from rostering.rulebooks import Rulebook, names, shipped
from tests.app.people.rooms import details

APRIL = YearStart(4, 1)
YEAR = APRIL.year(2026)
FULL = (Contract(date(2000, 1, 1), None, 2400),)


def officers() -> LeaveTerms:
    """What the book of police officers says."""
    return leave_terms(shipped("police_officers_ew"), lambda _: None)


def served(started: date, left: date | None = None) -> OfficerDetails:
    """A police officer in service from and until a day."""
    return details("1", employment="officer", started=started, left=left)


def hours(who: OfficerDetails, contracts: tuple[Contract, ...] = FULL) -> Fraction:
    """Hours of leave from April 2026 to March 2027."""
    return Fraction(entitlement(officers(), YEAR, who, contracts), 60)


@pytest.mark.parametrize(
    ("years", "days"), [(0, 22), (1, 22), (2, 25), (5, 25), (9, 25), (10, 27), (15, 28), (20, 30)]
)
def test_a_full_year_gives_the_days_of_the_table(years: int, days: int) -> None:
    """Days of 8 hours by completed years (Police Regulations 2003 Annex O; PNB 2014/9)."""
    assert hours(served(date(2026 - years, 4, 1))) == days * 8


@pytest.mark.parametrize(
    ("month", "five", "twenty"),
    [(4, 25, 30), (5, 25, 30), (6, 25, 30), (7, 24, 29), (8, 24, 29), (9, 24, 29), (12, 24, 29)],
)
def test_a_step_within_the_year_counts_by_twelfths(month: int, five: int, twenty: int) -> None:
    """Within half a day of the whole days that a federation printed for officers of 2005/6.

    They complete 5 years (23 days before, 25 after) or 20 (28, 30) in a month, "as calculated by
    Schedule 4 Police Regulations 1995" (humberpolfed.co.uk/leave).
    """
    for years, before, after, printed in ((5, 23, 25, five), (20, 28, 30, twenty)):
        terms = LeaveTerms(480, 2400, ((0, before), (years, after)), 5, 5.6, 8, None)
        who = served(date(2005 - years, month, 15))
        found = entitlement(terms, APRIL.year(2005), who, FULL)
        assert abs(Fraction(found, 480) - printed) <= Fraction(1, 2)


def test_who_joins_or_leaves_has_a_twelfth_for_each_complete_month() -> None:
    """From 15 June nine complete months are left of 22 days; until 15 June two were served."""
    assert hours(served(date(2026, 6, 15))) == 22 * 8 * Fraction(9, 12)
    assert hours(served(date(2010, 1, 1), date(2026, 6, 15))) == 28 * 8 * Fraction(2, 12)
    assert hours(served(date(2027, 4, 1))) == 0


def test_part_time_has_its_part_and_a_change_counts_from_its_day() -> None:
    """24 hours of 40 give three fifths; half a year of each, what lies between."""
    half = (
        Contract(date(2000, 1, 1), date(2026, 10, 1), 2400),
        Contract(date(2026, 10, 1), None, 1440),
    )
    who = served(date(2026, 4, 1))
    assert hours(who, (Contract(date(2000, 1, 1), None, 1440),)) == Fraction(176 * 3, 5)
    assert hours(who, half) == (88 + Fraction(88 * 3, 5))
    assert hours(who, ()) == 0


def test_the_law_is_the_least() -> None:
    """28 days with 8 public holidays are 20 beside them, whatever the table says (WTR 13, 13A)."""
    poor = LeaveTerms(480, 2400, ((0, 10),), 5, 5.6, 8, None)
    assert entitlement(poor, YEAR, served(date(2020, 1, 1)), FULL) == 20 * 480
    fortnight = served(date(2026, 4, 10), date(2026, 4, 24))
    assert hours(fortnight) == Fraction(-(-20 * 480 * 14 // 365), 60)


@settings(max_examples=50)
@given(st.dates(date(1990, 1, 1), date(2027, 3, 31)), st.integers(0, 3000), st.integers(0, 700))
def test_more_service_and_more_hours_never_give_less(
    started: date, weekly: int, longer: int
) -> None:
    """Joining earlier, or working more hours a week, takes no leave away."""
    mine = entitlement(
        officers(), YEAR, served(started), (Contract(date(1990, 1, 1), None, weekly),)
    )
    more = (Contract(date(1990, 1, 1), None, weekly + longer),)
    assert mine <= entitlement(officers(), YEAR, served(started), more)
    earlier = served(date.fromordinal(started.toordinal() - longer))
    assert mine <= entitlement(officers(), YEAR, earlier, (*_since_ever(weekly),))


def _since_ever(weekly: int) -> tuple[Contract, ...]:
    return (Contract(date(1980, 1, 1), None, weekly),)


def test_months_later_is_a_day_that_there_is() -> None:
    """Three months after 30 November is 1 March, since February has no 30th."""
    assert months_later(date(2026, 11, 30), 3) == date(2027, 3, 1)
    assert months_later(date(2026, 10, 15), 3) == date(2027, 1, 15)


@pytest.mark.parametrize("name", names())
def test_every_book_says_what_it_knows_and_asks_the_rest(name: str) -> None:
    """Officers of England and Wales have a table; the others ask, and the answers are taken."""
    book = shipped(name)
    terms = leave_terms(book, lambda _: None)
    assert bool(terms.asked) == (name != "police_officers_ew")
    assert all("?" in question for question in terms.asked)
    told = leave_terms(book, {"leave_days": 26, "leave_carried_days": 3}.get)
    assert told.asked == ()
    if terms.asked:
        assert (told.table, told.carried_days) == (((0, 26.0),), 3)
    steps = leave_terms(book, {"leave_days": "23, 5: 26.5,10:28", "leave_carried_days": "0"}.get)
    if terms.asked:
        assert (steps.table, steps.carried_days) == (((0, 23), (5, 26.5), (10, 28)), 0)
        assert steps.asked == ()
        wrong: object
        for wrong in ("plenty", "23, 5: x", "5: 26", "23, 5: 26, 5: 28", "23,", "1.5: 3", True, []):
            unread = leave_terms(book, {"leave_days": wrong, "leave_carried_days": 3}.get)
            assert len(unread.asked) == 1
    none = leave_terms(book, {"leave_days": 26, "leave_carried_days": 0}.get)
    assert (none.asked, none.carried_days or 5) == ((), 5)
    assert terms.toil_months == (3 if name == "police_staff_ew" else None)


@pytest.mark.parametrize(
    ("years", "days", "words"),
    [
        ([1, 2], [22, 25], "begin with 0"),
        ([0, 0], [22, 25], "rising"),
        ([0, 2], [22], "as many days as years"),
        ([], [], "begin with 0"),
    ],
)
def test_a_table_that_cannot_be_is_refused(years: list[int], days: list[int], words: str) -> None:
    """The place in the book is named."""
    said = {"day_minutes": 480, "week_minutes": 2400, "source": "x", "years": years, "days": days}
    law = {"weeks": 5.6, "public_holidays": 8, "source": "x"}
    book = shipped("police_officers_ew")
    broken = Rulebook(
        **{field: getattr(book, field) for field in book.__dataclass_fields__}
        | {"sections": {"leave": Node({"entitlement": said, "statutory": law}, "leave", "a.toml")}}
    )
    with pytest.raises(InputError, match=words) as refused:
        leave_terms(broken, lambda _: None)
    assert "leave.entitlement" in str(refused.value)
