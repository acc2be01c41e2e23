"""Patterns of a room are written, judged, changed and dropped, on pages and over HTTP."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from app import clock
from app.db.transaction import Database
from app.errors import Conflict, InvalidInput, NotFound, Stale
from app.patterns import service
from app.patterns.service import PatternDetails
from rostering.rules.registry import RULES
from tests.app.callers import Staffed, token
from tests.app.statements import counted

GOOD = PatternDetails("Ours", "2e 2L 2N 4R", "E 07:00-16:00\nL 15:00-00:00\nN 22:00-07:00")
WRITTEN = {"line": "2E 2L 2N 4R", "times": "E 07:00-16:00, L 15:00-00:00, N 22:00-07:00"}
BAD = {"line": "8N E 2L R E", "times": "E 07:00-15:00, L 15:00-23:00, N 23:00-07:00"}


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    """It is a day of November 2026."""
    with clock.stopped_at(datetime(2026, 11, 27, 9, tzinfo=UTC)):
        yield


def words(answer: Response) -> str:
    """What a page says, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.text))


def test_a_pattern_is_kept_in_one_way_of_writing(database: Database, force: Staffed) -> None:
    """However it was typed, it is kept as the notation writes it, once by its title."""
    with database.write() as transaction:
        new = service.add_pattern(transaction, force.room.id, GOOD)
        assert new.details == PatternDetails("Ours", WRITTEN["line"], WRITTEN["times"])
        with pytest.raises(Conflict, match="already has a pattern called Ours"):
            service.add_pattern(transaction, force.room.id, GOOD)
    with database.read() as reading:
        own, *shipped = service.patterns(reading, force.room.id)
        assert own.own == new
        assert [each.key for each in shipped][:2] == ["two_two_two_four", "four_on_four_off"]
        assert service.patterns(reading, force.other_room.id)[0].own is None
        with pytest.raises(NotFound):
            service.own_pattern(reading, force.other_room.id, new.id)
        with pytest.raises(NotFound):
            service.pattern(reading, force.room.id, "no such")


def test_patterns_are_judged_by_books_read_once(database: Database, force: Staffed) -> None:
    """The list takes as many statements for all patterns as for one, and finds the same."""
    with database.read() as reading:
        known = [each.pattern for each in service.patterns(reading, force.room.id)]
        one_by_one = tuple(service.judged(reading, force.room.id, each) for each in known)
        with counted(database) as for_one:
            service.judged(reading, force.room.id, known[0])
        with counted(database) as for_all:
            assert service.all_judged(reading, force.room.id, known) == one_by_one
    assert len(known) > 1
    assert len(for_all) == len(for_one)


def test_a_pattern_is_changed_and_dropped_by_its_version(
    database: Database, force: Staffed
) -> None:
    """Two hands do not write over each other."""
    with database.write() as transaction:
        new = service.add_pattern(transaction, force.room.id, GOOD)
        other = PatternDetails("Ours", "4E 3R", "E 07:00-17:00")
        changed = service.change_pattern(transaction, force.room.id, new.id, 1, other)
        assert (changed.version, changed.details.line) == (2, "4E 3R")
        with pytest.raises(Stale):
            service.change_pattern(transaction, force.room.id, new.id, 1, GOOD)
        with pytest.raises(Stale):
            service.drop_pattern(transaction, force.room.id, new.id, 1)
        service.drop_pattern(transaction, force.room.id, new.id, 2)
        with pytest.raises(NotFound):
            service.own_pattern(transaction, force.room.id, new.id)


@pytest.mark.parametrize(
    ("details", "field", "said"),
    [
        (PatternDetails(" ", "2E R", "E 07:00-15:00"), "title", "Give 1 to 200"),
        (PatternDetails("a", "2E 3X", "E 07:00-15:00"), "line", "Part 2"),
        (PatternDetails("a", "2E R", "E 7-15"), "times", "Time 1"),
        (PatternDetails("a", "2N R", "E 07:00-15:00"), "times", "time of N is not told"),
    ],
)
def test_what_cannot_be_a_pattern_is_refused_where_it_was_said(
    database: Database, force: Staffed, details: PatternDetails, field: str, said: str
) -> None:
    """The field and the part at fault are named, and nothing is kept."""
    with pytest.raises(InvalidInput) as refused, database.write() as transaction:
        service.add_pattern(transaction, force.room.id, details)
    (place,) = refused.value.places
    assert place.field == field
    assert said in place.words


def test_every_rule_can_be_remembered_with_its_verdict() -> None:
    """Verdicts are kept by the rules that gave them, so every rule must be a key."""
    for rule in RULES.values():
        hash(rule())


def test_systems_read_judge_and_write_patterns(
    client: TestClient, database: Database, force: Staffed
) -> None:
    """A pattern is judged before it is kept, and kept, changed and dropped over HTTP."""
    system = token(database, force.system)
    home = f"/api/v1/rooms/{force.room.id}/patterns"
    judged = client.post(f"{home}/judge", json=BAD, headers=system).json()
    rules = [each["rule"] for each in judged["verdicts"][0]["breaches"] if each["is_hard"]]
    assert {"daily_rest", "consecutive_nights"} <= set(rules)
    new = client.post(
        home, json={**WRITTEN, "title": "Ours"}, headers={**system, "Idempotency-Key": "1"}
    )
    assert new.status_code == 201
    place = new.headers["Location"]
    assert client.get(place, headers=system).json()["days"] == 10
    facts = client.get(f"{place}/judged", headers=system).json()
    assert (facts["weekly_minutes"], facts["teams"]) == (2268.0, 5)
    assert facts["offsets"] == [0, 2, 4, 6, 8]
    listed = client.get(home, headers=system).json()["patterns"]
    assert listed[0]["title"] == "Ours"
    bad = client.put(place, json={**BAD, "title": "No"}, headers={**system, "If-Match": '"7"'})
    assert bad.status_code == 412
    changed = client.put(place, json={**BAD, "title": "No"}, headers={**system, "If-Match": '"1"'})
    assert changed.headers["ETag"] == '"2"'
    assert client.delete(place, headers={**system, "If-Match": '"2"'}).status_code == 204
    assert client.get(place, headers=system).status_code == 404
    assert client.get(home, headers=token(database, force.officer)).status_code == 403


def test_a_manager_writes_a_pattern_and_sees_what_it_breaks(
    manager: TestClient, force: Staffed
) -> None:
    """The list leads to a pattern, the form says at once what is wrong, and it can be dropped."""
    home = f"/rooms/{force.room.id}/patterns"
    assert "2 earlies, 2 lates, 2 nights, 4 off" in words(manager.get(home))
    one = words(manager.get(f"{home}/six_on_four_off"))
    assert "42 h a week on average" in one
    assert "works 6 nights in a row from day 21 (N)" in one
    assert "Totalmobile" in one
    like = words(manager.get(f"{home}/new?like=panama"))
    assert "2D 2R 3D 2R 2D 3R" in manager.get(f"{home}/new?like=panama").text
    assert "42 h a week" in like
    piece = words(manager.get(f"{home}/judged", params={**BAD, "title": ""}))
    assert "Breaks" in piece
    assert "0 min of rest between day 8 (N) and day 9 (E)" in piece
    half = words(manager.get(f"{home}/judged", params={"line": "2E 2", "times": ""}))
    assert "Part 2" in half
    refused = manager.post(home, data={"title": "", **WRITTEN})
    assert refused.status_code == 422
    assert "Give 1 to 200 characters" in words(refused)
    kept = manager.post(home, data={"title": "Ours", **WRITTEN})
    assert kept.status_code == 303
    place = kept.headers["Location"]
    assert "Ours" in words(manager.get(place))
    taken = manager.post(home, data={"title": "Ours", **WRITTEN})
    assert "already has a pattern called Ours" in words(taken)
    form = manager.get(f"{place}/change")
    assert "N 22:00-07:00" in form.text
    stale = manager.post(f"{place}?version=5", data={"title": "Ours", **WRITTEN})
    assert "Somebody changed this pattern" in words(stale)
    changed = manager.post(f"{place}?version=1", data={"title": "Theirs", **BAD})
    assert changed.status_code == 303
    dropped = manager.post(f"{place}/drop", data={"version": 2})
    assert dropped.status_code == 303
    assert manager.get(place).status_code == 404
