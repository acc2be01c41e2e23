"""A force's own numbers: which hold on a day, what is refused, what is taken back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from app import clock
from app.db.transaction import Database
from app.errors import Conflict, InvalidInput, NotFound, Stale
from app.people import service as people
from app.rulebooks import service
from app.rulebooks.service import ASKED, Books, Choice, Numbers, RuleChange, Said
from rostering.rulebooks import shipped
from rostering.rulebooks.laid_over import Line
from rostering.rulebooks.publication import horizon
from rostering.rulebooks.refreshment import refreshment_minutes
from rostering.rules.base import Rule
from tests.app.at_once import at_once
from tests.app.callers import Staffed

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
TODAY = NOW.date()
OFFICERS, STAFF = "police_officers_ew", "police_staff_ew"
STEPS: list[Line] = [{"from_minutes": 480, "minutes": 45}, {"from_minutes": 300, "minutes": 30}]
SHORT: list[Line] = [
    {"from_minutes": 300, "minutes": 30},
    {"from_minutes": 600, "minutes": 15},
]
MARCH, APRIL = date(2027, 3, 1), date(2027, 4, 1)


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    """It is 27 November 2026."""
    with clock.stopped_at(NOW):
        yield


def said(numbers: Numbers, from_day: date = MARCH, authority: str = "") -> Said:
    """Numbers said of a rule, for a reason."""
    return Said(numbers, from_day, "Agreed with the Federation", authority)


def say(
    database: Database,
    force: Staffed,
    what: Said,
    rule: str = "daily_rest",
    book: str = OFFICERS,
    also: tuple[str, ...] = (),
    version: int | None = None,
) -> RuleChange:
    """Say it at the version that is there, or at another."""
    room_id, by = force.room.id, force.administrator.id
    with database.write() as transaction:
        if version is None:
            version = service.history(transaction, room_id, book, rule).version
        return service.set_numbers(transaction, room_id, book, rule, version, what, by, also)


def books(database: Database, room_id: UUID, day: date) -> Books:
    """What holds in a room on a day."""
    with database.read() as reading:
        return service.in_force(reading, room_id, day)


def officers_rule(database: Database, force: Staffed, day: date, code: str = "daily_rest") -> Rule:
    """A rule of the officers' book on a day."""
    return books(database, force.room.id, day).officers.rule(code)


def minutes(database: Database, force: Staffed, day: date) -> object:
    """Daily rest of officers on a day."""
    return vars(officers_rule(database, force, day))["minutes"]


def test_the_shipped_books_hold_where_nothing_is_said(database: Database, force: Staffed) -> None:
    """Officers and staff are judged each by their own book, and every question is open."""
    found = books(database, force.room.id, TODAY)
    assert (found.officers.name, found.staff.name) == (OFFICERS, STAFF)
    assert found.of("officer") == found.officers.shipped
    assert found.officers.own == ()
    assert found.officers.since is None
    assert found.officers.book.asked
    assert found.officers.answers == ()


def test_a_number_holds_from_its_day_on(database: Database, force: Staffed) -> None:
    """The day before, the rulebook's own holds; in the other room of the force the same."""
    say(database, force, said({"minutes": 720}))
    assert minutes(database, force, date(2027, 2, 28)) == 660
    assert minutes(database, force, MARCH) == 720
    there = books(database, force.other_room.id, MARCH)
    assert [(each.rule, each.name, each.value) for each in there.officers.own] == [
        ("daily_rest", "minutes", 720)
    ]
    assert there.staff.own == ()


def test_of_several_numbers_the_latest_begun_holds_and_of_one_day_the_last_said(
    database: Database, force: Staffed
) -> None:
    """A number said later for an earlier day does not hold beyond the next day of change."""
    say(database, force, said({"minutes": 720}, APRIL))
    say(database, force, said({"minutes": 690}, MARCH))
    say(database, force, said({"minutes": 700}, MARCH))
    assert [minutes(database, force, day) for day in (TODAY, MARCH, APRIL)] == [660, 700, 720]


def test_null_puts_the_rulebooks_own_back(database: Database, force: Staffed) -> None:
    """From that day on the number is the shipped one again, and no longer the force's own."""
    say(database, force, said({"minutes": 720}))
    say(database, force, said({"minutes": None}, APRIL))
    assert minutes(database, force, MARCH) == 720
    found = books(database, force.room.id, APRIL)
    assert found.officers.own == ()
    assert found.officers.book == found.officers.shipped


def test_what_does_not_hold_yet_can_be_taken_back_and_stays_known(
    database: Database, force: Staffed
) -> None:
    """The number before holds again; the history tells who took what back and why."""
    say(database, force, said({"minutes": 720}))
    with database.write() as transaction:
        history = service.withdraw(
            transaction, force.room.id, OFFICERS, "daily_rest", 1, 1, "A slip", force.manager.id
        )
    (change,) = history.changes
    assert change.withdrawn is not None
    assert change.withdrawn.reason == "A slip"
    assert history.version == 2
    assert minutes(database, force, MARCH) == 660
    with pytest.raises(Conflict, match="taken back already"), database.write() as transaction:
        service.withdraw(
            transaction, force.room.id, OFFICERS, "daily_rest", 2, 1, "Again", force.manager.id
        )


def test_what_has_held_cannot_be_taken_back(database: Database, force: Staffed) -> None:
    """It stays part of what was; another number can be said from a later day."""
    say(database, force, said({"minutes": 720}))
    with (
        clock.stopped_at(datetime(2027, 3, 2, 12, tzinfo=UTC)),
        pytest.raises(Conflict, match="has held since Monday 1 March 2027"),
        database.write() as transaction,
    ):
        service.withdraw(
            transaction, force.room.id, OFFICERS, "daily_rest", 1, 1, "A slip", force.manager.id
        )


@pytest.mark.parametrize(
    ("rule", "what", "field", "words"),
    [
        ("daily_rest", said({"minute": 720}), "numbers.minute", "has no such number; it has weig"),
        ("daily_rest", said({"minutes": "12 h"}), "numbers.minutes", "whole number"),
        ("daily_rest", said({"minutes": 12.5}), "numbers.minutes", "whole number"),
        ("daily_rest", said({"minutes": -1}), "numbers.minutes", "between 0 h and"),
        ("daily_rest", said({"minutes": 40_321}), "numbers.minutes", "between 0 h and 672 h"),
        ("night_hours", said({"night_start": 1440}), "numbers.night_start", "a time of day"),
        ("consecutive_days", said({"most": 0}), "numbers.most", "between 1 and 1,000"),
        ("weekends_off", said({"weight": [3, 2]}), "numbers.weight", "may not fall"),
        ("cover", said({"weight": "hard"}), "numbers.weight", "priced, never hard"),
        ("daily_rest", said({}), "numbers", "at least one"),
        ("daily_rest", said({"minutes": 660}), "numbers", "says this on that day already"),
        ("daily_rest", Said({"minutes": 700}, MARCH, " "), "reason", "Fill this in"),
        ("daily_rest", Said({"minutes": 700}, MARCH, "a\tb"), "reason", "on one line"),
        ("daily_rest", said({"minutes": 700}, date(2026, 11, 26)), "from_day", "keeps the rules"),
        ("daily_rest", said({"minutes": 700}, date(2199, 1, 1)), "from_day", "before 2199"),
        ("daily_rest", said({"minutes": 659}), "authority", "The law's own is 11 h."),
        ("daily_rest", said({"weight": 20}), "authority", "reg 23"),
        ("rest_day_interval", said({"most": 8}), "authority", "at most 7"),
        ("asked", said({"no_such": 1}), "numbers.no_such", "asks no such"),
        ("asked", said({"night_special_hazard": "maybe"}), "numbers.night_special_hazard", "yes"),
        ("average_hours", said({"weeks": 26}), "authority", "at most 48 h and at most 17 weeks"),
        ("leave.carry_over", said({"weeks": 1}), "numbers.weeks", "there is days"),
        ("leave.carry_over", said({"days": "five"}), "numbers.days", "whole number"),
        ("leave.carry_over", said({"days": 5}), "numbers", "on that day already"),
        ("leave.entitlement", said({"days": [20, 22]}), "numbers.days", "as many days"),
        ("leave.entitlement", said({"day_minutes": 30}), "numbers.day_minutes", "between 60"),
        ("leave.statutory", said({"weeks": 5}), "numbers.weeks", "never less"),
        ("publication", said({"time_weeks": 0}), "numbers.time_weeks", "between 1 and"),
        ("compensation.overtime", said({"rate": "x"}), "numbers.rate", "rate"),
        ("refreshment", said({"steps": []}), "numbers.steps", "at least one"),
        ("refreshment", said({"steps": [{"minutes": 20}]}), "numbers.steps", "Line 1: The field"),
        ("refreshment", said({"steps": STEPS}), "numbers.steps", "in order of length"),
        ("refreshment", said({"steps": STEPS[:1]}), "numbers.steps", "never less"),
        ("refreshment", said({"steps": SHORT}), "numbers.steps", "20 minutes in a tour longer"),
        ("refreshment", said({"paid": 1}), "numbers.paid", "true or false"),
        ("asked", said({"due_notice_hours": [1]}), "numbers.due_notice_hours", "one number"),
        ("asked", said({"due_notice_hours": ""}), "numbers.due_notice_hours", "Fill this in"),
        ("asked", said({"due_notice_hours": 1e308}), "numbers.due_notice_hours", "0 to 168"),
        ("asked", said({"due_notice_hours": True}), "numbers.due_notice_hours", "0 to 168"),
    ],
)  # fmt: skip
def test_what_cannot_be_said_is_refused_in_a_sentence(
    database: Database, force: Staffed, rule: str, what: Said, field: str, words: str
) -> None:
    """The field is named, and nothing is kept."""
    with pytest.raises(InvalidInput) as caught:
        say(database, force, what, rule)
    assert [(each.field, words in each.words) for each in caught.value.places] == [(field, True)]
    with database.read() as reading:
        assert service.history(reading, force.room.id, OFFICERS, rule).version == 0


def test_a_rule_that_is_not_there_is_not_found(database: Database, force: Staffed) -> None:
    """Neither a rule nor a book that does not exist can be spoken of."""
    with pytest.raises(NotFound):
        say(database, force, said({"minutes": 700}), "no_such_rule")
    with pytest.raises(NotFound):
        say(database, force, said({"minutes": 700}), book="no_such_book")


def test_a_number_kinder_than_law_needs_nothing_and_a_weaker_one_its_agreement(
    database: Database, force: Staffed
) -> None:
    """12 hours of daily rest may simply be said; 10 with the agreement that allows it."""
    say(database, force, said({"minutes": 720}))
    what = said({"minutes": 600}, APRIL, "Collective agreement of 1 October 2026, reg 23")
    change = say(database, force, what)
    assert change.said.authority.endswith("reg 23")
    assert minutes(database, force, APRIL) == 600


def test_another_version_is_refused(database: Database, force: Staffed) -> None:
    """Whoever read before somebody else spoke reads again."""
    say(database, force, said({"minutes": 720}))
    with pytest.raises(Stale):
        say(database, force, said({"minutes": 690}), version=0)


def test_a_rule_is_hard_in_both_books_of_a_room_or_in_neither(
    database: Database, force: Staffed
) -> None:
    """Said of one book it is refused with the room's name; said of both at once it holds."""
    priced = said({"weight": 50})
    with pytest.raises(Conflict, match=r"North, from Monday 1 March 2027: .*price"):
        say(database, force, priced, "consecutive_days")
    say(database, force, priced, "consecutive_days", also=(STAFF,))
    found = books(database, force.room.id, MARCH)
    assert [book.rule("consecutive_days").weight for book in found.each] == [50, 50]


def test_what_two_say_at_once_is_judged_together(database: Database, force: Staffed) -> None:
    """Each alone would go with the books as they are; the second is held until the first stands.

    Else the books of the room could not hold together, and nothing could be made by them.
    """
    refused: list[Exception] = []
    by, room_id = force.administrator.id, force.room.id
    wanted = Choice(0, "staff", "police_scotland", MARCH, "We are in Scotland", by, NOW)

    def choose() -> None:
        try:
            with database.write() as transaction:
                service.choose_book(transaction, room_id, 0, wanted)
        except Conflict as error:
            refused.append(error)

    second = threading.Thread(target=choose)
    with database.write() as transaction:
        what, also = said({"weight": 50}), (STAFF,)
        service.set_numbers(transaction, room_id, OFFICERS, "consecutive_days", 0, what, by, also)
        second.start()
        second.join(0.5)
        assert second.is_alive()
    second.join()
    assert [str(each)[:32] for each in refused] == ["North, from Monday 1 March 2027:"]
    assert books(database, room_id, MARCH).rules


def test_of_two_who_read_the_same_one_is_told_to_read_again(
    database: Database, force: Staffed
) -> None:
    """At the same moment as later: the second hears that it has changed meanwhile."""
    heard = at_once(*[lambda: say(database, force, said({"minutes": 720}), version=0)] * 2)
    assert [type(each) for each in heard] == [Stale]


def test_a_choice_of_books_holds_from_its_day_in_its_room(
    database: Database, force: Staffed
) -> None:
    """The other room keeps its own; the same choice again is refused."""

    def chosen(book: str, version: int, from_day: date = MARCH) -> None:
        wanted = Choice(0, "officer", book, from_day, "We are in Scotland", force.manager.id, NOW)
        with database.write() as transaction:
            service.choose_book(transaction, force.room.id, version, wanted)

    chosen("police_scotland", 0)
    assert books(database, force.room.id, TODAY).officers.name == OFFICERS
    there = books(database, force.room.id, MARCH).officers
    assert (there.name, there.since) == ("police_scotland", MARCH)
    assert books(database, force.other_room.id, MARCH).officers.name == OFFICERS
    with pytest.raises(InvalidInput, match="holds on that day already"):
        chosen("police_scotland", 1, APRIL)
    with pytest.raises(InvalidInput, match="no such rulebook"):
        chosen("no_such_book", 1)
    with pytest.raises(InvalidInput, match="keeps the rules"):
        chosen(STAFF, 1, date(2026, 11, 26))
    with pytest.raises(Stale):
        chosen(STAFF, 0)


def test_an_answer_to_what_a_book_asks_holds_from_its_day(
    database: Database, force: Staffed
) -> None:
    """Until then nothing is assumed; the same answer again is refused."""
    say(database, force, said({"due_notice_hours": 11}), ASKED)
    assert books(database, force.room.id, TODAY).officers.answer("due_notice_hours") is None
    assert books(database, force.room.id, MARCH).officers.answer("due_notice_hours") == 11
    with pytest.raises(InvalidInput, match="the answer on that day already"):
        say(database, force, said({"due_notice_hours": 11}, APRIL), ASKED)


def test_numbers_beside_the_rules_are_the_forces_own_too(
    database: Database, force: Staffed
) -> None:
    """What reads a section of the book reads the force's numbers, from their day on."""
    say(database, force, said({"days": 7}), "leave.carry_over")
    say(database, force, said({"time_weeks": 8}), "publication")
    say(database, force, said({"steps": [*reversed(STEPS)]}), "refreshment")
    found = books(database, force.room.id, MARCH).of("officer")
    assert [refreshment_minutes(found, tour) for tour in (299, 300, 600)] == [0, 30, 45]
    assert horizon(found).time_weeks == 8
    assert found.section("leave").entries()["carry_over"].entries()["days"].value == 7
    assert books(database, force.room.id, TODAY).of("officer") == shipped(OFFICERS)
    assert books(database, force.room.id, MARCH).officers.part("leave.carry_over").numbers == {
        "days": 7
    }


def test_an_answer_can_switch_a_rule(database: Database, force: Staffed) -> None:
    """Night work of special hazard: yes puts the rule on, and a number said of it still holds."""
    say(database, force, said({"night_special_hazard": "no"}, TODAY), ASKED)
    assert books(database, force.room.id, TODAY).officers.own == ()
    say(database, force, said({"night_special_hazard": "yes"}), ASKED)
    say(database, force, said({"most_minutes": 450}), "special_hazard_nights")
    rule = vars(officers_rule(database, force, MARCH, "special_hazard_nights"))
    assert (rule["hazard"], rule["most_minutes"]) == ("on", 450)
    assert vars(officers_rule(database, force, TODAY, "special_hazard_nights"))["hazard"] == "off"


def test_the_day_is_that_of_the_room_that_is_furthest_behind(
    database: Database, force: Staffed
) -> None:
    """A room whose data end in the past lets its force speak from its own present on."""
    with database.write() as transaction:
        people.create_room(
            transaction, force.force.id, "Past", "Europe/London", 420,
            as_of=datetime(2026, 3, 1, 12, tzinfo=UTC),
        )  # fmt: skip
    say(database, force, said({"minutes": 720}, date(2026, 3, 1)))
    assert minutes(database, force, date(2026, 3, 1)) == 720


def test_a_time_of_day_may_be_late_in_it(database: Database, force: Staffed) -> None:
    """The night may begin at 22:00, minute 1320, which is no number of anything else."""
    say(database, force, said({"night_start": 1320}), "night_hours")
    assert vars(officers_rule(database, force, MARCH, "night_hours"))["night_start"] == 1320
