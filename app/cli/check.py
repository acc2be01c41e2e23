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
    click.echo(summary(verdict))
    return 0 if verdict.is_legal else 1


SHOWN = 20
"""Breaches of one priced rule that are told, the largest first; hard ones are all told."""


def breach_lines(problem: Problem, verdict: Verdict) -> Iterator[str]:
    """The breaches under their rules, hard ones first; of many priced ones the largest."""
    for heading, breaches in (
        ("Hard rules broken", verdict.hard),
        ("Authorised", verdict.authorised),
        ("Priced", verdict.priced),
    ):
        if breaches:
            yield f"{heading}: {count(len(breaches), 'time')}"
            yield from _by_rule(problem, breaches, verdict)


def summary(verdict: Verdict) -> str:
    """The verdict in one line."""
    points = count(verdict.objective, "point")
    priced = f"{count(len(verdict.priced), 'priced breach', 'priced breaches')} for {points}"
    if verdict.authorised:
        allowed = count(len(verdict.authorised), "authorised breach", "authorised breaches")
        priced = f"{allowed}; {priced}"
    if verdict.is_legal:
        return f"No hard rule is broken; {priced}."
    return f"{count(len(verdict.hard), 'hard breach', 'hard breaches')}; {priced}."


def _by_rule(problem: Problem, breaches: tuple[Breach, ...], verdict: Verdict) -> Iterator[str]:
    titles = {rule.code: rule.title for rule in problem.rules}
    for code, found in groupby(breaches, key=lambda breach: breach.rule):
        cost = verdict.points.get(code)
        yield f"  {titles[code]}" + ("" if cost is None else f" ({count(cost, 'point')})")
        told = list(found)
        if cost is not None and len(told) > SHOWN:
            told.sort(key=lambda breach: -breach.excess)
        shown = len(told) if cost is None else SHOWN
        for breach in told[:shown]:
            yield f"    {breach.words}"
        if told[shown:]:
            yield f"    … and {count(len(told[shown:]), 'smaller one')}."
