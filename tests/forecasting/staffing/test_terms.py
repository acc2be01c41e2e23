"""A queue's terms: what is assumed, what is given, what is refused."""

from __future__ import annotations

import json
import tomllib
from dataclasses import asdict
from typing import Any

import pytest

from forecasting.errors import InputError
from forecasting.staffing.callers import CallBack, Redial, Turn
from forecasting.staffing.goals_at import GoalAt
from forecasting.staffing.needs import Goals
from forecasting.staffing.pots import Pot
from forecasting.staffing.shrinkage import ShrinkagePart
from forecasting.staffing.terms import (
    QueueTerms,
    assumed_terms,
    terms_from,
    terms_from_document,
)
from forecasting.staffing.windows import Window


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
    assert assumed == ("within_seconds", "late_call_points")
    assert assumed_terms("101").skill == "101"


def test_nothing_given_is_all_assumed() -> None:
    """Every field that moves the requirement is reported as assumed."""
    assert set(terms_from("999", {})[1]) == {
        "aht_seconds",
        "patience_seconds",
        "share",
        "within_seconds",
        "late_call_points",
        "shrinkage",
    }
    assert assumed_terms("999").late_call_points == 5 * assumed_terms("101").late_call_points


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
        ({"late_call_points": -1}, "a late call must weigh 0 to 10000 points"),
        ({"variation": 0.0}, "variation"),
        ({"shrinkage": 0.3}, "shrinkage"),
        ({"shrinkage": [{"name": "breaks", "share": 0.1}]}, "shrinkage"),
        ({"shrinkage": [{"name": "breaks", "share": 2, "in_shift": True}]}, "breaks"),
        ({"queue": "102"}, "name"),
        ({"redial": 0.5}, "redial cannot be"),
        ({"redial": {"part": 0.5}}, 'redial: unknown field "part"; known are after_seconds, share'),
        ({"redial": {"after_seconds": 60}}, "redial lacks share"),
        ({"redial": {"share": 1.5}}, "redial: the share of callers who call again"),
        ({"turn": {"to": "101", "share": 0.1}}, "cannot turn to the queue that they leave"),
        ({"turn": {"to": 999, "share": 0.1}}, "turn: to cannot be"),
        ({"call_back": {"above_seconds": 0, "accepted": 0.1, "attempts": 1.5}}, "attempts"),
        ({"pots": [{"name": "risk", "share": 0.1}]}, "add up to 1, not 0.1"),
        ({"pots": [{"name": "risk", "share": 0.5}] * 2}, '"risk" is given twice'),
        ({"pots": [{"name": "risk", "share": 0}]}, 'pots 1: the share of pot "risk"'),
        ({"pots": [{"name": "all", "share": 1, "goal_share": 1}]}, "service goal"),
        ({"pots": {"risk": 0.1}}, "pots cannot be"),
        ({"goals_at": [{"window": {}}]}, "goals_at 1: a goal of some hours replaces none"),
        ({"goals_at": [{"share": 0.9}]}, "goals_at 1 lacks window"),
        ({"goals_at": [{"window": {"start": 1440}, "share": 0.9}]}, "window: a window must begin"),
        ({"goals_at": [{"window": {"end": "6 am"}, "share": 0.9}]}, "end cannot be"),
        ({"goals_at": [{"window": {"days": ["sun", "moon"]}, "share": 0.9}]}, "days cannot be"),
        ({"goals_at": [{"window": {"days": []}, "share": 0.9}]}, "one at least"),
        ({"goals_at": [{"window": {}, "share": 1.0}]}, "service goal"),
        ({"medium": "smoke"}, 'medium "smoke"'),
        ({"medium": "chats", "side_by_side": 0}, "side by side"),
        ({"side_by_side": 2}, "only chats"),
        ({"medium": "backlog"}, "needs a deadline"),
        ({"deadline_seconds": 3600}, "needs a deadline, and nothing else"),
        ({"medium": "backlog", "deadline_seconds": 0}, "deadline must be above 0"),
        ({"medium": "chats", "pots": [{"name": "all", "share": 1}]}, "only callers"),
        ({"medium": "backlog", "deadline_seconds": 60, "redial": {"share": 0.1}}, "nobody waits"),
        ({"clock": "wall"}, 'clock "wall"'),
        ({"transfer_seconds": -1}, "operator"),
        ({"rate_variation": 2}, "a day's level must be from 0 to 1"),
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


FULL = """
clock = "published"
transfer_seconds = 4
redial = { share = 0.5, after_seconds = 200 }
turn = { to = "999", share = 0.02 }
call_back = { above_seconds = 60, accepted = 0.125 }
rate_variation = 0.1
goals_at = [
    { window = { start = "22:00", end = "6:00", days = ["Fri", "sat"] }, most_occupancy = 0.6 },
    { window = { start = 0, end = 360, days = [6] }, share = 0.7, within_seconds = 300 },
]
pots = [
    { name = "risk", share = 0.2, goal_share = 0.9, within_seconds = 60 },
    { name = "other", share = 0.8, aht_seconds = 500 },
]
"""


def test_nested_terms_are_tables() -> None:
    """A TOML table gives every nested term; hours and days are numbers or words."""
    terms, _ = terms_from("101", tomllib.loads(FULL))
    night = Window(1320, 1800, frozenset({4, 5}))
    assert terms.goals_at == (
        GoalAt(night, most_occupancy=0.6),
        GoalAt(Window(0, 360, frozenset({6})), share=0.7, within_seconds=300),
    )
    assert terms.pots == (Pot("risk", 0.2, None, 0.9, 60), Pot("other", 0.8, 500))
    assert (terms.redial, terms.turn) == (Redial(0.5, 200), Turn("999", 0.02))
    assert terms.call_back == CallBack(60, 0.125)


def test_values_pass_where_tables_do() -> None:
    """Nested terms may be given as the values themselves."""
    terms, _ = terms_from("101", tomllib.loads(FULL))
    given = {name: getattr(terms, name) for name in ("goals_at", "pots", "redial", "shrinkage")}
    again, _ = terms_from("101", given)
    assert all(getattr(again, name) == value for name, value in given.items())


def test_terms_survive_json() -> None:
    """Terms written as JSON come back as they were; older documents take the defaults."""
    terms, _ = terms_from("101", tomllib.loads(FULL))
    for each in (terms, assumed_terms("999"), terms_from("9", {"patience_seconds": 1e9})[0]):
        assert terms_from_document(json.loads(json.dumps(each.document()))) == each
    old = {name: asdict(terms)[name] for name in ("queue", "aht_seconds", "patience_seconds")}
    back = terms_from_document({**old, "share": 0.8, "within_seconds": 60, "shrinkage": []})
    assert (back.pots, back.redial, back.medium, back.clock) == ((), None, "calls", "own")


@pytest.mark.parametrize("said", [None, [], {"queue": "101"}, {"queue": "101", "size": 3}])
def test_refuses_documents_of_something_else(said: object) -> None:
    """What is no document of terms is refused in one sentence."""
    with pytest.raises(InputError, match="terms of a queue"):
        terms_from_document(said)


def test_the_two_clocks_of_999() -> None:
    """A time on the published clock is less by the operator's on the room's own, never below 0."""
    terms = QueueTerms("999", 300, 120, 0.9, 10, transfer_seconds=7)
    assert terms.goals.within == 10
    published = QueueTerms("999", 300, 120, 0.9, 10, transfer_seconds=7, clock="published")
    assert published.goals.within == published.own_within_seconds == 3
    assert published.urgency < terms.urgency
    slow = QueueTerms("999", 300, 120, 0.9, 10, transfer_seconds=20, clock="published")
    assert slow.goals.within == 0


def test_goals_of_some_hours_replace_only_what_they_name() -> None:
    """While a window holds its numbers replace the queue's, on the same clock; the rest stays."""
    terms, _ = terms_from("101", tomllib.loads(FULL))
    night, sunday = (terms.during(goal) for goal in terms.goals_at)
    assert night.goals == Goals(0.8, 116, most_occupancy=0.6)
    assert sunday.goals == Goals(0.7, 296)
    assert [terms.pot_goals(pot) for pot in terms.pots] == [Goals(0.9, 56), Goals(0.8, 116)]


def test_chats_and_backlog_yield_to_calls() -> None:
    """Any call is more urgent than any chat, and any chat than any backlog."""
    call = QueueTerms("101", 300, 120, 0.5, 3600)
    chat = QueueTerms("chat", 300, 120, 0.9, 10, medium="chats", side_by_side=3)
    mail = QueueTerms("mail", 300, None, 0.9, 0, medium="backlog", deadline_seconds=60)
    assert call.urgency < chat.urgency < mail.urgency
