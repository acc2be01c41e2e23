"""From what is otherwise in a scenario to a requirement that a roster can be made for."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np

from app.forecasts.service import ForecastValues
from app.requirements.service import Need, Otherwise, Requirement
from app.scenarios.series.basis import without_people
from app.scenarios.series.changing import changed
from app.scenarios.series.words import changes_words
from app.scenarios.values import Basis, Change, PeopleChange, Scenario
from forecasting.staffing.terms import QueueTerms

LONGEST = 1000
"""Characters that are kept of what is otherwise."""


def why_not(scenario: Scenario) -> str:
    """Why a scenario has nothing that a roster could be made for; "" where it has."""
    if scenario.seek is not None:
        return "The people sought are not handed to a roster: it finds its people by the need."
    if any(isinstance(each, PeopleChange) for each in scenario.changes):
        return (
            "This scenario has other people on duty, which no roster can be made for: ask it with "
            "other calls or terms alone, to use these in the next roster."
        )
    if not scenario.changes:
        return "Nothing is otherwise in this scenario: the next roster is made for it anyway."
    return ""


def otherwise_of(
    requirement: Requirement, values: ForecastValues, need: Need, changes: Sequence[Change]
) -> Otherwise:
    """What a requirement is worked out from once these changes are made on all its days.

    Raises:
        forecasting.errors.InputError: changes that do not fit the terms of their queue.
    """
    before = without_people(requirement, values, need, slice(0, requirement.intervals))
    after = changed(before, changes)
    words = changes_words(changes)
    return Otherwise(
        purpose=words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…",
        calls=after.calls,
        aht=after.aht,
        terms=tuple(_terms(each, before, after) for each in after.terms),
        reserve=after.reserve,
    )


def _terms(terms: QueueTerms, before: Basis, after: Basis) -> QueueTerms:
    """A queue's terms; where calls take longer or shorter at any time, with their mean then."""
    aht, calls = after.aht[terms.queue], after.calls[terms.queue]
    if np.array_equal(aht, before.aht[terms.queue]):
        return terms
    mean = float(np.average(aht, weights=calls if calls.any() else None))
    return dataclasses.replace(terms, aht_seconds=mean)
