"""What a room asks as a whole: given or assumed, changed by version, worked into requirements."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from sqlalchemy import update

from app.db.transaction import Database
from app.errors import InvalidInput, NotFound, Stale
from app.people import service as people
from app.requirements import service as requirements
from app.requirements.tables import requirement_values
from app.requirements.tables import requirements as kept
from forecasting.series import History, Series
from forecasting.staffing.posts import Minimum, Post, RoomTerms
from forecasting.staffing.windows import Window
from tests.app.forecasts.rooms import SOMEBODY, houston, made, room

GIVEN: dict[str, Any] = {
    "seats": 12,
    "posts": [
        {
            "name": "Dispatch desk",
            "skill": "dispatch",
            "people": 2,
            "window": {"start": "22:00", "end": "06:00", "days": ["fri", "sat"]},
        }
    ],
    "minimums": [{"skill": "ward", "people": 1}],
}


def skilled(database: Database) -> people.Room:
    """A room with counts, of a force that knows some skills."""
    home = room(database, houston())
    with database.write() as transaction:
        for code in ("dispatch", "ward"):
            people.create_skill(transaction, home.force_id, code, code)
    return home


def test_a_room_asks_for_nothing_at_first(database: Database) -> None:
    """Before anything is given all is assumed: no posts, no minimums, enough seats."""
    home = room(database)
    with database.read() as reading:
        asks = requirements.room_terms(reading, home.id)
    assert (asks.version, asks.terms, asks.given) == (0, RoomTerms(), ())
    assert set(asks.origins) == set(requirements.ROOM_FIELDS)


def test_what_is_given_is_kept_by_version(database: Database) -> None:
    """Given terms hold from the next reading on; an old version changes nothing."""
    home = skilled(database)
    with database.write() as transaction:
        told = requirements.set_room_terms(transaction, home.id, 0, GIVEN, SOMEBODY)
        assert requirements.room_terms(transaction, home.id) == told
        nights = Window(1320, 1800, frozenset({4, 5}))
        assert told.terms.posts == (Post("Dispatch desk", "dispatch", 2, nights),)
        assert told.terms.minimums == (Minimum("ward", 1),)
        assert (told.version, told.given) == (1, ("seats", "posts", "minimums"))
        with pytest.raises(Stale):
            requirements.set_room_terms(transaction, home.id, 0, {}, SOMEBODY)
        again = requirements.set_room_terms(transaction, home.id, 1, {"seats": 3}, SOMEBODY)
        assert (again.version, again.terms) == (2, RoomTerms(seats=3))


POST = GIVEN["posts"][0]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"reserve": 0.5}, "reserve"),
        ({"seats": -1}, "seats"),
        ({"seats": 1.5}, "seats"),
        ({"seats": True}, "seats"),
        ({"posts": "many"}, "posts"),
        ({"posts": [{"name": "Desk"}]}, "posts[0]"),
        ({"posts": [{**POST, "colour": "red"}]}, "posts[0]"),
        ({"posts": [{**POST, "name": " "}]}, "posts[0].name"),
        ({"posts": [POST, POST]}, "posts[1].name"),
        ({"posts": [{**POST, "skill": "juggling"}]}, "posts[0].skill"),
        ({"posts": [{**POST, "people": 0}]}, "posts[0].people"),
        ({"posts": [{**POST, "relief": 1}]}, "posts[0].relief"),
        ({"posts": [{**POST, "window": {"start": "25:00"}}]}, "posts[0].window"),
        ({"posts": [{**POST, "window": {"days": []}}]}, "posts[0].window"),
        ({"posts": [{**POST, "window": {"days": ["moonday"]}}]}, "posts[0].window"),
        ({"minimums": [{"skill": "ward"}]}, "minimums[0]"),
        ({"minimums": [{"skill": "ward", "people": 501}]}, "minimums[0].people"),
        ({"shrinkage": [{"name": "x", "share": 1, "in_shift": True}]}, "shrinkage[0].share"),
        ({"colour": "red"}, "colour"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_by_field(
    database: Database, given: dict[str, object], field: str
) -> None:
    """Each value out of its range is named, and the room asks what it asked before."""
    home = skilled(database)
    with database.write() as transaction:
        with pytest.raises(InvalidInput) as caught:
            requirements.set_room_terms(transaction, home.id, 0, given, SOMEBODY)
        assert requirements.room_terms(transaction, home.id).version == 0
    assert [place.field for place in caught.value.places] == [field]


def test_an_unknown_room_asks_nothing(database: Database) -> None:
    """By an address of nobody there is nothing to read or change."""
    with database.write() as transaction:
        with pytest.raises(NotFound):
            requirements.room_terms(transaction, uuid4())
        with pytest.raises(NotFound):
            requirements.set_room_terms(transaction, uuid4(), 0, {}, SOMEBODY)


def test_a_requirement_carries_what_the_room_asked(database: Database) -> None:
    """Rows of posts and minimums with their skills, hours that add up, and the terms of its day."""
    home = skilled(database)
    forecast = made(database, home.id, model="eight_week_mean")
    with database.write() as transaction:
        asks = requirements.set_room_terms(transaction, home.id, 0, GIVEN, SOMEBODY)
        found = requirements.work_out(transaction, home.id, SOMEBODY, forecast.id)
        requirements.set_room_terms(transaction, home.id, 1, {}, SOMEBODY)
        assert requirements.requirement(transaction, home.id, found.id) == found
        need = requirements.need(transaction, home.id, found.id)
        text = requirements.csv_text(transaction, home.id, found.id)
    assert found.room == asks
    own = {row.names: row for row in need.rows if row.asker != "queues"}
    assert {names: row.skills for names, row in own.items()} == {
        ("dispatch posts",): {"dispatch"},
        ("ward minimum",): {"ward"},
    }
    assert own["dispatch posts",].people.max() == 3  # 2 / (1 − 13 %), rounded up
    assert (own["dispatch posts",].people > 0).sum() == 2 * 8 * 4
    assert set(need.by_set) == {("ems",), ("police_traffic",), ("ems", "police_traffic")}
    assert len(text.splitlines()) == 1 + 5 * 7 * 96
    hours = found.hours
    assert len(found.weeks) == 1
    assert hours.at_desks + sum(hours.on_shift.values()) == pytest.approx(hours.rostered)
    assert hours.rostered + sum(hours.off_shift.values()) == pytest.approx(hours.paid)
    assert hours.rostered == pytest.approx(need.whole.sum() / 4)


def test_few_seats_are_told_where_and_when(database: Database) -> None:
    """With two seats the notes name the queues, the hours lost and the share still answered."""
    home = skilled(database)
    forecast = made(database, home.id, model="eight_week_mean")
    with database.write() as transaction:
        given = {**GIVEN, "seats": 1, "minimums": []}
        requirements.set_room_terms(transaction, home.id, 0, given, SOMEBODY)
        found = requirements.work_out(transaction, home.id, SOMEBODY, forecast.id)
        need = requirements.need(transaction, home.id, found.id)
    seats = [note for note in found.notes if "seat" in note]
    assert seats[0].startswith("Too few seats for ems during ")
    assert re.search(r"seat left; \d+.% are answered within 2 min\.$", seats[0])
    assert seats[-1] == (
        "The 1 seat is fewer than the posts ask for during 16 hours: the posts named last stand "
        "empty."
    )
    assert max(row.people.max() for row in need.rows) <= 2


def test_requirements_of_before_are_still_read(database: Database) -> None:
    """Rows without asker and skills are sets of queues; there are no hours and no room terms."""
    home = skilled(database)
    forecast = made(database, home.id, model="eight_week_mean")
    with database.write() as transaction:
        found = requirements.work_out(transaction, home.id, SOMEBODY, forecast.id)
        new = requirements.need(transaction, home.id, found.id)
        transaction.execute(update(requirement_values).values(asker=None, skills=None))
        transaction.execute(update(kept).values(room=None, weeks=None))
        old = requirements.need(transaction, home.id, found.id)
        told = requirements.requirement(transaction, home.id, found.id)
    assert [(r.asker, r.names, r.skills) for r in old.rows] == [
        (r.asker, r.names, r.skills) for r in new.rows
    ]
    assert (told.room, told.weeks, told.hours.rostered) == (None, (), 0)


def test_the_reserve_moves_what_queues_ask_together(database: Database) -> None:
    """One more person kept idle for 999 never asks for fewer people, and for more somewhere."""
    home = room(database, two_queues())
    forecast = made(database, home.id, model="eight_week_mean")
    wholes = []
    with database.write() as transaction:
        for version, reserve in enumerate((0, 1, 3)):
            given = {"reserve": reserve}
            requirements.set_room_terms(transaction, home.id, version, given, SOMEBODY)
            found = requirements.work_out(transaction, home.id, SOMEBODY, forecast.id)
            wholes.append(requirements.need(transaction, home.id, found.id).by_set["101", "999"])
    assert all((more >= fewer).all() for fewer, more in pairwise(wholes))
    assert wholes[2].sum() > wholes[1].sum()


def two_queues() -> History:
    """Counts of 999 and 101, four calls a quarter hour each."""
    start, calls = np.datetime64("2025-05-01T05:00"), np.full(40 * 96, 4.0)
    return History({name: Series(name, start, 15, calls) for name in ("999", "101")})
