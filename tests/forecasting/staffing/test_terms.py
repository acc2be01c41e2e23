"""A queue's terms: what is assumed, what is given, what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from forecasting.errors import InputError
from forecasting.staffing.needs import Goals
from forecasting.staffing.shrinkage import ShrinkagePart
from forecasting.staffing.terms import QueueTerms, assumed_terms, terms_from


def test_999_takes_the_national_target() -> None:
    """Any emergency queue is to answer 90 % of calls offered within 10 seconds."""
    for name in ("999", "Emergency", "911 police"):
        goals = assumed_terms(name).goals
        assert goals == Goals(0.9, 10, "answered_in_time_of_offered")


def test_other_queues_are_less_urgent() -> None:
    """101 and unknown queues sort after 999."""
    for name in ("101", "ems", "digital"):
        assert assumed_terms(name).urgency > assumed_terms("999").urgency


def test_given_values_replace_assumed_ones() -> None:
    """Given fields hold; those that are still assumed are named."""
    terms, assumed = terms_from(
        "101",
        {
            "aht_seconds": 480,
            "share": 0.75,
            "patience_seconds": float("inf"),
            "minimum": 3,
            "skill": "switchboard",
            "shrinkage": [{"name": "breaks", "share": 0.1, "in_shift": True}],
        },
    )
    assert (terms.aht_seconds, terms.goals.share, terms.minimum) == (480, 0.75, 3)
    assert terms.patience_seconds is None
    assert terms.skill == "switchboard"
    assert terms.shrinkage == (ShrinkagePart("breaks", 0.1, in_shift=True),)
    assert assumed == ("within_seconds",)
    assert assumed_terms("101").skill == "101"


def test_nothing_given_is_all_assumed() -> None:
    """Every field that moves the requirement is reported as assumed."""
    assert set(terms_from("999", {})[1]) == {
        "aht_seconds",
        "patience_seconds",
        "share",
        "within_seconds",
        "shrinkage",
    }


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"aht": 300}, "unknown field"),
        ({"aht_seconds": 0}, "handling time"),
        ({"aht_seconds": "300"}, "aht_seconds"),
        ({"aht_seconds": True}, "aht_seconds"),
        ({"patience_seconds": -1}, "patience"),
        ({"share": 1.0}, "service goal"),
        ({"definition": "best"}, "service level"),
        ({"definition": 3}, "definition"),
        ({"minimum": -1}, "minimum"),
        ({"minimum": 1.5}, "minimum"),
        ({"variation": 0.0}, "variation"),
        ({"shrinkage": 0.3}, "shrinkage"),
        ({"shrinkage": [{"name": "breaks", "share": 0.1}]}, "shrinkage"),
        ({"shrinkage": [{"name": "breaks", "share": 2, "in_shift": True}]}, "breaks"),
    ],
)
def test_refuses_wrong_fields_naming_the_queue(given: dict[str, Any], words: str) -> None:
    """An unknown field, a wrong kind or a number out of range is one sentence with the queue."""
    with pytest.raises(InputError, match=words) as error:
        terms_from("101", given)
    if words != "breaks":
        assert '"101"' in str(error.value)


@pytest.mark.parametrize("name", ["", "999+101"])
def test_refuses_names_that_cannot_be_joined(name: str) -> None:
    """A queue needs a name, and + joins the names of a set."""
    with pytest.raises(InputError, match="name"):
        QueueTerms(name, 300, None, 0.9, 10)
