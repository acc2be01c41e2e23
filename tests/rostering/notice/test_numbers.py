"""The compensation of a rulebook is read strictly, and each table says where it is from."""

from __future__ import annotations

import tomllib
from dataclasses import fields, is_dataclass

import pytest

from rostering.errors import InputError
from rostering.files.node import Node
from rostering.notice import read_compensation
from tests.rostering.notice.days import ENGLAND, SCOTLAND, STAFF, numbers

CHANGES = '[changes]\ntold_by_midnight = true\nstood_down_by_agreement = false\nsource = "us"\n'
REST = '[rest_days]\nsource = "us"\nbands = [{ another_rest_day = true }]\n'


def node(text: str) -> Node:
    """A section as it stands in a rulebook."""
    return Node(tomllib.loads(text), "compensation", "ours.toml")


@pytest.mark.parametrize("name", [ENGLAND, STAFF, SCOTLAND])
def test_every_shipped_table_names_its_source(name: str) -> None:
    """Every table of every rulebook that comes with the library says where its numbers are from."""
    book = numbers(name)
    said = [getattr(book, each.name) for each in fields(book)]
    tables = [table for table in said if is_dataclass(table)]
    assert len(tables) >= 2
    assert all(getattr(table, "source", "") for table in tables)


def test_the_least_that_a_book_says_is_enough() -> None:
    """A book may state no more than rest days and reasons; the rest is not stated, not assumed."""
    book = read_compensation(node(CHANGES + REST))
    assert (book.overtime, book.public_holidays, book.part_time) == (None, None, None)
    assert book.rest_days.least_minutes == 0


@pytest.mark.parametrize(("text", "words"), [
    (REST, 'compensation: The field "changes" is missing'),
    (CHANGES + REST + "[tea]\n", 'The field "tea" is unknown'),
    (CHANGES + REST.replace("another_rest_day = true", "rate = '2'"), "either another rest day"),
    (CHANGES + REST.replace("another_rest_day = true", "another_rest_day = false"), "either"),
    (CHANGES + REST.replace("true }", "true }, { another_rest_day = true }"), "the last has none"),
    (CHANGES + REST.replace("{ a", "{ below = 3, a"), "the last has none"),
    (CHANGES + REST.replace("{ a", "{ below = 9, another_rest_day = true }, { below = 3, "
     "another_rest_day = true }, { a"), "in order"),
    (CHANGES + REST + 'reinstated_rate = "1.5"\n', 'A rate is a text such as "3/2"'),
    (CHANGES + REST + 'reinstated_rate = "3/0"\n', "A rate is a text"),
    (CHANGES + REST + "least_minutes = 2000\n", "The number must lie between 0 and 1,440"),
])  # fmt: skip
def test_wrong_numbers_are_refused_by_key(text: str, words: str) -> None:
    """A section that cannot be used names its file and key."""
    with pytest.raises(InputError, match=words) as caught:
        read_compensation(node(text))
    assert str(caught.value).startswith("ours.toml, compensation")
