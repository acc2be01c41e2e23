"""The guide's list of rules and rights is whole, and what it says is built is there."""

from __future__ import annotations

from itertools import chain

import pytest
from fastapi.testclient import TestClient

from app.db.transaction import Database
from app.guide.service import Row, rights
from rostering.rulebooks import names, shipped
from rostering.rules.registry import RULES
from tests.app.callers import signed_in, staffed

ROWS = tuple(chain.from_iterable(group.rows for group in rights()))

NUMBERED = {"W": 16, "P": 27, "S": 10, "SC": 4, "H": 10}
"""How many rows each part of the sources' list has."""


def test_every_row_is_listed_once() -> None:
    """Working time, officers, staff, Scotland and guidance, each numbered without a gap."""
    wanted = [f"{part}{n}" for part, most in NUMBERED.items() for n in range(1, most + 1)]
    assert [row.id for row in ROWS] == wanted


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_what_a_row_names_is_there(row: Row) -> None:
    """Its rules, parts and questions stand in a rulebook; each has words."""
    books = [shipped(name) for name in names()]
    in_force = {rule.code for book in books for rule in book.rules}
    parts = {
        key
        for book in books
        for section, node in book.sections.items()
        for key in (section, *(f"{section}.{inner}" for inner in node.entries()))
    }
    asks = set(chain.from_iterable(book.asked for book in books))
    assert set(row.rules) <= in_force & set(RULES)
    assert set(row.parts) <= parts
    assert set(row.asks) <= asks
    assert row.words.endswith(".")
    assert (row.state == "kept") <= bool(row.rules)
    assert (row.state == "asked") <= bool(row.asks)


def test_whoever_is_signed_in_reads_it(client: TestClient, database: Database) -> None:
    """The list stands on a page of the guide, with the title of each rule that keeps a row."""
    manager = signed_in(client, staffed(database).manager)
    assert "Rules and rights" in manager.get("/guide").text
    text = manager.get("/guide/rules-and-rights").text
    assert "11 hours of rest in a row in each 24" in text
    assert RULES["daily_rest"].title in text
    assert client.get("/guide").status_code in {303, 401}
