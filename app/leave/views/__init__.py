"""What the pages of leave show, in words and figures."""

from __future__ import annotations

from app.leave.views.ledger import (
    absence_rows,
    answer,
    charged_options,
    entry_rows,
    figures,
    lot_rows,
    year_tabs,
)
from app.leave.views.room import away_rows, kept_words, person_rows, room_answer
from app.leave.views.words import KINDS, LABELS, shifts_words, signed_words, year_words

__all__ = [
    "KINDS",
    "LABELS",
    "absence_rows",
    "answer",
    "away_rows",
    "charged_options",
    "entry_rows",
    "figures",
    "kept_words",
    "lot_rows",
    "person_rows",
    "room_answer",
    "shifts_words",
    "signed_words",
    "year_tabs",
    "year_words",
]
