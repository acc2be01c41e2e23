"""Why a past day was missed: planted causes are found in what is kept, and gaps are said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import numpy as np
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, update

from app import clock
from app.db.transaction import Database
from app.demand import service as demand
from app.errors import Conflict, InvalidInput
from app.forecasts import series as forecast_series
from app.forecasts import service as forecasts
from app.forecasts.tables import forecasts as forecast_rows
from app.people import service as people
from app.requirements.service import Measured, Terms
from app.requirements.tables import requirements as requirement_rows
from app.rosters import service as rosters
from app.scenarios import service as scenarios
from forecasting.distribution import NegativeBinomial
from forecasting.staffing.miss import CAUSES
from rostering.problem import REST
from tests.app.callers import signed_in, token
from tests.app.rosters.rooms import DAYS, EARLY, FIRST, PLAIN, Rostered, drafted, rostered
from tests.app.scenarios.rooms import with_posts

TUESDAY = FIRST + timedelta(days=1)
NEEDED, CALLS = 7, 12.0
"""People needed and calls forecast in every quarter hour: 4 erlangs."""

MIDNIGHT = datetime.combine(TUESDAY, datetime.min.time(), UTC)


@dataclass(frozen=True, slots=True)
class Day:
    """A room with a plan for a Tuesday on which everything went by plan, but what is changed."""

    database: Database
    room: Rostered

    def told(self, calls: float = CALLS, aht: float = 300.0, share: float | None = 0.9) -> None:
        """Counts from the evening before to the end of the day."""
        count = 96 + 24
        starts = int(MIDNIGHT.timestamp()) // 60 - 6 * 60 + 15 * np.arange(count)
        offered = np.full(count, calls)
        given = demand.Counts(
            ("999",), np.zeros(count, np.int64), starts, offered, offered,
            handled_seconds=offered * aht,
            answered_in_time=None if share is None else np.round(offered * share),
            interval_minutes=15,
        )  # fmt: skip
        with self.database.write() as transaction:
            demand.receive(transaction, self.room.room_id, given, "test", None)

    def here(self, state: str, number: int) -> None:
        """Let so many people be there all day, published or worked."""
        whose = [each.id for each in self.room.officers]
        span = people.Span(MIDNIGHT - timedelta(hours=1), MIDNIGHT + timedelta(days=1))
        shifts = [
            people.PastShift(each, MIDNIGHT, MIDNIGHT + timedelta(days=1), "early", "E")
            for each in whose[:number]
        ]
        with self.database.write() as transaction:
            people.set_history(
                transaction,
                self.room.room_id,
                state,
                whose,
                span,
                shifts,  # type: ignore[arg-type]
            )

    def missed(self, first: date = TUESDAY, days: int = 1) -> scenarios.Missed:
        """Why it was missed."""
        with self.database.read() as reading:
            return scenarios.missed(reading, self.room.room_id, first, days)


def planned(database: Database, number: int = 8) -> Day:
    """A room with a plan for two weeks."""
    room = rostered(database, needed=NEEDED, number=number)
    with database.write() as transaction:
        row = transaction.execute(select(forecast_rows.c.id)).scalar_one()
        queue = demand.queues(transaction, room.room_id)[0]
        start = datetime.combine(FIRST, datetime.min.time(), UTC)
        made = forecasts.Made(start, start, start, 15, DAYS * 96, (), "x")
        calls = np.full(DAYS * 96, CALLS)
        said = forecast_series.pack(NegativeBinomial(calls, calls))
        result = forecasts.Result(made, {queue.id: said}, {})
        forecasts.keep(transaction, room.room_id, UUID(str(row)), result)
    return Day(database, room)


@pytest.fixture
def day(database: Database) -> Day:
    """A day that went by plan."""
    found = planned(database)
    found.here("published", NEEDED)
    found.here("worked", NEEDED)
    found.told()
    return found


def causes(found: scenarios.Missed) -> dict[str, float]:
    """Calls by cause of the first queue."""
    return dict(found.queues[0].everything.causes)


def test_a_day_by_plan_has_no_cause(day: Day) -> None:
    """Calls, handling and people as planned: what is late beyond the plan is not explained."""
    found = day.missed()
    sums = found.queues[0].everything
    assert causes(found) == pytest.approx(dict.fromkeys(CAUSES, 0.0), abs=1e-6)
    assert (sums.calls, sums.forecast, sums.aht) == (96 * 12, 96 * 12, 300)
    assert sums.in_time == pytest.approx(11 / 12)
    assert sums.late == pytest.approx(sums.accepted + (sums.unexplained or 0))
    assert found.notes == ()


@pytest.mark.parametrize(
    ("cause", "calls", "aht", "published", "worked"),
    [
        ("more_calls", 16.0, 300.0, 7, 7),
        ("longer_handling", 12.0, 400.0, 7, 7),
        ("fewer_people", 12.0, 300.0, 7, 5),
        ("planned_short", 12.0, 300.0, 5, 5),
    ],
)
def test_a_planted_cause_is_found(
    database: Database, cause: str, calls: float, aht: float, published: int, worked: int
) -> None:
    """What was planted in counts or shifts takes all that the formulas expect beyond the plan."""
    day = planned(database)
    day.here("published", published)
    day.here("worked", worked)
    day.told(calls, aht, 0.5)
    found = causes(day.missed())
    assert found.pop(cause) > 50
    assert found == pytest.approx(dict.fromkeys(found, 0.0), abs=1e-6)


def test_holders_of_posts_are_on_no_phone(database: Database) -> None:
    """Nine rostered of whom three hold posts are six for the calls, eight who came are five."""
    day = planned(database, 9)
    with_posts(database, day.room, radio=2, of_999=1)
    day.here("published", 9)
    day.here("worked", 8)
    day.told()
    found = day.missed()
    sums = found.queues[0].everything
    phones = 1 - found.queues[0].terms.in_shift_shrinkage
    assert sums.rostered_hours == pytest.approx(24 * 6 * phones)
    assert sums.worked_hours == pytest.approx(24 * 5 * phones)
    assert found.notes == (
        "Up to 3 people at posts on Tuesday 5 January 2027 are not counted: they answer no calls.",
    )


def test_longer_handling_is_longer_than_the_plan_of_that_hour(database: Database) -> None:
    """A plan that took ten minutes a call from noon on is not surprised by ten minutes a call."""
    day = planned(database)
    day.here("published", NEEDED)
    day.here("worked", NEEDED)
    hours = tuple(tuple(300.0 if hour < 12 else 600.0 for hour in range(24)) for _ in range(2))
    measured = Measured(450.0, 1000.0, FIRST, FIRST, hours)
    with database.write() as transaction:
        (said,) = transaction.execute(select(requirement_rows.c.terms)).scalar_one()
        kept = replace(Terms.of_document(said), measured=measured, is_aht_by_hour=True)
        change = update(requirement_rows).values(terms=[kept.document()])
        transaction.execute(change)
    day.told(aht=600.0)
    longer = {
        hour: sums.causes["longer_handling"]
        for _, hour, sums in day.missed().queues[0].hours(TUESDAY)
    }
    assert longer[6] > 1
    assert longer[20] == pytest.approx(0, abs=1e-6)


def test_what_is_missing_is_said(database: Database) -> None:
    """Without worked shifts, published ones and calls answered in time: taken so, and told."""
    day = planned(database)
    day.told(share=None)
    found = day.missed()
    sums = found.queues[0].everything
    assert (sums.late, sums.unexplained, sums.in_time) == (None, None, None)
    assert found.notes == (
        "The counts of 999 on Tuesday 5 January 2027 do not tell how many calls were answered in "
        "time.",
        "No shifts were published for Tuesday 5 January 2027: nobody counts as rostered.",
        "No worked shifts are kept of Tuesday 5 January 2027: everybody rostered counts as there.",
    )
    assert causes(found)["planned_short"] > 500


def test_a_day_without_plan_or_counts_is_refused_in_a_sentence(day: Day) -> None:
    """No requirement, no counts, or too many days: one sentence says which."""
    with pytest.raises(Conflict, match="No requirement was worked out for Friday 1 January 2027"):
        day.missed(date(2027, 1, 1))
    with pytest.raises(Conflict, match="No counts are kept of Thursday 7 January 2027"):
        day.missed(date(2027, 1, 7))
    with pytest.raises(InvalidInput, match="days"):
        day.missed(days=8)


def test_a_week_leaves_out_the_days_without_counts(day: Day) -> None:
    """The days that can be looked at are; the others are told."""
    found = day.missed(FIRST, 7)
    assert sorted(set(found.queues[0].day.tolist())) == [0, 1]
    assert "No counts are kept of Thursday 7 January 2027." in found.notes
    assert found.queues[0].everything.calls == (96 + 24) * CALLS


def test_a_plan_made_later_stands_in_and_is_said(day: Day) -> None:
    """Where nothing was worked out before the day, a later plan is used with a word of it."""
    with day.database.write() as transaction:
        late = update(requirement_rows).values(made_at=MIDNIGHT + timedelta(days=1))
        transaction.execute(late)
    assert day.missed().notes[0].startswith("No plan was made before Tuesday 5 January 2027")


def test_rostered_is_who_was_published_when_the_day_began(database: Database) -> None:
    """A shift taken away during the day counts as rostered still."""
    day = planned(database)
    with clock.stopped_at(datetime(2026, 12, 1, tzinfo=UTC)):
        _publish(day, PLAIN)
    day.told()
    before = day.missed().queues[0].everything.rostered_hours
    assert before > 0
    fewer = np.array(PLAIN)
    fewer[2, 1], fewer[2, 5] = REST, EARLY
    with clock.stopped_at(MIDNIGHT + timedelta(hours=5)):
        _publish(day, fewer)
    assert day.missed().queues[0].everything.rostered_hours == pytest.approx(before)
    with day.database.read() as reading:
        span = people.Span(MIDNIGHT, MIDNIGHT + timedelta(days=1))
        assert len(rosters.published(reading, day.room.room_id, span)) == len(PLAIN) - 1


def _publish(day: Day, choices: object) -> None:
    draft = drafted(day.database, day.room, choices)  # type: ignore[arg-type]
    room, why = day.room, rosters.Why("agreement")
    with day.database.write() as transaction:
        rosters.publish(transaction, room.room_id, draft.id, draft.version, "x", room.by, why)


def test_intervals_that_were_not_counted_are_left_out(database: Database) -> None:
    """Half a day of counts is half a day of calls, with a word of the rest."""
    day = planned(database)
    day.here("published", NEEDED)
    starts = int(MIDNIGHT.timestamp()) // 60 + 15 * np.arange(48)
    given = demand.Counts(
        ("999",), np.zeros(48, np.int64), starts, np.full(48, 12.0), interval_minutes=15
    )
    with database.write() as transaction:
        demand.receive(transaction, day.room.room_id, given, "test", None)
    found = day.missed()
    assert found.queues[0].everything.calls == 48 * 12
    assert "48 intervals of 999 on Tuesday 5 January 2027 were not counted: left out." in (
        found.notes
    )


def test_the_page_answers_first(client: TestClient, database: Database, day: Day) -> None:
    """The sentence names the causes by size; bars, hours and queues stand below."""
    day.here("worked", 5)
    day.told(14.0, 330.0, 0.5)
    manager = signed_in(client, day.room.force.manager)
    where = f"/rooms/{day.room.room_id}/what-if/missed"
    text = manager.get(where, params={"day": TUESDAY.isoformat()}).text
    assert "999, Tuesday 5 January 2027: 50.0" in text
    assert "more were late or lost than the plan expected" in text
    assert "because fewer people came than were rostered" in text
    assert text.count('<tr><th scope="row">') > 24
    week = manager.get(where, params={"day": FIRST.isoformat(), "days": "7"}).text
    assert "Monday 4 January" in week
    assert manager.get(where).status_code == 200


@pytest.mark.parametrize(
    ("asked", "field"), [({"day": "yesterday"}, "day"), ({"days": "3"}, "days")]
)
def test_the_page_refuses_what_is_no_day(
    client: TestClient, day: Day, asked: dict[str, str], field: str
) -> None:
    """A wrong day or span is told at its field."""
    manager = signed_in(client, day.room.force.manager)
    answer = manager.get(f"/rooms/{day.room.room_id}/what-if/missed", params=asked)
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in answer.text


def test_the_page_says_what_is_missing(client: TestClient, day: Day) -> None:
    """A day without a plan is no error, but a sentence."""
    manager = signed_in(client, day.room.force.manager)
    answer = manager.get(f"/rooms/{day.room.room_id}/what-if/missed", params={"day": "2027-03-01"})
    assert answer.status_code == 200
    assert "No requirement was worked out for Monday 1 March 2027." in answer.text


def test_the_api_gives_sums_and_hours(client: TestClient, database: Database, day: Day) -> None:
    """Parts add up to what was late; 24 hours add up to the day."""
    headers = token(database, day.room.force.system)
    where = f"/api/v1/rooms/{day.room.room_id}/missed"
    said = client.get(where, headers=headers, params={"first": TUESDAY.isoformat()}).json()
    queue = said["queues"][0]
    total = queue["total"]
    parts = total["expected_by_plan"] + sum(total["causes"].values()) + total["unexplained"]
    assert parts == pytest.approx(total["late_or_lost"])
    assert [each["hour"] for each in queue["hours"]] == list(range(24))
    assert sum(each["calls"] for each in queue["hours"]) == pytest.approx(total["calls"])
    refused = client.get(where, headers=headers, params={"first": "2027-03-01"})
    assert refused.status_code == 409
    officer = token(database, day.room.force.officer)
    asked = {"first": TUESDAY.isoformat()}
    assert client.get(where, headers=officer, params=asked).status_code == 403
