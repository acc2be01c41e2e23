"""Notice and its price: what a change of a published duty is, may be, and earns.

Pure: what was told when goes in, with the numbers of a rulebook; what is due comes out, as data and
in words. It books nothing.
"""

from __future__ import annotations

from rostering.notice.allowed import REASON_WORDS, authority_for, reasons_for, refusal
from rostering.notice.answers import with_answers
from rostering.notice.awards import Award
from rostering.notice.classes import KIND_WORDS, Kind, kind_of
from rostering.notice.counting import ForceDay
from rostering.notice.due import Due, due
from rostering.notice.facts import REASONS, Hours, Person, Rank, Reason, Story, Telling, rank_of
from rostering.notice.numbers import Compensation, read_compensation
from rostering.notice.words import clear_words, due_words, notice_words, unsocial_words

__all__ = [
    "KIND_WORDS",
    "REASONS",
    "REASON_WORDS",
    "Award",
    "Compensation",
    "Due",
    "ForceDay",
    "Hours",
    "Kind",
    "Person",
    "Rank",
    "Reason",
    "Story",
    "Telling",
    "authority_for",
    "clear_words",
    "due",
    "due_words",
    "kind_of",
    "notice_words",
    "rank_of",
    "read_compensation",
    "reasons_for",
    "refusal",
    "unsocial_words",
    "with_answers",
]
