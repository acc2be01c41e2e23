"""The only translation between what a force says and the rulebooks of `rostering`."""

from __future__ import annotations

from app.rulebooks.series.laying import book_in_force, books_of, chosen, turning_days
from app.rulebooks.series.parts import part_label, part_said_words, part_title
from app.rulebooks.series.shipped import ASKED, CHOICES, DEFAULTS, shipped, titles
from app.rulebooks.series.words import (
    FORMS,
    REST_DAY,
    book_words,
    clock_words,
    label,
    later_words,
    number_words,
    said_words,
)
from rostering.rulebooks.laid_over import is_clock

__all__ = [
    "ASKED",
    "CHOICES",
    "DEFAULTS",
    "FORMS",
    "REST_DAY",
    "book_in_force",
    "book_words",
    "books_of",
    "chosen",
    "clock_words",
    "is_clock",
    "label",
    "later_words",
    "number_words",
    "part_label",
    "part_said_words",
    "part_title",
    "said_words",
    "shipped",
    "titles",
    "turning_days",
]
