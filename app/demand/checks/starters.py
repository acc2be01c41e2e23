"""Events that most control rooms know, by date: what a calendar can begin with."""

from __future__ import annotations

from app.demand.values import EventDetails
from forecasting.events import Event, Yearly

HALLOWEEN = EventDetails("festive", Event("Halloween", Yearly(10, 31), 17 * 60, 9 * 60))
BONFIRE_NIGHT = EventDetails("festive", Event("Bonfire night", Yearly(11, 5), 17 * 60, 8 * 60))
NEW_YEARS_EVE = EventDetails("festive", Event("New Year's Eve", Yearly(12, 31), 18 * 60, 12 * 60))


def starters_of(holidays: str | None) -> tuple[EventDetails, ...]:
    """The events to offer where these public holidays are kept; effects are learned."""
    british = (holidays or "").startswith("GB")
    return (HALLOWEEN, *([BONFIRE_NIGHT] if british else []), NEW_YEARS_EVE)
