"""`parade rulebook`: the rules and numbers of a rulebook, with where they come from."""

from __future__ import annotations

from collections.abc import Iterator

import click

from app.web.views.rulebook import says
from app.web.words import period_words
from rostering.files.rule_data import numbers_of
from rostering.rulebooks import Rulebook, names, read_rulebook, shipped
from rostering.words import price_words

HELP = "A rulebook that comes with Parade, or a TOML file of one's own."


@click.command()
@click.argument("rulebook", default="")
def rulebook(rulebook: str) -> int:
    """Print RULEBOOK, by its name or from a TOML file; without it, the names there are."""
    if not rulebook:
        for name in names():
            click.echo(f"{name}: {shipped(name).title}")
        return 0
    for line in rulebook_lines(rulebook_of(rulebook)):
        click.echo(line)
    return 0


def rulebook_of(asked: str | None) -> Rulebook:
    """The rulebook of a name or of a file; the default one where nothing is asked.

    Raises:
        InputError: when there is none, or its file cannot be used.
    """
    if asked is None:
        return shipped()
    if asked in names() or "." not in asked:
        return shipped(asked)
    return read_rulebook(asked)


def rulebook_lines(book: Rulebook) -> Iterator[str]:
    """A rulebook in lines: each rule with its weight, its numbers and their source."""
    yield f"{book.title}, numbers of {period_words(book.dated, book.dated)}"
    yield f"From: {book.source}"
    for rule in book.rules:
        yield ""
        yield f"{rule.title} ({rule.code}): {price_words(rule.weight)}"
        yield f"  {says(rule)}"
        numbers = {name: getattr(rule, name) for name in numbers_of(type(rule))}
        if numbers:
            yield f"  {', '.join(f'{name} = {value}' for name, value in numbers.items())}"
        yield f"  Source: {book.sources[rule.code]}"
    if book.asked:
        yield ""
        yield "Not settled by any published source, so the force must say:"
        for name, question in book.asked.items():
            yield f"  {name}: {question}"
