"""What can be asked of a forecast, said before any work is done for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from app.errors import Conflict, InvalidInput, Place, invalid
from app.forecasts.values import DEFAULT_MODEL, NO_HOLIDAYS, Wanted, WantedSchedule
from forecasting.calendar import Calendar
from forecasting.errors import InputError
from forecasting.models.registry import MODELS, model_named

MOST_DAYS = 371
"""53 weeks, so that a year's rota can be planned whole."""

FIRST_YEAR, LAST_YEAR = 1971, 2198
"""Counts are taken from 1970 on and up to 2200."""

MODEL_TITLES: Mapping[str, str] = {name: model.title for name, model in MODELS.items()}


def refuse_unusable(wanted: Wanted, zone: str) -> None:
    """Refuse what cannot be forecast whatever the counts.

    Raises:
        InvalidInput: naming every field that cannot be used.
    """
    faults: list[Place] = []
    if not FIRST_YEAR <= wanted.first_day.year <= LAST_YEAR:
        words = f"The year must lie between {FIRST_YEAR} and {LAST_YEAR}."
        faults.append(Place("first_day", words))
    if not 1 <= wanted.days <= MOST_DAYS:
        faults.append(Place("days", f"Give 1 to {MOST_DAYS} days."))
    try:
        model_named(model_of(wanted))
    except InputError as error:
        faults.append(Place("model", error.message))
    if wanted.holidays not in {None, NO_HOLIDAYS}:
        try:
            Calendar(zone, wanted.holidays)
        except InputError as error:
            words = f'{error.message} Give "{NO_HOLIDAYS}" to take none into account.'
            faults.append(Place("holidays", words))
    if faults:
        raise InvalidInput(faults)


def refuse_schedule(wanted: WantedSchedule, today: date, zone: str) -> None:
    """Refuse a schedule that could never ask for a forecast.

    Raises:
        InvalidInput: naming every field that cannot be used.
    """
    faults: list[Place] = []
    if not 0 <= wanted.weekday <= 6:
        faults.append(Place("weekday", "Choose a day of the week."))
    if not 0 <= wanted.hour <= 23:
        faults.append(Place("hour", "Give a full hour of the day, 0 to 23."))
    if not 1 <= wanted.weeks <= MOST_DAYS // 7:
        faults.append(Place("weeks", f"Give 1 to {MOST_DAYS // 7} weeks."))
    try:
        refuse_unusable(Wanted(today, 7, wanted.model, wanted.holidays), zone)
    except InvalidInput as error:
        faults.extend(error.places)
    if faults:
        raise InvalidInput(faults)


def refuse_short(first_count: date | None, wanted: Wanted) -> None:
    """Refuse a forecast that no counts lead to.

    Args:
        first_count: the local day of the room's first count; None when it has none.
        wanted: what is asked.

    Raises:
        Conflict: when the room has no counts.
        InvalidInput: when the first count is too short a time before the first day.
    """
    if first_count is None:
        raise Conflict("The control room has no counts yet: upload counts, then ask again.")
    needed = model_named(model_of(wanted)).needs_days
    earliest = first_count + timedelta(days=needed)
    if wanted.first_day < earliest:
        raise invalid(
            "first_day",
            f"Counts begin on {first_count.isoformat()} and {needed} days of them are needed: "
            f"give {earliest.isoformat()} or later.",
        )


def model_of(wanted: Wanted) -> str:
    """The model asked for, or the one recommended."""
    return wanted.model or DEFAULT_MODEL
