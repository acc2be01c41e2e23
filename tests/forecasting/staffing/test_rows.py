"""What rows of a requirement say together: posts in them, prices, people left at the phones."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasting.staffing.holders import answering
from forecasting.staffing.posts import Minimum, Post, RoomTerms
from forecasting.staffing.requirement import requirement
from forecasting.staffing.room import Row, joined, room_requirement
from forecasting.staffing.rows import RowPrices, at_posts, at_the_phones
from forecasting.staffing.terms import terms_from

TERMS = tuple(terms_from(queue, {})[0] for queue in ("101", "999"))
SKILLS = {each.queue: each.skill for each in TERMS}


def row(asker: str, names: tuple[str, ...], skills: set[str], people: int) -> Row:
    """A row of one interval."""
    return Row(asker, names, frozenset(skills), np.array([people]))  # type: ignore[arg-type]


def rows_of(of_999: int, radio: int) -> list[Row]:
    """999 and 101 with posts of the skill 999 and of the radio."""
    asked = [
        row("queues", ("101",), {"101"}, 5),
        row("queues", ("999",), {"999"}, 4),
        row("queues", ("101", "999"), {"101", "999"}, 8),
        row("minimum", ("999 minimum",), {"999"}, 9),
    ]
    if of_999:
        asked += [
            row("queues", ("999", "999 posts"), {"999"}, 4 + of_999),
            row("queues", ("101", "999", "999 posts"), {"101", "999"}, 8 + of_999),
        ]
    return asked + ([row("posts", ("radio posts",), {"radio"}, radio)] if radio else [])


def test_posts_are_what_they_add_to_their_queues() -> None:
    """Posts of a queue's skill ask for what both rows differ by, other posts for their own row."""
    found = at_posts(rows_of(2, 3), SKILLS)
    assert {skill: list(people) for skill, people in found.items()} == {"999": [2], "radio": [3]}


def test_posts_of_a_requirement_are_all_there() -> None:
    """A post with relief takes a person or two of those rostered, one of another skill its own."""
    terms = RoomTerms(posts=(Post("Desk", "999"), Post("Radio", "radio")),
                      minimums=(Minimum("999", 9),))  # fmt: skip
    starts = np.arange(4) * np.timedelta64(15, "m") + np.datetime64("2027-01-04T00:00")
    calls = {each.queue: np.full(4, 9.0) for each in TERMS}
    found = room_requirement(requirement(starts, 15, calls, TERMS), terms, "UTC")
    people = at_posts(found.rows, SKILLS)
    assert set(people) == {"999", "radio"}
    assert all(1 <= count <= 2 for count in people["999"])
    assert list(people["radio"]) == [2] * 4


def test_of_two_rows_of_the_same_people_one_has_the_price() -> None:
    """The row with the posts; posts of other skills and minimums cost what is assumed."""
    rows, assumed = rows_of(2, 3), (20, 30)
    prices = {names: np.array([[len(names)]]) for names in (("101",), ("999",), ("101", "999"))}
    of = RowPrices(rows, SKILLS, prices, assumed).of
    told = {each.names: of(each) for each in rows}
    assert told[("101",)] is prices[("101",)]
    assert told[("999",)] == told[("101", "999")] == (0,)
    assert told[("999", "999 posts")] is prices[("999",)]
    assert told[("101", "999", "999 posts")] is prices[("101", "999")]
    assert told[("999 minimum",)] == told[("radio posts",)] == assumed
    assert RowPrices(rows, SKILLS, {}, assumed).of(rows[0]) == assumed
    must = replace(rows[0], asker="must")
    assert RowPrices(rows, SKILLS, {}, assumed).of(must) == (200, 300)


KINDS = [frozenset(kind) for kind in (
    {"999"}, {"101"}, {"101", "999"}, {"radio"}, {"999", "radio"}, {"101", "radio"},
    {"101", "999", "radio"},
)]  # fmt: skip
FEW = st.integers(0, 3)


@settings(max_examples=50)
@given(st.lists(FEW, min_size=len(KINDS), max_size=len(KINDS)), FEW, FEW)
def test_rows_tell_as_many_at_the_phones_as_the_people_do(
    numbers: list[int], of_999: int, radio: int
) -> None:
    """Never fewer than are left when posts are given to people, just as many of all queues."""
    kinds = {kind: np.array([number]) for kind, number in zip(KINDS, numbers, strict=True)}
    rows = joined(rows_of(of_999, radio), [kind for kind in KINDS if kinds[kind][0]])
    on_duty = [
        np.array([sum(int(there[0]) for kind, there in kinds.items() if kind & each.skills)])
        for each in rows
    ]
    told = at_the_phones(rows, SKILLS, on_duty)
    people = answering(kinds, at_posts(rows, SKILLS), TERMS).by_queues
    for queues, left in told.items():
        able = sum(int(there[0]) for serves, there in people.items() if {*serves} & {*queues})
        assert left[0] >= able
        if len(queues) == 2:
            assert left[0] == able
