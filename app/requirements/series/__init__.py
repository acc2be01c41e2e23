"""The only translation between what is kept of requirements and the staffing library."""

from __future__ import annotations

from app.requirements.series.need import (
    Asking,
    asking_for,
    csv_text,
    need_of,
    pack,
    pack_loads,
    worked_out,
    worked_out_for,
)
from app.requirements.series.repair import Mended, mended, mended_notes, tested
from app.requirements.series.terms import (
    AHT_DAYS,
    FIELDS,
    ROOM_FIELDS,
    aht_at,
    measured,
    room_asks_of,
    terms_of,
)
from app.requirements.series.words import hours_words, origin_notes, room_notes, seat_notes

__all__ = [
    "AHT_DAYS",
    "FIELDS",
    "ROOM_FIELDS",
    "Asking",
    "Mended",
    "aht_at",
    "asking_for",
    "csv_text",
    "hours_words",
    "measured",
    "mended",
    "mended_notes",
    "need_of",
    "origin_notes",
    "pack",
    "pack_loads",
    "room_asks_of",
    "room_notes",
    "seat_notes",
    "terms_of",
    "tested",
    "worked_out",
    "worked_out_for",
]
