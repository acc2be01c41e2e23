"""Terms of queues: given, measured or assumed, changed by version, refused by field."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import numpy as np
import pytest

from app.db.transaction import Database
from app.demand import service as demand
from app.errors import InvalidInput, NotFound, Stale
from app.requirements import service as requirements
from forecasting.series import History, Series
from forecasting.staffing.shrinkage import ASSUMED_SHRINKAGE
from tests.app.forecasts.rooms import SOMEBODY, room

MARCH = np.datetime64("2025-03-03T06:00")
DAYS = 80


def counted() -> History:
    """999 with handling times of 100 s, of 250 s in the last 56 days; 101 without any."""
    offered = np.full(DAYS * 96, 4.0)
    aht = np.where(np.arange(len(offered)) < (DAYS - 56) * 96, 100.0, 250.0)
    return History(
        {
            "999": Series("999", MARCH, 15, offered, offered * aht),
            "101": Series("101", MARCH, 15, offered),
        }
    )


def queue_id(database: Database, room_id: UUID, name: str = "999") -> UUID:
    """The id of a queue by its name."""
    with database.read() as reading:
        return next(each.id for each in demand.queues(reading, room_id) if each.name == name)


def test_each_value_says_where_it_comes_from(database: Database) -> None:
    """Nothing given: AHT is measured where the counts tell it, all else assumed by the name."""
    home = room(database, counted())
    with database.read() as reading:
        other, emergency = requirements.terms(reading, home.id)
    assert (emergency.queue, emergency.version, emergency.given) == ("999", 0, ())
    assert emergency.origins["aht_seconds"] == "measured"
    assert emergency.terms.aht_seconds == pytest.approx(250)
    assert emergency.measured is not None
    last = date(2025, 5, 22)
    assert (emergency.measured.first_day, emergency.measured.last_day) == (date(2025, 3, 27), last)
    assert set(emergency.origins.values()) == {"measured", "assumed"}
    assert set(emergency.origins) == set(requirements.FIELDS)
    assert (emergency.terms.share, emergency.terms.within_seconds) == (0.9, 10)
    assert emergency.terms.skill == "999"
    assert (other.measured, other.terms.aht_seconds) == (None, 420)
    assert other.terms.shrinkage == ASSUMED_SHRINKAGE


def test_what_is_given_stands_over_what_is_measured(database: Database) -> None:
    """Given fields are in force and said to be given; what is left out goes back to measured."""
    home = room(database, counted())
    queue = queue_id(database, home.id)
    parts = [{"name": "breaks", "share": 0.1, "in_shift": True}]
    given = {
        "aht_seconds": 300, "patience_seconds": "endless", "skill": "calls", "shrinkage": parts,
        "minimum": 2, "most_occupancy": 0.85, "late_call_points": 60,
    }  # fmt: skip
    with database.write() as transaction:
        told = requirements.set_terms(transaction, home.id, queue, 0, given, SOMEBODY)
    with database.read() as reading:
        assert requirements.queue_terms(reading, home.id, queue) == told
    assert (told.version, set(told.given)) == (1, set(given))
    assert (told.terms.aht_seconds, told.terms.patience_seconds) == (300, None)
    assert (told.terms.skill, told.terms.minimum, told.terms.most_occupancy) == ("calls", 2, 0.85)
    assert told.terms.in_shift_shrinkage == pytest.approx(0.1)
    assert told.terms.late_call_points == 60
    assert told.measured is not None
    with database.write() as transaction:
        back = requirements.set_terms(transaction, home.id, queue, 1, {}, SOMEBODY)
    assert (back.version, back.given, back.origins["aht_seconds"]) == (2, (), "measured")


def test_a_change_needs_the_version_that_was_read(database: Database) -> None:
    """The second of two who read the same version is told, also at the first change."""
    home = room(database, counted())
    queue = queue_id(database, home.id)
    with database.write() as transaction:
        requirements.set_terms(transaction, home.id, queue, 0, {"share": 0.8}, SOMEBODY)
        for version in (0, 2):
            with pytest.raises(Stale):
                requirements.set_terms(transaction, home.id, queue, version, {}, SOMEBODY)
        assert requirements.queue_terms(transaction, home.id, queue).terms.share == 0.8


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"aht_seconds": 0}, "aht_seconds"),
        ({"aht_seconds": float("nan")}, "aht_seconds"),
        ({"aht_seconds": True}, "aht_seconds"),
        ({"aht_seconds": 1e9}, "aht_seconds"),
        ({"patience_seconds": -1}, "patience_seconds"),
        ({"patience_seconds": "long"}, "patience_seconds"),
        ({"share": 1}, "share"),
        ({"share": 0}, "share"),
        ({"within_seconds": -1}, "within_seconds"),
        ({"definition": "fast"}, "definition"),
        ({"minimum": 1.5}, "minimum"),
        ({"most_occupancy": 0}, "most_occupancy"),
        ({"most_abandonment": 2}, "most_abandonment"),
        ({"variation": 10}, "variation"),
        ({"late_call_points": -1}, "late_call_points"),
        ({"late_call_points": 10_001}, "late_call_points"),
        ({"skill": "juggling"}, "skill"),
        ({"shrinkage": "much"}, "shrinkage"),
        ({"shrinkage": [{"name": "x"}]}, "shrinkage[0]"),
        ({"shrinkage": [{"name": " ", "share": 0.1, "in_shift": True}]}, "shrinkage[0].name"),
        ({"shrinkage": [{"name": "x", "share": 1, "in_shift": True}]}, "shrinkage[0].share"),
        ({"shrinkage": [{"name": "x", "share": 0.1, "in_shift": 1}]}, "shrinkage[0].in_shift"),
        ({"shrinkage": [{"name": "x", "share": 0.5, "in_shift": True}] * 2}, "shrinkage"),
        ({"colour": "red"}, "colour"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_by_field(
    database: Database, given: dict[str, object], field: str
) -> None:
    """Each value out of its range is named, and the terms stay as they were."""
    home = room(database, counted())
    queue = queue_id(database, home.id)
    with database.write() as transaction:
        with pytest.raises(InvalidInput) as caught:
            requirements.set_terms(transaction, home.id, queue, 0, given, SOMEBODY)
        assert requirements.queue_terms(transaction, home.id, queue).version == 0
    assert [place.field for place in caught.value.places] == [field]


def test_every_term_has_a_rule() -> None:
    """What can be given is a term that the library knows."""
    from app.requirements.checks import RULES  # noqa: PLC0415

    assert set(RULES) == set(requirements.FIELDS)


def test_another_room_has_no_such_queue(database: Database) -> None:
    """By another room's address the queue is not there, and nothing is changed."""
    home, other = room(database, counted()), room(database, name="Felpersham")
    queue = queue_id(database, home.id)
    with database.write() as transaction:
        for room_id, which in ((other.id, queue), (home.id, uuid4())):
            with pytest.raises(NotFound):
                requirements.queue_terms(transaction, room_id, which)
            with pytest.raises(NotFound):
                requirements.set_terms(transaction, room_id, which, 0, {}, SOMEBODY)
        assert requirements.terms(transaction, other.id) == ()
