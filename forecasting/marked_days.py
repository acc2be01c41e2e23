"""Days that are not ordinary: public holidays, long events, the days after Christmas."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forecasting.calendar import Calendar
from forecasting.events import Span

HORIZON_DAYS = 3 * 366
"""Days after training for which holidays and events are looked up: any horizon and silence."""

_FESTIVE = "Between Christmas and New Year"
"""27 to 30 December, where Christmas is a holiday: neither holidays nor ordinary days."""


@dataclass(frozen=True)
class MarkedDays:
    """Days that are not ordinary, over training and any horizon after it.

    Attributes:
        holidays: Names of public holidays by date.
        spans: Dates of long events by name, each ascending.
    """

    holidays: Mapping[np.datetime64, str]
    spans: Mapping[str, npt.NDArray[np.datetime64]]

    @classmethod
    def of(cls, calendar: Calendar, first: np.datetime64, last: np.datetime64) -> MarkedDays:
        """The marked days of a calendar, for training from `first` to `last`."""
        end = last + HORIZON_DAYS
        holidays = calendar.holiday_names(first, end)
        edges = [dt.date.fromisoformat(str(day)[:10]) for day in (first, end)]
        spans = {
            event.name: _days(event.spans(edges[0], edges[1]))
            for event in calendar.events
            if not event.apart
        }
        if any("Christmas" in name for name in holidays.values()):
            years = range(edges[0].year, edges[1].year + 1)
            between = _days((dt.date(y, 12, 27), dt.date(y, 12, 30)) for y in years)
            known = np.array(sorted(holidays), dtype="datetime64[D]")
            spans[_FESTIVE] = between[~np.isin(between, known)]
        return cls(holidays, spans)


def _days(spans: Iterable[Span]) -> npt.NDArray[np.datetime64]:
    """Every day of some spans, ascending."""
    days = {
        begin + dt.timedelta(days=number)
        for begin, end in spans
        for number in range((end - begin).days + 1)
    }
    return np.array(sorted(days), dtype="datetime64[D]")
