"""Rules of a demonstration room: what its force would have to say, assumed and said to be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from zoneinfo import ZoneInfo

from app.db.transaction import Transaction
from app.demo.plan import Told
from app.rulebooks import service as rulebooks

ASSUMED = "Assumed for the demonstration"

ANSWERS: Mapping[str, rulebooks.Numbers] = {
    "police_officers_ew": {
        "night_special_hazard": "no",
        "due_notice_hours": 11,
    },
    "police_staff_ew": {
        "night_special_hazard": "no",
    },
}
"""By rulebook; what staff are paid is left open, as it is where no force has said it."""

AHEAD = timedelta(days=120)
"""A number of the force's own begins after the rosters that are shown."""


def make_rules(transaction: Transaction, told: Told) -> None:
    """Answer what the rulebooks ask, and let officers and staff have 12 hours of rest later on."""
    room_id, by = told.room.id, told.manager.id
    today = told.plan.present.astimezone(ZoneInfo(told.plan.zone)).date()
    for book, answers in ANSWERS.items():
        version = rulebooks.history(transaction, room_id, book, rulebooks.ASKED).version
        said = rulebooks.Said(answers, today, ASSUMED)
        rulebooks.set_numbers(transaction, room_id, book, rulebooks.ASKED, version, said, by)
    officers, *others = ANSWERS
    rest = rulebooks.Said({"minutes": 720}, today + AHEAD, ASSUMED)
    rulebooks.set_numbers(transaction, room_id, officers, "daily_rest", 0, rest, by, others)
