"""The worked examples of the sources come out as the sources say."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from rostering.notice import (
    Due,
    Hours,
    Person,
    Story,
    Telling,
    due,
    notice_words,
    rank_of,
    with_answers,
)
from tests.rostering.notice.days import (
    CONSTABLE,
    DUTY_DAY,
    ENGLAND,
    LONDON,
    SCOTLAND,
    STAFF,
    duty,
    given_back,
    moved,
    numbers,
    told,
    worked,
)

HALF, DOUBLE, THIRD = Fraction(3, 2), Fraction(2), Fraction(4, 3)


def priced(story: Story, book: str = ENGLAND, person: Person = CONSTABLE) -> Due:
    """What a day earns under a rulebook."""
    return due(story, person, numbers(book), LONDON)


def times(found: Due) -> list[tuple[Fraction | None, int, str | None]]:
    """Rate, minutes and form of the time that is due."""
    return [(it.rate, it.minutes, it.form) for it in found.awards if it.what == "time"]


# --- rest days worked, England and Wales --------------------------------------------------------


def test_a_rest_day_worked_with_less_than_15_days_is_time_and_a_half() -> None:
    """14 clear days earn 1½ for the hours worked, in pay or time (Annex H; fedrep id 4 and 110)."""
    found = priced(worked(14))
    assert (found.kind, found.notice) == ("rest_day_worked", 14)
    assert times(found) == [(HALF, 480, "pay_or_time")]
    assert notice_words(found) == (
        "Notice: 14 clear days. Due: time and a half for 8 h, in pay or time off as the person "
        "chooses."
    )
    assert found.cost_minutes == 720


def test_a_rest_day_worked_with_15_days_earns_another_rest_day_named_within_4_days() -> None:
    """15 clear days earn another rest day, told within 4 days of the requirement.

    Source: Annex E; fedrep id 4 and 110.
    """
    found = priced(worked(15))
    assert [(it.what, it.name_by) for it in found.awards] == [("rest_day", date(2026, 12, 6))]
    assert told(15).date() == date(2026, 12, 2)
    assert notice_words(found) == (
        "Notice: 15 clear days. Due: another rest day, to be named by Sunday 6 December 2026."
    )


def test_under_five_days_is_no_longer_double_time() -> None:
    """4 clear days earn 1½ as 14 do: the double rate ended in 2012 (Winsor part 1; fedrep id 4)."""
    assert times(priced(worked(4))) == [(HALF, 480, "pay_or_time")]


@pytest.mark.parametrize(("length", "run_on", "counted"), [
    (3, False, 240), (4, False, 240), (4.25, False, 255), (1, True, 60), (1.25, True, 240),
])  # fmt: skip
def test_at_least_four_hours_but_for_an_hour_run_on(
    length: float, run_on: bool, counted: int
) -> None:
    """3 h on a rest day count as 4; a tour that runs on for up to an hour counts as it is.

    Source: Annex H, Nottinghamshire federation.
    """
    story = Story(worked(3, length=length).tellings, run_on=run_on)
    assert times(priced(story)) == [(HALF, counted, "pay_or_time")]


def test_nothing_is_due_for_what_the_officer_asked_for() -> None:
    """A rest day worked at the officer's own request earns nothing, at any notice."""
    assert priced(worked(3, "own_request")).awards == priced(worked(30, "own_request")).awards == ()
    assert notice_words(priced(worked(20, "own_request"))) == (
        "Notice: 20 clear days. No compensation is due."
    )


def test_the_notice_is_that_of_the_first_call() -> None:
    """A rest day called for with 20 clear days and moved with 3 still earns another rest day.

    The requirement was told with 20.
    """
    story = worked(20)
    later = Story((*story.tellings, Telling(told(3), duty("15:00"), "exigency")))
    found = priced(later)
    assert (found.kind, found.notice) == ("times_moved", 3)
    assert [it.what for it in found.awards] == ["rest_day"]


# --- cancelled rest days given back -------------------------------------------------------------


def test_a_rest_day_given_back_with_more_than_7_days_is_taken() -> None:
    """8 clear days: the rest day is taken and nothing is due.

    Source: PNB 85/9; Merseyside, West Midlands.
    """
    found = priced(given_back(8))
    assert (found.kind, found.awards) == ("rest_day_reinstated", ())


def test_a_rest_day_given_back_with_less_than_8_days_is_the_officers_choice() -> None:
    """7 clear days: the officer takes it, or works it for pay (PNB 85/9; Merseyside faq 8)."""
    (award,) = priced(given_back(7)).awards
    assert award.what == "choice"
    assert award.words == ("the officer chooses: take the rest day, or work it for time and a half")
    assert priced(given_back(2, "own_request")).awards == ()


# --- public holidays ----------------------------------------------------------------------------


def test_a_public_holiday_worked_is_double_time() -> None:
    """With 8 clear days or more: double time alone (Annex H; West Midlands, Staffordshire)."""
    for notice in (8, 20, 40):
        found = priced(worked(notice, holiday="Christmas Day"))
        assert found.kind == "public_holiday_worked"
        assert times(found) == [(DOUBLE, 480, "pay_or_time")]
        assert len(found.awards) == 1


def test_a_public_holiday_with_less_than_8_days_earns_another_day() -> None:
    """7 clear days: double time and another day off (Annex H; same)."""
    found = priced(worked(7, holiday="Christmas Day"))
    assert [it.what for it in found.awards] == ["time", "day_off"]
    assert notice_words(found) == (
        "Notice: 7 clear days. Due: double time for 8 h, in pay or time off as the person chooses; "
        "another day off."
    )


def test_a_public_holiday_first_published_as_a_duty_is_double_time_too() -> None:
    """The rate is for working the day, whenever it was told."""
    story = Story((Telling(told(34), duty()),), holiday="Christmas Day")
    assert (priced(story).kind, times(priced(story))) == (
        "first_published", [(DOUBLE, 480, "pay_or_time")],
    )  # fmt: skip
    assert priced(Story((Telling(told(34), duty()),))).awards == ()


# --- starts brought forward, longer tours -------------------------------------------------------

NIGHT = duty("07:00", 8)
EARLIER = duty("05:00", 8)


def test_a_start_brought_forward_into_the_day_before_earns_the_early_hours() -> None:
    """07:00 becomes 05:00 with 10 h of notice: 2 h at 1⅓ (Annex G; fedrep id 5: 11 h is due)."""
    at = EARLIER.start - timedelta(hours=10)
    found = priced(moved(NIGHT, EARLIER, at))
    assert (found.kind, times(found)) == ("start_brought_forward", [(THIRD, 120, "pay_or_time")])
    assert priced(moved(NIGHT, EARLIER, EARLIER.start - timedelta(hours=11))).awards == ()
    assert priced(moved(NIGHT, EARLIER, at, "own_request")).awards == ()


def test_a_start_brought_forward_within_the_day_earns_nothing_but_longer_hours() -> None:
    """14:00 becomes 12:00 on the same force day: nothing for the same 8 h.

    2 h for a longer tour.
    """
    at = duty("12:00").start - timedelta(hours=5)
    assert priced(moved(duty("14:00"), duty("12:00"), at)).awards == ()
    assert times(priced(moved(duty("14:00"), duty("12:00", 10), at))) == [
        (THIRD, 120, "pay_or_time")
    ]


def test_overtime_counts_in_quarter_hours() -> None:
    """50 minutes more count as 45 (Annex G; fedrep id 110)."""
    longer = Hours(duty().start, duty().end + timedelta(minutes=50))
    assert times(priced(moved(duty(), longer, duty().start - timedelta(hours=2)))) == [
        (THIRD, 45, "pay_or_time")
    ]


def test_a_longer_tour_with_due_notice_is_the_tour() -> None:
    """2 h more, told 11 h before, count towards the rota period and are no overtime."""
    assert priced(moved(duty(), duty(hours=10), duty().start - timedelta(hours=11))).awards == ()


def test_casual_overtime_leaves_the_first_half_hours_to_payroll() -> None:
    """Told on duty: 1 h at 1⅓, with the first 30 min of the first four occasions a week unpaid.

    Source: Annex G; Cheshire, Kent.
    """
    found = priced(moved(duty(), duty(hours=9), duty().start + timedelta(hours=3)))
    assert times(found) == [(THIRD, 60, "pay_or_time")]
    assert "first 4 occasions in a week the first 30 min are not counted" in notice_words(found)


def test_a_part_timer_earns_plain_time_up_to_a_full_week() -> None:
    """Two hours more in a week that becomes 41 h: one plain, one at 1⅓ (Annex G; fedrep id 14)."""
    story = moved(duty(), duty(hours=10), duty().start - timedelta(hours=2))
    week = Story(story.tellings, week_minutes=41 * 60)
    found = priced(week, person=Person("federated", part_time=True))
    assert times(found) == [(Fraction(1), 60, "pay_or_time"), (THIRD, 60, "pay_or_time")]


def test_a_free_day_of_a_part_timer_is_plain_or_as_a_rest_day() -> None:
    """Under 15 clear days it depends on who was required; beyond them payroll is asked.

    Source: Annex H; West Yorkshire, Norfolk federations.
    """
    story = Story(worked(14).tellings, without="free")
    (award,) = priced(story).awards
    assert (priced(story).kind, award.what) == ("free_day_worked", "choice")
    assert award.words == (
        "plain time for 8 h where only this officer was required, else time and a half"
    )
    (asked,) = priced(Story(worked(15).tellings, without="free")).awards
    assert asked.what == "ask"


# --- ranks, recall, unsocial hours --------------------------------------------------------------


def test_inspectors_are_paid_no_overtime_and_get_the_day_within_a_year() -> None:
    """A rest day lost by an inspector is given within 12 months; a longer tour earns nothing.

    Source: North Wales federation.
    """
    inspector = Person(rank_of("officer", "Inspector"))
    (award,) = priced(worked(3), person=inspector).awards
    assert (award.what, award.minutes, award.name_by) == ("rest_day", 0, date(2027, 12, 18))
    assert "by Saturday 18 December 2027" in award.words
    longer = moved(duty(), duty(hours=10), duty().start - timedelta(hours=2))
    assert priced(longer, person=inspector).awards == ()


def test_recall_from_leave_earns_two_days_then_a_day_and_a_half() -> None:
    """The first two days of a recall from 3 days or more: two days, or one and double pay.

    Then a day and a half. Source: PNB 2014/8; Warwickshire, Derbyshire.
    """

    def recall(place: int, days: int = 3) -> Due:
        tellings = worked(10).tellings
        return priced(Story(tellings, without="leave", absence_days=days, recalled_before=place))

    assert [it.words for it in recall(0).awards] == [
        "the officer chooses: 2 days off, or one day off and double time"
    ]
    assert recall(1).awards == recall(0).awards
    assert [(it.what, it.days) for it in recall(2).awards] == [("day_off", HALF)]
    assert (recall(0).kind, recall(0, days=2).awards) == ("leave_recalled", ())
    within = Story(worked(10).tellings, absence_days=5)
    assert priced(within).awards == recall(0).awards


def test_unsocial_hours_are_full_hours_between_20_and_6() -> None:
    """A night from 22:00 to 07:00 has 8 full hours; 14:00 to 22:30 has 2.

    Source: Annex U; fedrep id 76.
    """
    night, late = duty("22:00", 9), duty("14:00", 8.5)
    found = priced(moved(late, night, told(20)))
    assert found.unsocial_hours == 8 - 2
    assert priced(moved(night, None, told(20))).unsocial_hours == -8


def test_a_night_over_the_clock_change_has_its_own_hours() -> None:
    """The night to 25 October 2026 is 11 h from 20:00 to 06:00, that to 29 March 2026 is 9 h."""
    for evening, hours in ((datetime(2026, 10, 24, 19, tzinfo=UTC), 11),
                           (datetime(2026, 3, 28, 20, tzinfo=UTC), 9)):  # fmt: skip
        night = Hours(evening, evening + timedelta(hours=hours))
        given_up = moved(night, None, evening - timedelta(days=40))
        assert priced(given_up).unsocial_hours == -hours


# --- Scotland and police staff ------------------------------------------------------------------


@pytest.mark.parametrize(("notice", "rate"), [(7, DOUBLE), (8, HALF), (17, HALF), (18, None)])
def test_scotlands_bands(notice: int, rate: Fraction | None) -> None:
    """Below 8 days double, 8 to 17 time and a half, from 18 another rest day told within 4 days.

    Source: pnb.scot, part 1 f.
    """
    found = priced(worked(notice), SCOTLAND)
    if rate is None:
        assert [it.name_by for it in found.awards] == [told(18).date() + timedelta(days=4)]
    else:
        assert times(found) == [(rate, 480, "pay_or_time")]


def test_scotlands_start_advanced_with_less_than_24_hours() -> None:
    """A start advanced by 2 h with 23 h of notice earns 2 h at 1⅓; with 24 h nothing.

    Source: pnb.scot, part 1 d.
    """
    new = duty("12:00")
    assert times(priced(moved(duty(), new, new.start - timedelta(hours=23)), SCOTLAND)) == [
        (THIRD, 120, "pay_or_time")
    ]
    assert priced(moved(duty(), new, new.start - timedelta(hours=24)), SCOTLAND).awards == ()


def test_scotland_counts_rest_days_disrupted() -> None:
    """Cancelled and reinstated rest days count, other changes do not (pnb.scot, part 7)."""
    changes = [worked(20), given_back(20), moved(duty(), duty("15:00"), told(20))]
    assert [priced(it, SCOTLAND).disrupted for it in changes] == [True, True, False]
    assert not priced(worked(20)).disrupted


@pytest.mark.parametrize(("notice", "form"), [
    (4, "pay_and_time"), (5, "pay_or_time"), (6, "pay_or_time"),
])  # fmt: skip
def test_the_bands_of_police_staff(notice: int, form: str) -> None:
    """Under 5 days overtime pay and an hour off for each hour, over 5 one of the two.

    The rate is asked of payroll. Source: Police Staff Council handbook; wmp-unite.com.
    """
    found = priced(worked(notice, "agreement"), STAFF, Person("staff"))
    assert times(found) == [(None, 480, form)]
    assert "ask payroll for the rate: not stated" in notice_words(found)


def test_what_the_staff_handbook_does_not_state_is_asked() -> None:
    """A public holiday and a change of times at short notice are asked of payroll.

    With more than three months' notice a change of times is none at short notice.
    """
    staff = Person("staff")
    for story in (worked(20, holiday="Boxing Day"), moved(duty(), duty("15:00"), told(20))):
        assert [it.what for it in priced(story, STAFF, staff).awards] == ["ask"]
    late = moved(duty(), duty("15:00"), DUTY_DAY - timedelta(days=100))
    assert priced(late, STAFF, staff).awards == ()
    assert priced(worked(20), STAFF, staff).unsocial_hours == 0


def test_a_duty_put_back_on_its_day_earns_nothing() -> None:
    """Stood down and called back with more than the due notice: the tour is as it was published."""
    story = moved(duty(), None, told(20))
    back = Story((*story.tellings, Telling(told(10), duty(), "exigency")))
    assert (priced(story).kind, priced(back).kind) == ("stood_down", "duty_put_back")
    assert priced(back).awards == ()


@pytest.mark.parametrize(("employment", "grade", "rank"), [
    ("officer", "Constable", "federated"), ("officer", "PS", "federated"),
    ("officer", "Inspector", "inspecting"), ("officer", "Chief Insp.", "inspecting"),
    ("officer", "DCI", "inspecting"), ("officer", "Superintendent", "senior"),
    ("officer", "Assistant Chief Constable", "senior"), ("staff", "Inspector of calls", "staff"),
])  # fmt: skip
def test_a_grade_in_the_forces_words_is_a_rank(employment: str, grade: str, rank: str) -> None:
    """Ranks are read from the words of the force; staff are staff whatever their grade is."""
    assert rank_of(employment, grade) == rank  # type: ignore[arg-type]


def test_a_forces_answers_take_the_place_of_what_is_open() -> None:
    """Rates, hours and words that a force answers are used; what cannot be read stays open."""
    answers = {
        "overtime_rate": "3/2",
        "public_holidays_worked": 2,
        "changes_at_short_notice": "an hour of pay.",
        "due_notice_hours": "8",
        "longer_tours": 24.0,
    }
    staff, late = Person("staff"), moved(duty(), duty("15:00"), told(20))
    book = with_answers(numbers(STAFF), answers.get)
    assert times(due(worked(4), staff, book, LONDON)) == [(HALF, 480, "pay_and_time")]
    assert times(due(worked(20, holiday="Boxing Day"), staff, book, LONDON)) == [
        (DOUBLE, 480, "pay_or_time")
    ]
    assert notice_words(due(late, staff, book, LONDON)) == (
        "Notice: 20 clear days. Due: for a change at short notice: an hour of pay."
    )
    england = with_answers(numbers(ENGLAND), {"due_notice_hours": 8}.get)
    at = EARLIER.start - timedelta(hours=9)
    assert due(moved(NIGHT, EARLIER, at), CONSTABLE, england, LONDON).awards == ()
    scotland = with_answers(numbers(SCOTLAND), {"longer_tours": 24}.get)
    longer = moved(duty(), duty(hours=10), duty().start - timedelta(hours=23))
    assert times(due(longer, CONSTABLE, scotland, LONDON)) == [(THIRD, 120, "pay_or_time")]
    for answer in ("much", "3/0", "0", "1.5.2", -1):
        unread = {"overtime_rate": answer, "due_notice_hours": answer}.get
        assert with_answers(numbers(STAFF), unread) == numbers(STAFF)
    assert with_answers(numbers(ENGLAND), {"due_notice_hours": "soon"}.get) == numbers(ENGLAND)
