"""Bids: awarded as the force chose, within the rules, with a reason for each that is lost."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rostering.bids import Bid, Bidder, Lot, Method, award
from rostering.cover_grid import Counting
from rostering.problem import REST
from rostering.standing import Standing
from tests.rostering.test_extras import short

EARLY_WEDNESDAY = Lot("e", 1, ((2, 0),))
LATE_WEDNESDAY = Lot("l", 1, ((2, 1),))
EARLY_FRIDAY = Lot("f", 1, ((4, 0),))
LOTS = (EARLY_WEDNESDAY, LATE_WEDNESDAY, EARLY_FRIDAY)
METHODS: tuple[Method, ...] = ("points", "seniority", "turn")

BIDDERS = (
    Bidder("o0", date(2010, 1, 1), date(2026, 5, 1)),
    Bidder("o1", date(2020, 1, 1)),
    Bidder("o2", date(2015, 1, 1), date(2026, 4, 1)),
)
"""The longest service got a first choice last; the shortest never did."""


def desk(most_minutes: int = 10_000) -> Standing:
    """A week in which nobody works yet."""
    problem, choices = short(3, most_minutes)
    return Standing.of(Counting.of(problem), choices)


def won(method: Method, *bids: Bid, standing: Standing | None = None) -> dict[tuple[str, str], str]:
    """Why each bid is lost, by officer and lot; "" where it is won."""
    found = award(standing or desk(), LOTS, bids, BIDDERS, method)
    return {(each.bid.officer, each.bid.lot): each.words for each in found}


@pytest.mark.parametrize(
    ("method", "winner", "words"),
    [
        (
            "points",
            "o2",
            "It went to more points: 9, and yours were 5. 10 points would have won it.",
        ),
        ("seniority", "o0", "It went to longer service."),
        (
            "turn",
            "o1",
            "It went to those whose turn came first. Whoever got a first choice in this round "
            "comes after all others in the next.",
        ),
    ],
)
def test_a_lot_goes_to_whom_the_force_puts_first(method: Method, winner: str, words: str) -> None:
    """The most points, the longest service, or who waits longest for a first choice."""
    bids = (Bid("o0", "e", 5), Bid("o1", "e", 5), Bid("o2", "e", 9))
    found = won(method, *bids)
    assert [who for (who, _), lost in found.items() if not lost] == [winner]
    assert {lost for lost in found.values() if lost} == {words}


def test_equal_points_go_to_who_waits_longest() -> None:
    """And the other reads so, without a name."""
    found = won("points", Bid("o0", "e", 5), Bid("o1", "e", 5))
    assert found["o1", "e"] == ""
    assert found["o0", "e"].startswith("It went to as many points of those who wait longer")


def test_one_lot_each_in_every_pass() -> None:
    """By service, the second gets their first choice before the first gets a second one."""
    bids = (Bid("o0", "e", 9), Bid("o0", "f", 5), Bid("o2", "f", 1))
    found = won("seniority", *bids)
    assert (found["o0", "e"], found["o2", "f"]) == ("", "")
    assert found["o0", "f"] == "It went to those who had fewer by then: each gets one in a pass."


def test_nothing_is_awarded_that_breaks_a_rule() -> None:
    """Two shifts of a day, and hours above the contract, are refused with the reason."""
    both = won("points", Bid("o0", "e", 9), Bid("o0", "l", 5))
    assert both["o0", "l"] == (
        "You work another shift that day. It would be possible if you gave that one away."
    )
    over = won("points", Bid("o0", "e", 9), standing=desk(most_minutes=60))
    assert over["o0", "e"].startswith("It would break a rule: you would have")


def test_a_line_replaces_what_was_there_and_is_had_once() -> None:
    """Whole lines are awarded day by day; nobody gets two of them."""
    lines = [Lot(name, 1, ((0, 0), (1, REST), (2, shift))) for name, shift in (("a", 0), ("b", 1))]
    bids = (Bid("o0", "a", 9), Bid("o0", "b", 5), Bid("o1", "b", 1))
    found = award(desk(), lines, bids, BIDDERS, "points")
    assert [(each.bid.officer, each.bid.lot, each.words) for each in found] == [
        ("o0", "a", ""),
        ("o0", "b", "You got another line."),
        ("o1", "b", ""),
    ]
    assert [each.first for each in found] == [True, False, True]


@given(
    st.sets(st.tuples(st.sampled_from(["o0", "o1", "o2"]), st.sampled_from("elf"))),
    st.integers(0, 9),
    st.sampled_from(METHODS),
)
def test_awards_are_lawful_whole_and_repeat_themselves(
    cells: set[tuple[str, str]], points: int, method: Method
) -> None:
    """No lot goes twice, each lost bid has its reason, and the same bids give the same awards."""
    bids = [Bid(who, lot, 1 + (points + ord(lot)) % 10) for who, lot in sorted(cells)]
    found = award(desk(), LOTS, bids, BIDDERS, method)
    assert set(found) == set(award(desk(), LOTS, list(reversed(bids)), BIDDERS, method))
    assert {each.bid for each in found} == set(bids)
    winners = [each.bid.lot for each in found if each.won]
    assert len(winners) == len(set(winners))
    assert all(each.won != bool(each.words) for each in found)
    assert not any(name in each.words for each in found for name in ("Officer", "o0", "o1", "o2"))


def test_what_would_make_a_bid_possible_is_true() -> None:
    """The points told would have won; the rest told would have made it lawful."""
    bids = (Bid("o0", "e", 5), Bid("o2", "e", 9))
    assert won("points", *bids)["o0", "e"].endswith("10 points would have won it.")
    assert not won("points", Bid("o0", "e", 10), bids[1])["o0", "e"]
    tight = desk(most_minutes=500)
    two = (Bid("o0", "e", 9), Bid("o0", "f", 5))
    assert won("points", *two, standing=tight)["o0", "f"].endswith(
        "It would be possible if you rested on Wednesday 3 June."
    )
    assert not won("points", two[1], standing=tight)["o0", "f"]
    none = won("points", *two, standing=desk(most_minutes=60))["o0", "f"]
    assert none.endswith("Rest on any one other day of yours would not make it possible.")
