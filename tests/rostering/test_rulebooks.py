"""Rulebooks: complete, equal to the rules' own defaults, and strict."""

from __future__ import annotations

from pathlib import Path

import pytest

from rostering.errors import InputError
from rostering.rulebooks import FOLDER, load_rulebook, names, read_rulebook
from rostering.rules.registry import RULES

HEAD = 'title = "Ours"\ndated = 2025-11-01\nsource = "the force"\n'
REST = '[daily_rest]\nweight = "hard"\nsource = "reg 10"\n'


def test_the_default_holds_every_rule_as_its_class_does() -> None:
    """The default rulebook puts every rule in force with the weight and numbers of its class."""
    assert load_rulebook("default") == tuple(rule() for rule in RULES.values())


@pytest.mark.parametrize("name", names())
def test_every_rulebook_reads_and_names_its_sources(name: str) -> None:
    """Each rulebook that comes with the library is sound and gives a source for each rule."""
    book = read_rulebook(FOLDER / f"{name}.toml")
    assert set(book.sources) == {rule.code for rule in book.rules}
    assert book.title
    assert load_rulebook(name) == book.rules


def test_a_number_left_out_is_the_rules_own(tmp_path: Path) -> None:
    """A rule without a number keeps its default; one with a number and a price takes both."""
    path = tmp_path / "ours.toml"
    path.write_text(HEAD + REST + '[weekends_off]\nweight = [5, 9]\nleast = 2\nsource = "us"\n')
    rest, weekends = read_rulebook(path).rules
    assert rest == RULES["daily_rest"]()
    assert (weekends.weight, getattr(weekends, "least", None)) == ((5, 9), 2)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEAD, "The rulebook has no rule"),
        (REST, 'The field "title" is missing'),
        (HEAD + "[tea]\nweight = 1\n", 'The field "tea" is unknown'),
        (HEAD + "[daily_rest]\nweight = 1\n", 'daily_rest: The field "source" is missing'),
        (HEAD + '[daily_rest]\nsource = "x"\n', 'daily_rest: The field "weight" is missing'),
        (HEAD + REST + "minute = 1\n", 'daily_rest: The field "minute" is unknown'),
        (HEAD + REST + "minutes = -1\n", "daily_rest.minutes: The number must lie"),
        (HEAD + REST + "minutes = true\n", "daily_rest.minutes: True stands"),
        (HEAD + REST + "minutes = 660.0\n", "daily_rest.minutes: A number with a fraction"),
        (HEAD.replace("2025-11-01", '"2025"') + REST, "dated: A date such as"),
        (HEAD + REST.replace('"hard"', '"soft"'), "daily_rest.weight: A text stands"),
        (HEAD + "[daily_rest\n", "The file is not TOML"),
        (HEAD + "a = " + "[" * 20_000, "The file is not TOML: it is nested too deeply"),
    ],
)
def test_a_wrong_rulebook_is_refused_by_key(tmp_path: Path, text: str, words: str) -> None:
    """A rulebook that cannot be used names its file and key."""
    path = tmp_path / "ours.toml"
    path.write_text(text)
    with pytest.raises(InputError) as caught:
        read_rulebook(path)
    assert str(caught.value).startswith(str(path))
    assert words in str(caught.value)


def test_an_unknown_rulebook_is_refused() -> None:
    """A name that is none, a path included, is refused with the names there are."""
    for name in ("none", "../rulebooks/default"):
        with pytest.raises(InputError, match=r"there are .*default"):
            load_rulebook(name)
