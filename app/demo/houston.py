"""Houston: the real counts of a public feed, seen from the end of them, with made-up people."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from app.demand.service import EventDetails, counts_of
from app.demo.people import CALLS, PART_TIME, Place, make_people
from app.demo.plan import Plan
from forecasting.events import Event, Given
from forecasting.reading import read_history
from forecasting.series import History

ZONE = "America/Chicago"

NOTICE = (
    "Real public 911 counts of Houston, Texas, seen from 30 June 2025, where they end. "
    "People, shifts and wishes are made up; rest rules and staffing terms are assumed."
)

TEAMS = 5
EMS, FIRE, TRAFFIC = "ems", "fire", "police_traffic"

PLACES = (
    *[Place(CALLS, (EMS, FIRE, TRAFFIC))] * 2,
    *[Place(CALLS, (EMS,))] * 4,
    Place(CALLS, (EMS,), PART_TIME),
    Place(CALLS, (EMS, FIRE)),
    Place(CALLS, (EMS, TRAFFIC), PART_TIME),
    *[Place(CALLS, (FIRE, TRAFFIC))] * 2,
)
"""A team of 11, in step with the work that the counts make."""

NAMES_ELSEWHERE = 60

SUPER_BOWL = EventDetails(
    "sport",
    Event(
        "Super Bowl",
        Given(
            tuple(
                (day, day)
                for day in (
                    date(2023, 2, 12),
                    date(2024, 2, 11),
                    date(2025, 2, 9),
                    date(2026, 2, 8),
                )
            )
        ),
        17 * 60,
        6 * 60,
    ),
)
"""The evenings on which it is played, wherever that is."""

FIRST_DAY, WEEKS = date(2025, 6, 16), 4
SECONDS, NEXT_SECONDS = 12, 30


def houston() -> Plan:
    """What the room is made of, seen from the end of its counts."""
    history = shipped()
    end = datetime.fromtimestamp(int(history.end.astype("datetime64[s]").astype(int)), UTC)
    today = end.astimezone(ZoneInfo(ZONE)).date()
    return Plan(
        force="Houston (real public 911 counts)",
        room="Houston 911",
        notice=NOTICE,
        zone=ZONE,
        holidays="US-TX",
        as_of=end,
        people=tuple(make_people(TEAMS, PLACES, today, NAMES_ELSEWHERE)),
        skills={EMS: "Medical calls", FIRE: "Fire calls", TRAFFIC: "Police traffic calls"},
        batches=(counts_of(history),),
        given={},
        first_day=FIRST_DAY,
        days=7 * WEEKS,
        next_days=7 * WEEKS,
        seconds=SECONDS,
        next_seconds=NEXT_SECONDS,
        sign_in="houston.",
        events=(SUPER_BOWL,),
    )


def shipped() -> History:
    """The counts that come with the product; `PROVENANCE.md` beside them says from where."""
    return read_history(str(Path(__file__).with_name("houston.csv.gz")))
