"""What a rulebook asks is read by something, or said to be told alone."""

from __future__ import annotations

import pytest

from rostering.errors import InputError
from rostering.rulebooks import names, shipped
from rostering.rulebooks.answers import READERS, TOLD, check_answer

IN_WORDS = {"changes_at_short_notice", "night_special_hazard"}
"""Told beside a change in the force's own words; yes or no, which switches a rule."""


@pytest.mark.parametrize("name", names())
def test_no_question_is_asked_for_nothing(name: str) -> None:
    """Each answer is read as a number, used in words, or said to be told alone."""
    assert {*shipped(name).asked} <= {*READERS, *TOLD, *IN_WORDS}


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("overtime_rate", ("1.5", "3/2", 2), ("double", "0", "3/0", "5/00", "0/5", -1)),
        ("due_notice_hours", ("11", 8, 8.5, "0"), ("soon", 200, -1, "nan")),
        ("leave_days", (26, "23, 5: 26, 10: 28"), ("23, 5", "many", "1: 20", "23, 5: 24, 5: 25")),
        ("leave_carried_days", ("0", 5, "2.5"), ("five", -1)),
        ("staff_weekend_rates", ("double",), ()),
    ],
)
def test_what_could_not_be_read_is_refused(
    name: str, good: tuple[object, ...], bad: tuple[object, ...]
) -> None:
    """So that no answer is kept that leaves its question open."""
    for answer in good:
        check_answer(name, answer)
    for answer in bad:
        with pytest.raises(InputError, match="Give"):
            check_answer(name, answer)
