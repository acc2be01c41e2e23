"""Texts in files that spreadsheets open."""

from __future__ import annotations

FORMULA = ("=", "+", "-", "@")
"""With these a text would begin a formula in a spreadsheet that opens a CSV."""


def harmless(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
