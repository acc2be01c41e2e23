"""Why what officers ask for is not given: each reason is true, and names nobody to the officer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rostering.cover_grid import Counting
from rostering.effect import effect
from rostering.problem import REST, Bond, OfficerDay, Preference, Problem, Roster
from rostering.reasons.explaining import Explaining
from rostering.reasons.reason import Reason
from rostering.reasons.wanted import Wish, wanted
from rostering.reasons.words import to_you
from rostering.rules.base import Breach
from rostering.rules.registry import RULES
from rostering.standing import Standing
from rostering.verify import verify
from rostering.wishes import DaysWish, RunWish
from tests.rostering.rooms import SHIFTS, officer, room
from tests.rostering.wish_samples import long_wishes, one_day_wishes

EXAMPLES = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])

EARLY, LATE, NIGHT = 0, 1, 2
WEEK = [EARLY] * 5 + [REST] * 2
LINES = [WEEK * 2, [REST, *WEEK, *WEEK[:-1]], [LATE, *WEEK, *WEEK[:-1]], [NIGHT, NIGHT, REST, REST,
         EARLY, EARLY, REST] * 2]  # fmt: skip

PLAIN = tuple(
    RULES[code]()
    for code in ("one_tour", "officer_days", "unavailability", "daily_rest", "consecutive_days",
                 "contracted_hours", "cover", "preferences", "long_wishes")
)  # fmt: skip
"""Few rules, so that a problem is laid out at once."""


def standing_of(problem: Problem, *lines: list[int]) -> Standing:
    """A roster of these lines, judged."""
    return Standing.of(Counting.of(problem), np.array(lines, dtype=np.int16))


def day_room(people: int, needed: int, **own: object) -> Problem:
    """A room with one shift of the day, in which nobody works at the weekend."""
    free = {day: OfficerDay() for day in (5, 6, 12, 13)}
    officers = (
        officer(0, 80, **({"days": free} | own)),  # type: ignore[arg-type]
        *(officer(number, 80) for number in range(1, people)),
    )
    return replace(room(people, 14, needed), officers=officers, shifts=SHIFTS[:1], rules=PLAIN)


def reason_of(standing: Standing, wish: Wish) -> Reason:
    """Why the first officer's wish is not met."""
    found = Explaining(standing).why_not(0, wish)
    assert found is not None
    return found


def wishing(wish: Preference | DaysWish | RunWish) -> dict[str, object]:
    """An officer's wishes, of one wish."""
    if isinstance(wish, Preference):
        return {"preferences": (wish,)}
    return {"long_wishes": (wish,)}


@EXAMPLES
@given(st.data())
def test_reasons_are_true(data: st.DataObject) -> None:
    """The way that is told meets the wish; it breaks that very rule, or costs what is told."""
    wish = data.draw(st.one_of(one_day_wishes(14), long_wishes(14)))
    hours = data.draw(st.sampled_from([80, 72]))
    people = tuple(officer(number, hours, **wishing(wish)) for number in range(3))
    problem = replace(room(days=14), officers=people, rules=PLAIN)
    standing = standing_of(problem, *(data.draw(st.sampled_from(LINES)) for _ in range(3)))
    asked = wanted(standing, 0, wish)
    if asked.is_met_by(problem, standing.choices[0]):
        return
    reason = Explaining(standing).why_not(0, wish)
    if reason is None:
        assert isinstance(wish, Preference)
        return
    assert "Officer" not in reason.words
    after = standing.after(reason.changes)
    found = effect(standing, after)
    if reason.kind == "rule":
        assert reason.breach in found.made
        return
    assert asked.is_met_by(problem, after.choices[0])
    assert found.is_allowed
    assert found.points == reason.points
    assert (reason.kind == "open") == (reason.points <= 0)
    if reason.kind == "cover":
        assert reason.short in found.cover
    before, now = (verify(problem, Roster.from_choices(problem, each.choices))
                   for each in (standing, after))  # fmt: skip
    assert now.objective - before.objective == reason.points


@pytest.mark.parametrize(
    "wish",
    [
        Preference(3, 5, wants=False),
        DaysWish(frozenset({3}), 5),
        RunWish(5, longest=4),
    ],
)
def test_what_a_contract_forbids_is_proved(wish: Preference | DaysWish | RunWish) -> None:
    """Who must work ten given days can neither be off on one nor work fewer in a row."""
    problem = day_room(1, 0, least_minutes=4800, **wishing(wish))
    reason = reason_of(standing_of(problem, WEEK * 2), wish)
    assert (reason.kind, reason.is_proved) == ("rule", True)
    assert reason.stood == (
        "It would break a rule: you would have 72 h in this period; the contract is at least 80 h."
    )


def test_what_is_fixed_is_said_with_what_would_free_it() -> None:
    """A wish against a fixed day is possible once that is freed; one against leave is not."""
    off = Preference(3, 5, wants=False)
    problem = day_room(1, 0, preferences=(off,), days={3: OfficerDay(shift="E")})
    standing = standing_of(problem, WEEK * 2)
    assert reason_of(standing, off).possible == (
        "It would be possible if that day, which is fixed, were freed."
    )


def test_a_short_desk_is_named_with_what_would_mend_it() -> None:
    """Alone on the desk there is nobody to take over."""
    off = Preference(3, 5, wants=False)
    own = {"preferences": (off,), "least_minutes": 4200}
    lone = reason_of(standing_of(day_room(1, 1, **own), WEEK * 2), off)
    assert lone.kind == "cover"
    assert lone.stood.startswith(
        "With other people's shifts as they are, 999 would have been one short on Thursday 4 June"
    )
    assert lone.possible == (
        "Nobody else could take the shift over within the rules: it would be possible with one "
        "more 999 person on duty then."
    )
    assert lone.yielding == "Nobody else could have taken a shift over within the rules."


def test_who_would_have_to_give_way_is_told_to_the_manager_alone() -> None:
    """An exchange with whoever works the weekend: named for the manager, not for the officer."""
    off = Preference(3, 5, wants=False)
    problem = day_room(1, 1, preferences=(off,), least_minutes=4800, days={})
    problem = replace(problem, officers=(problem.officers[0], officer(1, 32)))
    weekends = [EARLY if day in {5, 6, 12, 13} else REST for day in range(14)]
    found = reason_of(standing_of(problem, WEEK * 2, weekends), off)
    assert (found.kind, found.points) == ("open", -5)
    assert found.words.endswith("instead and with one other person's shifts changed: ask for it.")
    assert found.yielding.startswith("Officer 1 would have had to work Thursday 4 June 07:00")
    assert "and rest on S" in found.yielding


def test_other_wishes_and_open_ones_are_told_as_such() -> None:
    """With hours to spare the wish is open; where only other days could make up, they are named."""
    off = Preference(3, 5, wants=False)

    def reason(least: int, **own: object) -> Reason:
        problem = day_room(1, 0, least_minutes=least, **own)
        return reason_of(standing_of(problem, WEEK * 2), off)

    assert reason(4200, preferences=(off,)).words == (
        "It could be met as the roster stands: ask for it."
    )
    free = [Preference(day, 8, wants=False) for day in (5, 6, 12, 13)]
    found = reason(4800, preferences=(off, *free), days={})
    assert (found.kind, found.points) == ("own", 3)
    assert found.stood.startswith("Your wish for a day off on ")
    assert found.possible == "With 8 points on it, it would have been as good to meet it."
    found = reason(4800, preferences=(off,), days={})
    assert found.words.startswith("It could be met by working on ")


def test_company_is_weighed_beside_the_colleagues_shifts() -> None:
    """A wish to work with somebody is met by following them; the reason does not name them."""
    plain = room(2, 14, 0)
    bond = Bond("wished_with", "o0", ("o1",), first=2, last=2, role="colleague", unit=480)
    rules = (*PLAIN, RULES["daily_rest"]())
    people = (officer(0, 80), officer(1, 80))
    problem = replace(plain, officers=people, bonds=(bond,), rules=rules)
    late = [*WEEK[:2], LATE, LATE, LATE, REST, REST, *WEEK]
    standing = standing_of(problem, WEEK * 2, late)
    reason = reason_of(standing, (bond,))
    assert reason.kind == "open"
    assert "Officer" not in reason.words
    after = standing.after(reason.changes)
    assert wanted(after, 0, (bond,)).is_met_by(problem, after.choices[0])


def test_callers_are_told_where_they_are_known() -> None:
    """Calls late or lost with the way, less those without it."""
    off = Preference(3, 5, wants=False)
    problem = day_room(1, 1, preferences=(off,), least_minutes=4200)
    standing = standing_of(problem, WEEK * 2)

    def late(roster: Standing) -> float:
        return float((roster.choices == REST).sum()) * 3

    found = Explaining(standing, late).why_not(0, off)
    assert found is not None
    assert "About 3.0 more callers would have waited too long or given up." in found.stood


def test_nothing_is_said_of_what_no_shift_could_meet() -> None:
    """A wish for a kind of shift that the roster has not."""
    wish = Preference(3, 5, wants=True, kinds=frozenset({"day"}))
    problem = day_room(1, 0, preferences=(wish,))
    assert Explaining(standing_of(problem, WEEK * 2)).why_not(0, wish) is None


def test_a_breach_is_said_to_the_officer() -> None:
    """The name and its verb become `you`."""
    for words, said in [
        ("Sam Field has 100 h in this period.", "you would have 100 h in this period."),
        ("Sam Field would have 9 h of rest.", "you would have 9 h of rest."),
        ("Sam Field works 8 days in a row.", "you would work 8 days in a row."),
    ]:
        assert to_you(Breach("x", "o", (), 1, words), "Sam Field") == said
