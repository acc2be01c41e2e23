"""`parade check`: what a roster breaks, in words."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from itertools import groupby

import click

from app.cli.rulebook import rulebook_of
from app.web.words import count
from rostering.files import read_problem, read_roster
from rostering.problem import Problem
from rostering.rules.base import Breach
from rostering.verify import Verdict, verify


@click.command()
@click.argument("problem")
@click.argument("roster")
@click.option(
    "--rulebook", "book", metavar="NAME|FILE", help="Judge by this one, not by the problem's own."
)
def check(problem: str, roster: str, book: str | None) -> int:
    """Say what ROSTER breaks of the rules in PROBLEM, both JSON files.

    Leaves with 0 when no hard rule is broken, with 1 when one is, with 2 on bad input.
    """
    asked = read_problem(problem)
    if book is not None:
        asked = dataclasses.replace(asked, rules=rulebook_of(book).rules)
    verdict = verify(asked, read_roster(roster, asked))
    for line in breach_lines(asked, verdict):
        click.echo(line)
    click.echo(summary(asked, verdict))
    return 0 if verdict.is_legal else 1


SHOWN = 20
"""Breaches of one priced rule that are told, the largest first; hard ones are all told."""


def breach_lines(problem: Problem, verdict: Verdict) -> Iterator[str]:
    """The breaches under their rules, hard ones first; of many priced ones the largest."""
    priced, told = _priced_and_told(problem, verdict)
    for heading, breaches in (
        ("Hard rules broken", verdict.hard),
        ("Authorised", verdict.authorised),
        ("Priced", priced),
        ("Told, without a price", told),
    ):
        if breaches:
            yield f"{heading}: {count(len(breaches), 'time')}"
            yield from _by_rule(problem, breaches, verdict)


def summary(problem: Problem, verdict: Verdict) -> str:
    """The verdict in one line."""
    points = count(verdict.objective, "point")
    costly, _ = _priced_and_told(problem, verdict)
    priced = f"{count(len(costly), 'priced breach', 'priced breaches')} for {points}"
    if verdict.authorised:
        allowed = count(len(verdict.authorised), "authorised breach", "authorised breaches")
        priced = f"{allowed}; {priced}"
    if verdict.is_legal:
        return f"No hard rule is broken; {priced}."
    return f"{count(len(verdict.hard), 'hard breach', 'hard breaches')}; {priced}."


def _priced_and_told(
    problem: Problem, verdict: Verdict
) -> tuple[tuple[Breach, ...], tuple[Breach, ...]]:
    """Breaches of soft rules: those that cost points, and those that are told alone."""
    told = {rule.code for rule in problem.rules if rule.is_only_told}
    return (
        tuple(breach for breach in verdict.priced if breach.rule not in told),
        tuple(breach for breach in verdict.priced if breach.rule in told),
    )


def _by_rule(problem: Problem, breaches: tuple[Breach, ...], verdict: Verdict) -> Iterator[str]:
    titles = {rule.code: rule.title for rule in problem.rules}
    for code, found in groupby(breaches, key=lambda breach: breach.rule):
        cost = verdict.points.get(code)
        yield f"  {titles[code]}" + (f" ({count(cost, 'point')})" if cost else "")
        told = list(found)
        if cost is not None and len(told) > SHOWN:
            told.sort(key=lambda breach: -breach.excess)
        shown = len(told) if cost is None else SHOWN
        for breach in told[:shown]:
            yield f"    {breach.words}"
        if told[shown:]:
            yield f"    … and {count(len(told[shown:]), 'smaller one')}."
