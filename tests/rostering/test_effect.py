"""A change judged at once is what the rules' own checks say of the roster before and after it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rostering.cover_grid import Counting
from rostering.effect import difference, effect
from rostering.effect_words import cover_words, number_words, verdict_words
from rostering.problem import REST, Choices, Problem, Roster
from rostering.remedies import candidates, options
from rostering.rules.base import Breach
from rostering.rules.registry import RULES
from rostering.standing import Standing
from rostering.tally import Change
from rostering.verify import Verdict, verify
from rostering.words import listed_words
from tests.rostering.rooms import room
from tests.rostering.samples import problems

EXAMPLES = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

EARLY, LATE, NIGHT = 0, 1, 2
WEEK = [EARLY] * 5 + [REST] * 2


def standing_of(problem: Problem, choices: Choices) -> Standing:
    """A roster judged."""
    return Standing.of(Counting.of(problem), choices)


def judged(problem: Problem, choices: Choices) -> Verdict:
    """What the rules' own checks say, by another way than a standing."""
    return verify(problem, Roster.from_choices(problem, choices))


def rows(*lines: list[int]) -> Choices:
    """A roster of these lines."""
    return np.array(lines, dtype=np.int16)


@st.composite
def changed(draw: st.DrawFn) -> tuple[Problem, Choices, list[Change]]:
    """A problem of any rule, an arbitrary roster, and a change of some officer-days."""
    rule = draw(st.sampled_from(list(RULES.values())))
    problem, choices = draw(problems(rule, 2, 3))
    cells = st.tuples(
        st.integers(0, len(problem.officers) - 1),
        st.integers(0, problem.days - 1),
        st.integers(REST, len(problem.shifts) - 1),
    )
    return problem, choices, draw(st.lists(cells, min_size=1, max_size=4))


@EXAMPLES
@given(changed())
def test_a_standing_agrees_with_the_checks(case: tuple[Problem, Choices, list[Change]]) -> None:
    """Before and after a change, however reached, breaches, points and cover are the checker's."""
    problem, choices, moves = case
    before = standing_of(problem, choices)
    after = before.after(moves)
    for standing in (before, after):
        verdict = judged(problem, standing.choices)
        assert set(standing.hard) == set(verdict.hard)
        assert standing.objective == verdict.objective
        assert standing.verdict().objective == verdict.objective
    for counts, again in zip(after.on_duty, after.counting.on_duty(after.choices), strict=True):
        assert counts.tolist() == again.tolist()


@EXAMPLES
@given(changed())
def test_an_effect_is_the_difference_of_two_verdicts(
    case: tuple[Problem, Choices, list[Change]],
) -> None:
    """Points differ by the effect; a lawful roster stays lawful exactly when it is allowed."""
    problem, choices, moves = case
    before = standing_of(problem, choices)
    after = before.after(moves)
    found = effect(before, after)
    assert found.points == after.objective - before.objective
    was, now = judged(problem, choices), judged(problem, after.choices)
    assert set(found.made) <= set(now.hard)
    assert set(found.cleared) <= set(was.hard)
    if was.is_legal:
        assert found.is_allowed == now.is_legal
        assert verdict_words(found).startswith("Not kept: " if now.hard else "No breach.")


@EXAMPLES
@given(changed())
def test_a_change_and_its_undoing_cancel_out(
    case: tuple[Problem, Choices, list[Change]],
) -> None:
    """The way back has the opposite effect, and what is untouched is the same object."""
    problem, choices, moves = case
    before = standing_of(problem, choices)
    after = before.after(moves)
    back = after.moved_to(before.choices)
    assert back.lines == before.lines
    assert effect(before, back).points == 0
    assert effect(after, back).points == -effect(before, after).points
    assert before.moved_to(choices.copy()) is before


@pytest.fixture
def small() -> Standing:
    """Four officers on the same five days of two weeks, and a wish of the first."""
    problem = room(officers=4, days=14)
    return standing_of(problem, rows(*[WEEK * 2] * 4))


def test_rest_and_cover_are_told_in_words(small: Standing) -> None:
    """A night put on a rest day says its rest on both sides and whom it relieves."""
    after = small.after([(0, 5, NIGHT)])
    found = effect(small, after)
    assert verdict_words(found) == (
        "Not kept: Officer 0 has no weekly rest in the 14 days from Monday 1 June: the longest "
        "gap is 57 h; the rule is 59 h once or 35 h twice, daily rest included. It breaks the "
        "rules in 3 more places."
    )
    found = effect(small, small.after([(0, 4, LATE)]))
    assert verdict_words(found) == "No breach. Rest before: 23 h. Rest after: 57 h."
    assert [cover_words(small.problem, change) for change in found.cover] == [
        "999 would have two to spare instead of three on Friday 5 June from 07:00 to 14:00.",
        "999 would no longer be short on Friday 5 June from 15:00 to 22:00.",
    ]


def test_wishes_and_hours_are_told(small: Standing) -> None:
    """A rest on a wished day meets the wish and takes its hours away."""
    line = effect(small, small.after([(0, 3, REST)])).lines[0]
    assert [wish.day for wish in line.met] == [3]
    assert (line.minutes_before, line.minutes_after) == (4800, 4320)
    assert line.rests == ()


def test_a_lessened_breach_is_not_a_new_one() -> None:
    """One that shares a tour and is no larger is the same; a larger one, or elsewhere, is new."""
    problem = room(officers=1, days=14)
    tours = [problem.tour(day, EARLY) for day in range(4)]
    big = Breach("daily_rest", "o0", (tours[0], tours[1]), 5, "big")
    less = Breach("daily_rest", "o0", (tours[1], tours[2]), 3, "less")
    elsewhere = Breach("daily_rest", "o0", (tours[2], tours[3]), 3, "elsewhere")
    assert difference([big], [less]) == ((), (big,))
    assert difference([less], [big]) == ((big,), ())
    assert difference([big], [elsewhere]) == ((elsewhere,), (big,))
    assert difference([big], [big]) == ((), ())


def test_options_are_everything_else_lawful_first(small: Standing) -> None:
    """Each option is another choice, judged as if it were made."""
    found = options(small, 0, 4)
    assert sorted(option.choice for option in found) == [REST, LATE, NIGHT]
    allowed = [option.effect.is_allowed for option in found]
    assert allowed == sorted(allowed, reverse=True)
    for option in found:
        now = judged(small.problem, small.after([(0, 4, option.choice)]).choices)
        assert option.effect.is_allowed == now.is_legal


def test_candidates_are_those_who_could_lawfully_work_it() -> None:
    """Everyone who rests is either lawful with the shift, or refused by a rule that it breaks."""
    problem = room(officers=5, days=14)
    lines = [WEEK * 2, WEEK * 2, [REST, *WEEK, *WEEK[:-1]], [EARLY, REST, *WEEK, *WEEK[:5]],
             [REST] * 14]  # fmt: skip
    standing = standing_of(problem, rows(*lines))
    found = candidates(standing, 0, EARLY, instead_of=0)
    base = standing.after([(0, 0, REST)])
    best = {each.officer: each.points for each in found.best}
    for index in range(1, 5):
        if standing.choices[index, 0] != REST:
            assert index not in best
            continue
        tried = effect(base, base.after([(index, 0, EARLY)]))
        assert (index in best) == tried.is_allowed
        if index in best:
            whole = effect(standing, standing.after([(0, 0, REST), (index, 0, EARLY)]))
            assert best[index] == whole.points
    assert found.busy == 2
    assert len(best) + sum(found.refused.values()) + found.busy == 4


def test_queues_are_listed_in_words() -> None:
    """One, two and three names as a sentence has them."""
    names = ("999", "101", "dispatch")
    assert [listed_words(names[:n]) for n in (1, 2, 3)] == [
        "999", "999 and 101", "999, 101 and dispatch",
    ]  # fmt: skip


def test_small_numbers_are_words() -> None:
    """Up to nine in words, then in figures."""
    assert [number_words(n) for n in (1, 9, 10, 1200)] == ["one", "nine", "10", "1,200"]


def test_a_role_that_nobody_holds_is_told_as_such(small: Standing) -> None:
    """Where somebody of a role is asked for, words say that there is none, or too few."""
    (need,) = small.problem.cover
    asked = replace(need, queues=("supervisor must",), role="supervisor")

    def changed(number: int) -> tuple[list[str], list[str]]:
        cover = replace(asked, required=np.full_like(need.required, number))
        problem = replace(small.problem, cover=(cover,))
        before = standing_of(problem, small.choices)
        after = before.after([(officer, 0, REST) for officer in range(4 - number + 1)])
        now = judged(problem, after.choices).priced
        told = [breach.words for breach in now if breach.rule == "cover"]
        return [cover_words(problem, change) for change in effect(before, after).cover], told

    (words,), told = changed(1)
    assert words == "There would be no supervisor on Monday 1 June from 07:00 to 15:00."
    assert told[0] == "No supervisor on Monday 1 June from 00:00 to 07:00."
    (words,), told = changed(3)
    assert words == "There would be one supervisor too few on Monday 1 June from 07:00 to 15:00."
    assert told[1] == "1 supervisor too few on Monday 1 June from 07:00 to 15:00."
