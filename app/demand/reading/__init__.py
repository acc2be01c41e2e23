"""Telephony exports as they are: text to columns, and columns to counts by a mapping.

`sheet` splits a file into columns of texts, `guess` proposes how they are meant, `counts` reads
them; `clock` and `figures` know how times and numbers are written, and `dates`
how people type days.
"""

from __future__ import annotations

from app.demand.reading.clock import UnclearHourError
from app.demand.reading.counts import Read, read_counts
from app.demand.reading.dates import spans_of
from app.demand.reading.guess import Guess, guess_mapping
from app.demand.reading.sheet import Sheet, fingerprint, read_sheet

__all__ = [
    "Guess",
    "Read",
    "Sheet",
    "UnclearHourError",
    "fingerprint",
    "guess_mapping",
    "read_counts",
    "read_sheet",
    "spans_of",
]
