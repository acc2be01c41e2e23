"""Texts that every database keeps, which is less than a request can say."""

from __future__ import annotations

GIVE_TEXT = "Leave out characters that stand for nothing."
"""What to do about a text that cannot be kept."""


def can_be_kept(text: str) -> bool:
    """Whether it holds neither NUL, which PostgreSQL refuses, nor half a character."""
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)
