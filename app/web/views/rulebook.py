"""What a roster breaks, what it costs, and the rules in force, in words."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass

from app.web.plan import PlanReport
from app.web.words import number, percent
from rostering.rules.base import Rule
from rostering.words import hours_words, price_words


@dataclass(frozen=True, slots=True)
class Price:
    """What one soft rule costs this roster."""

    title: str
    unit: str
    times: str
    points: str
    share: str


@dataclass(frozen=True, slots=True)
class RuleInForce:
    """One rule: title, what it says with its numbers, source, and hard or its price."""

    title: str
    says: str
    source: str
    weight: str
    broken: int


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Breaches of hard rules as sentences, what the soft ones cost, and every rule in force."""

    breaches: tuple[tuple[str, str], ...]
    prices: tuple[Price, ...]
    total: str
    rules: tuple[RuleInForce, ...]


def rulebook(plan: PlanReport) -> Rulebook:
    """Put the verdict and the rules of a plan into words."""
    titles = {rule.code: rule.title for rule in plan.problem.rules}
    total = plan.verdict.objective
    prices = tuple(
        Price(
            title=rule.title,
            unit=rule.unit,
            times=_times(sum(b.rule == rule.code for b in plan.verdict.priced)),
            points=number(plan.verdict.points.get(rule.code, 0)),
            share=_share(plan.verdict.points.get(rule.code, 0), total),
        )
        for rule in plan.problem.rules
        if not rule.is_hard and plan.verdict.points.get(rule.code, 0)
    )
    return Rulebook(
        breaches=tuple((titles.get(b.rule, b.rule), b.words) for b in plan.verdict.hard),
        prices=prices,
        total=number(total),
        rules=tuple(_in_force(rule, plan) for rule in plan.problem.rules),
    )


def _times(breaches: int) -> str:
    """How often a rule is broken; nothing for one that costs points but is not told in breaches."""
    return number(breaches) if breaches else ""


def _share(points: int, total: int) -> str:
    if 0 < points < total / 200:
        return f"under {percent(0.01, 0)}"
    return percent(points / total, 0) if total else ""


def _in_force(rule: Rule, plan: PlanReport) -> RuleInForce:
    return RuleInForce(
        title=rule.title,
        says=says(rule),
        source=rule.source,
        weight=price_words(rule.weight),
        broken=sum(b.rule == rule.code for b in plan.verdict.hard),
    )


def says(rule: Rule) -> str:
    """The rule's own first sentence with its numbers in place of their names."""
    first = (type(rule).__doc__ or rule.title).strip().split("\n\n")[0]
    values = {f.name: getattr(rule, f.name) for f in dataclasses.fields(rule)}

    def value(found: re.Match[str]) -> str:
        name = found[1]
        if name not in values:
            return name
        in_minutes = name.endswith("minutes") and isinstance(values[name], int)
        return hours_words(values[name]) if in_minutes else str(values[name])

    return re.sub(r"`(\w+)`", value, " ".join(first.split()))
