"""Requirements of a forecast over which people laid something: worked out from it, and told."""

from __future__ import annotations

import numpy as np

from app.db.transaction import Database
from app.forecasts import service as forecasts
from app.people import service as people
from app.requirements import service as requirements
from tests.app.forecasts.adjusting import FRIDAY, home, lay
from tests.app.forecasts.rooms import SOMEBODY

__all__ = ["home"]


def worked_out(database: Database, home: people.Room) -> requirements.Requirement:
    """The people needed for the newest forecast."""
    with database.write() as transaction:
        newest = forecasts.newest(transaction, home.id)
        assert newest is not None
        return requirements.work_out(transaction, home.id, SOMEBODY, newest.id)


def test_a_requirement_is_worked_out_from_what_is_adjusted_and_says_so(
    database: Database, home: people.Room
) -> None:
    """Twice the calls on Friday night need more people then and no other; a note tells why."""
    before = worked_out(database, home)
    laid = lay(database, home, amount=100)
    after = worked_out(database, home)
    with database.read() as reading:
        few, many = (requirements.need(reading, home.id, each.id) for each in (before, after))
        assert requirements.requirement(reading, home.id, after.id) == after
    more = np.flatnonzero(many.whole > few.whole)
    friday_evening, sunday_morning = 4 * 96 + 18 * 4, 6 * 96 + 2 * 4
    assert more.size > 32
    # Load over time: a call that comes in an hour is still spoken with in the next.
    assert friday_evening <= more.min() < more.max() < sunday_morning + 8
    assert (before.adjustments, after.adjustments) == ((), (laid.id,))
    words = "Laid over the forecast: +100\N{NO-BREAK SPACE}% on every queue from 18:00 to 02:00, "
    assert f"{words}6 to 7 June 2025. Reason: The derby" in after.notes
    assert not any("Laid over" in note for note in before.notes)


def test_an_old_requirement_is_told_by_what_lay_over_its_forecast(
    database: Database, home: people.Room
) -> None:
    """What is laid or ended later changes the calls of later requirements alone."""
    before = worked_out(database, home)
    laid = lay(database, home, last_day=FRIDAY)
    after = worked_out(database, home)
    with database.write() as transaction:
        forecasts.end(transaction, home.id, laid.id, SOMEBODY, "Called off")
    last = worked_out(database, home)
    assert last.adjustments == ()
    with database.read() as reading:
        behind = [requirements.is_behind(reading, each) for each in (before, after, last)]
        assert behind == [False, True, False]
        untouched, adjusted, ended = (
            requirements.expected(reading, each).by_queue["ems"].mean.sum()
            for each in (before, after, last)
        )
    assert adjusted > untouched
    assert ended == untouched
