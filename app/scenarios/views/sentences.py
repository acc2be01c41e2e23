"""The answer in a sentence, losses included, and the same as words for a business case."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from app.scenarios import service
from app.scenarios.service import Answered, Compared, Difference, Measure, Scenario
from app.web.views.answer import Answer
from app.web.words import count, hours, listed, number, percent, period_words, signed, stretch_words

WORST = 3
"""Quarter hours that are named as the worst."""


def question(scenario: Scenario) -> str:
    """A scenario as the question that was asked."""
    if scenario.seek is not None:
        goal = service.share_words(scenario.seek.share)
        return f"How many more people for {goal} of {scenario.seek.queue}, and when?"
    if not scenario.changes:
        return f"What will callers feel from {_days(scenario)}?"
    said = [service.change_words(each) for each in scenario.changes]
    return f"What if: {'; '.join([said[0], *(each[0].lower() + each[1:] for each in said[1:])])}?"


def _days(scenario: Scenario) -> str:
    return period_words(scenario.first_day, scenario.last_day)


def answer_alone(found: Answered) -> Answer:
    """What a scenario by itself says: who is answered in time, and where that is below the goal."""
    if found.result.sought is not None:
        return _sought(found)
    met, missed = [], []
    for place in service.by_urgency(found.basis):
        terms = found.basis.terms[place]
        measure = found.measures[f"in_time:{terms.queue}"]
        share = service.figure(measure.values).mean
        if math.isnan(share):
            missed.append(f"Nobody calls {terms.queue}.")
            continue
        goal = service.share_words(terms.share)
        within = f"{terms.queue}: {percent(share)} answered within {terms.within_seconds:g} s"
        if share >= terms.share:
            met.append(f"{within}, the goal is {goal}.")
        else:
            missed.append(f"{within}, below the goal of {goal}.")
    return Answer(" ".join(met), " ".join(missed))


def _sought(found: Answered) -> Answer:
    sought, seek = found.result.sought, found.scenario.seek
    assert sought is not None  # noqa: S101 - asked only of those who have it
    assert seek is not None  # noqa: S101
    share = service.figure(found.measures[f"in_time:{seek.queue}"].values).mean
    goal = service.share_words(seek.share)
    if not sought.added.any():
        return Answer(
            f"Nobody more: {seek.queue} stands at {percent(share)}, the goal is {goal}.", ""
        )
    added = sought.additions()
    people = sum(each.people for each in added)
    shown = [service.addition_words(each, found.basis) for each in added[:WORST]]
    if len(added) > WORST:
        shown.append(f"{count(len(added) - WORST, 'more stretch', 'more stretches')} below")
    spent = sought.person_intervals * found.basis.interval_minutes / 60
    said = (
        f"{people} more: {listed(shown)}. That is {hours(spent)} person-hours. {seek.queue} then "
        f"stands at {percent(share)}; without them at {percent(sought.before)}."
    )
    if sought.reached:
        return Answer(said, "")
    return Answer(said, f"The goal of {goal} was not reached within {sought.rounds} rounds.")


def answer_beside(both: Compared) -> Answer:
    """What B gains and loses against A, and what may be chance."""
    gains, losses, unclear = [], [], []
    for key, found in both.differences.items():
        if not key.startswith(("in_time:", "abandoned:")):
            continue
        measure = both.a.measures[key]
        if found.verdict is None:
            unclear.append(measure.label)
        elif found.verdict == "b":
            gains.append(_gain(measure, found, both))
        else:
            losses.append(_gain(measure, found, both))
    good = f"B has {listed(gains)}." if gains else ""
    bad = f"B has {listed(losses)}." if losses else ""
    if not gains and not losses:
        return Answer("No clear difference between A and B.", "")
    if unclear:
        good = f"{good} No clear difference: {listed(unclear)}.".strip()
    return Answer(good, bad)


def _gain(measure: Measure, found: Difference, both: Compared) -> str:
    kind, _, queue = measure.key.partition(":")
    points = number(abs(100 * found.figure.mean), 1)
    more = found.figure.mean > 0
    b = service.figure(both.b.measures[measure.key].values).mean
    a = service.figure(measure.values).mean
    what = f"answered within {_within(both, queue)} s" if kind == "in_time" else "that hang up"
    return (
        f"{points} points {'more' if more else 'fewer'} {queue} calls {what} "
        f"({percent(b)} against {percent(a)})"
    )


def _within(both: Compared, queue: str) -> str:
    return f"{both.b.basis.terms_of(queue).within_seconds:g}"


def worst_quarters(found: Answered, queue: int, most: int = WORST) -> tuple[tuple[str, str], ...]:
    """The intervals in which fewest of a queue's calls are answered in time: when, and how many."""
    shares = found.result.quarters[:, queue, 0]
    known = np.flatnonzero(~np.isnan(shares))
    order = known[np.argsort(shares[known], kind="stable")][:most]
    begin = int(found.basis.first.astype("datetime64[m]").astype(int))
    step = found.basis.interval_minutes
    return tuple(
        (
            stretch_words(begin + place * step, begin + (place + 1) * step, found.basis.zone),
            f"{percent(float(shares[place]), 0)} ± "
            f"{number(100 * float(found.result.quarters[place, queue, 1]), 0)}",
        )
        for place in order.tolist()
    )


def as_words(found: Answered, both: Compared | None) -> str:
    """An answer as plain text for a business case."""
    return "\n".join(_lines(found, both))


def _lines(found: Answered, both: Compared | None) -> Iterator[str]:
    scenario = found.scenario
    yield question(scenario)
    answer = answer_beside(both) if both else answer_alone(found)
    yield " ".join(part for part in (answer.good, answer.trouble) if part)
    yield ""
    for letter, each in (("A", both.a), ("B", both.b)) if both else (("", found),):
        lead = f"{letter}: " if letter else ""
        yield f"{lead}{each.scenario.name} ({each.scenario.roster_name})"
        yield from (f"- {service.change_words(change)}" for change in each.scenario.changes)
    yield ""
    yield (
        f"{_days(scenario)}, simulated {scenario.runs} times; the true mean lies within ± 95 times "
        "in 100."
    )
    for key, measure in found.measures.items():
        if both is None:
            yield f"- {measure.label}: {figure_words(measure)}"
        elif key in both.differences:
            a, b, gap = both.a.measures[key], both.b.measures[key], both.differences[key]
            yield (
                f"- {measure.label}: A {figure_words(a)}, B {figure_words(b)}, "
                f"difference {difference_words(a, gap)}"
                f"{', ' if gap.verdict or gap.chance is not None else ''}{verdict_words(gap)}"
            )
    yield from (f"- {words}" for words in scenario.notes)


def figure_words(measure: Measure) -> str:
    """A figure with half the width of its interval, such as `90.6 % ± 0.5`."""
    mean, half = service.figure(measure.values)
    if math.isnan(mean):
        return "not known"
    if measure.unit == "share":
        return f"{percent(mean)} ± {number(100 * half, 1)}"
    return f"{number(mean, 0 if mean >= 10 else 1)} s ± {number(half, 0 if half >= 10 else 1)}"


def difference_words(measure: Measure, found: Difference) -> str:
    """A difference with its sign, in points of per cent or in seconds."""
    mean = found.figure.mean
    if math.isnan(mean):
        return "not known"
    unit, value = ("", 100 * mean) if measure.unit == "share" else (" s", mean)
    text = number(value, 1)
    return f"+{text}{unit}" if value > 0 and text.strip("0.") else f"{text}{unit}"


def chance_words(found: Difference) -> str:
    """The chance that B is better, such as `99 in 100`."""
    if found.chance is None:
        return ""
    return f"{min(max(round(100 * found.chance), 1), 99)} in 100"


def verdict_words(found: Difference) -> str:
    """Which is better, or that there is no clear difference; "" where neither can be better."""
    if found.chance is None:
        return ""
    return f"{found.verdict.upper()} better" if found.verdict else "no clear difference"


def people_words(missing: float) -> str:
    """Person-hours, such as `61 h`."""
    return f"{hours(missing)} h"


def people_difference(a: float, b: float) -> str:
    """B − A of person-hours, with its sign."""
    return signed(round(b - a)) if abs(b - a) >= 10 else number(b - a, 1)
