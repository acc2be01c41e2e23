"""Rulebooks: what a force's rosters are judged by, and how it changes.

Every verb takes the transaction of its caller and never commits.
"""

from __future__ import annotations

from app.rulebooks.series import (
    ASKED,
    CHOICES,
    FORMS,
    REST_DAY,
    book_words,
    clock_words,
    is_clock,
    label,
    later_words,
    number_words,
    part_label,
    part_said_words,
    part_title,
    said_words,
    titles,
)
from app.rulebooks.service.reading import (
    book,
    check_reach,
    choices,
    history,
    in_force,
    is_part,
    present_day,
)
from app.rulebooks.service.saying import choose_book, set_numbers, withdraw
from app.rulebooks.values import (
    BookInForce,
    Books,
    Choice,
    Effect,
    History,
    Judge,
    Numbers,
    Own,
    RuleChange,
    Said,
    Withdrawal,
)
from rostering.rulebooks.laid_over import Number

__all__ = [
    "ASKED",
    "CHOICES",
    "FORMS",
    "REST_DAY",
    "BookInForce",
    "Books",
    "Choice",
    "Effect",
    "History",
    "Judge",
    "Number",
    "Numbers",
    "Own",
    "RuleChange",
    "Said",
    "Withdrawal",
    "book",
    "book_words",
    "check_reach",
    "choices",
    "choose_book",
    "clock_words",
    "history",
    "in_force",
    "is_clock",
    "is_part",
    "label",
    "later_words",
    "number_words",
    "part_label",
    "part_said_words",
    "part_title",
    "present_day",
    "said_words",
    "set_numbers",
    "titles",
    "withdraw",
]
